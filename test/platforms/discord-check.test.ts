import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Payload } from '../../src/core/platform.ts';
import { check } from '../../src/platforms/discord/check.ts';

const x = (length: number): string => 'x'.repeat(length);
const times = <T>(count: number, one: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => one(at));

const allowed_mentions = { parse: [] };
const problems = (payload: Payload): readonly string[] => check({ allowed_mentions, ...payload });
const embed = (over: object) => problems({ embeds: [over] });
const link = (over: object = {}) => ({ type: 2, style: 5, label: 'Open', url: 'https://example.com/', ...over });
const action = (id: string, over: object = {}) => ({ type: 2, style: 1, label: 'Mute', custom_id: id, ...over });
const row = (...components: readonly object[]) => ({ type: 1, components });
const rows = (...components: readonly object[]) => problems({ content: 'x', components });
const v2 = (...components: readonly object[]) => problems({ flags: 32_768, components });
const words = (length: number) => ({ type: 10, content: x(length) });
const menu = (over: object = {}) => ({ type: 3, custom_id: 'm', options: [{ label: 'a', value: 'b' }], ...over });

describe('the check of a Discord message', () => {
  it.each<readonly [string, readonly string[]]>([
    ['words alone', problems({ content: x(2_000) })],
    ['a full embed', embed({ title: x(256), description: x(4_096), fields: [{ name: x(256), value: x(1_024) }] })],
    ['ten embeds', problems({ embeds: times(10, () => ({ title: x(256) })) })],
    ['five rows of five', rows(...times(5, (at) => row(...times(5, (no) => action(`${at}.${no}`)))))],
    ['a select', rows(row(menu()))],
    ['a picture sent along', embed({ image: { url: 'attachment://a.png' } })],
    ['a Components V2 message', v2({ type: 17, components: [words(4_000)] }, row(link()))],
    ['a nonce', problems({ content: 'x', nonce: x(25), enforce_nonce: true })],
    ['mentions', problems({ content: 'x', allowed_mentions: { parse: [], roles: times(100, String), users: ['1'] } })],
  ])('takes %s', (_, found) => {
    expect(found).toEqual([]);
  });

  it.each<readonly [string, readonly string[], string]>([
    ['2,001 characters', problems({ content: x(2_001) }), '/content: has 2001 characters; at most 2000 fit.'],
    ['words that are none', problems({ content: 7 }), '/content: is no text.'],
    ['an empty message', problems({ content: ' ', embeds: [] }), ': is empty: it has no content, embed or component.'],
    ['a nonce of 26', problems({ content: 'x', nonce: x(26) }), '/nonce: has 26 characters; at most 25 fit.'],
    [
      'an enforced nonce without one',
      problems({ content: 'x', enforce_nonce: true }),
      '/nonce: is missing, though enforce_nonce asks for it.',
    ],
    ['no allowed_mentions', check({ content: 'x' }), '/allowed_mentions: is missing: texts could notify anybody.'],
    [
      'parsed mentions',
      problems({ content: 'x', allowed_mentions: { parse: ['everyone'] } }),
      '/allowed_mentions/parse: is not an empty list: texts could notify anybody.',
    ],
    [
      '101 roles',
      problems({ content: 'x', allowed_mentions: { parse: [], roles: times(101, String) } }),
      '/allowed_mentions/roles: has 101 ids; at most 100 fit.',
    ],
    [
      '101 users',
      problems({ content: 'x', allowed_mentions: { parse: [], users: times(101, String) } }),
      '/allowed_mentions/users: has 101 ids; at most 100 fit.',
    ],
    [
      'a user that is no id',
      problems({ content: 'x', allowed_mentions: { parse: [], users: ['mona'] } }),
      '/allowed_mentions/users: is no list of ids.',
    ],
    ['flags that are none', problems({ content: 'x', flags: '4' }), '/flags: is no whole number.'],

    [
      'eleven embeds',
      problems({ embeds: times(11, () => ({ title: 'x' })) }),
      '/embeds: has 11 embeds; at most 10 fit.',
    ],
    [
      '6,001 characters together',
      problems({ embeds: [{ description: x(4_096) }, { description: x(1_905) }] }),
      '/embeds: have 6001 characters together; at most 6000 fit.',
    ],
    ['an empty embed', embed({ color: 1 }), '/embeds/0: is empty.'],
    ['an embed that is none', problems({ embeds: ['x'] }), '/embeds/0: is no object.'],
    ['a title of 257', embed({ title: x(257) }), '/embeds/0/title: has 257 characters; at most 256 fit.'],
    [
      'a description of 4,097',
      embed({ description: x(4_097) }),
      '/embeds/0/description: has 4097 characters; at most 4096 fit.',
    ],
    [
      '26 fields',
      embed({ fields: times(26, () => ({ name: 'n', value: 'v' })) }),
      '/embeds/0/fields: has 26 fields; at most 25 fit.',
    ],
    ['an empty field name', embed({ fields: [{ name: ' ', value: 'v' }] }), '/embeds/0/fields/0/name: is empty.'],
    [
      'a field name of 257',
      embed({ fields: [{ name: x(257), value: 'v' }] }),
      '/embeds/0/fields/0/name: has 257 characters; at most 256 fit.',
    ],
    ['an empty field value', embed({ fields: [{ name: 'n', value: '' }] }), '/embeds/0/fields/0/value: is empty.'],
    [
      'a field value of 1,025',
      embed({ fields: [{ name: 'n', value: x(1_025) }] }),
      '/embeds/0/fields/0/value: has 1025 characters; at most 1024 fit.',
    ],
    [
      'a footer of 2,049',
      embed({ footer: { text: x(2_049) } }),
      '/embeds/0/footer/text: has 2049 characters; at most 2048 fit.',
    ],
    [
      'an author of 257',
      embed({ author: { name: x(257) } }),
      '/embeds/0/author/name: has 257 characters; at most 256 fit.',
    ],
    [
      'an address that runs',
      embed({ title: 'x', url: 'javascript:alert(1)' }),
      '/embeds/0/url: is no http or https address.',
    ],
    [
      'a picture without an address',
      embed({ title: 'x', image: {} }),
      '/embeds/0/image/url: is no http or https address.',
    ],
    [
      'a colour out of range',
      embed({ title: 'x', color: 0x1000000 }),
      '/embeds/0/color: is no number from 0 to 16777215.',
    ],
    ['a time that is none', embed({ title: 'x', timestamp: 'noon' }), '/embeds/0/timestamp: is no time.'],

    ['six rows', rows(...times(6, () => row(link()))), '/components: has 6 action rows; at most 5 fit.'],
    ['six buttons', rows(row(...times(6, () => link()))), '/components/0/components: has 6 buttons; at most 5 fit.'],
    ['an empty row', rows(row()), '/components/0/components: is empty.'],
    [
      'a select beside a button',
      rows(row(menu(), link())),
      '/components/0/components: holds a select beside other components.',
    ],
    [
      'a bare button',
      rows(link()),
      '/components/0: is no action row (type 1); other components need the Components V2 flag.',
    ],
    [
      'an unknown type in a row',
      rows(row({ type: 99 })),
      '/components/0/components/0: has the type 99, which cannot stand in an action row.',
    ],
    [
      'a label of 81',
      rows(row(link({ label: x(81) }))),
      '/components/0/components/0/label: has 81 characters; at most 80 fit.',
    ],
    [
      'a button without words',
      rows(row(link({ label: undefined }))),
      '/components/0/components/0: has neither a label nor an emoji.',
    ],
    [
      'a style of 7',
      rows(row(action('a', { style: 7 }))),
      '/components/0/components/0/style: is no style from 1 to 6.',
    ],
    [
      'a link of 513',
      rows(row(link({ url: `https://example.com/${x(493)}` }))),
      '/components/0/components/0/url: has 513 characters; at most 512 fit.',
    ],
    [
      'a link that runs',
      rows(row(link({ url: 'data:x' }))),
      '/components/0/components/0/url: is no http or https address.',
    ],
    [
      'a link with an id',
      rows(row(link({ custom_id: 'a' }))),
      '/components/0/components/0/custom_id: cannot stand on a link button.',
    ],
    [
      'an action with an address',
      rows(row(action('a', { url: 'https://example.com/' }))),
      '/components/0/components/0/url: belongs to link buttons (style 5) only.',
    ],
    [
      'an id of 101',
      rows(row(action(x(101)))),
      '/components/0/components/0/custom_id: has 101 characters; at most 100 fit.',
    ],
    [
      'an id twice',
      rows(row(action('a')), row(action('a'))),
      '/components/1/components/0/custom_id: stands on another component too.',
    ],
    [
      '26 options',
      rows(row(menu({ options: times(26, (at) => ({ label: 'a', value: `${at}` })) }))),
      '/components/0/components/0/options: has 26 options; 1 to 25 fit.',
    ],
    [
      'an option twice',
      rows(row(menu({ options: times(2, () => ({ label: 'a', value: 'v' })) }))),
      '/components/0/components/0/options/1/value: stands in another option too.',
    ],
    [
      'an option of 101',
      rows(row(menu({ options: [{ label: x(101), value: 'v' }] }))),
      '/components/0/components/0/options/0/label: has 101 characters; at most 100 fit.',
    ],
    [
      'a placeholder of 151',
      rows(row(menu({ placeholder: x(151) }))),
      '/components/0/components/0/placeholder: has 151 characters; at most 150 fit.',
    ],

    [
      'V2 with content',
      problems({ flags: 32_768, content: 'x', components: [words(1)] }),
      '/content: cannot stand in a message with the Components V2 flag.',
    ],
    ['V2 without components', v2(), '/components: is empty.'],
    [
      '41 components',
      v2(...times(41, () => words(1))),
      '/components: has 41 components with the nested ones; at most 40 fit.',
    ],
    [
      '41 nested components',
      v2({ type: 17, components: times(8, () => row(...times(4, () => link()))) }),
      '/components: has 41 components with the nested ones; at most 40 fit.',
    ],
    [
      '4,001 characters of V2 text',
      v2(words(2_000), words(2_001)),
      '/components: has 4001 characters of text together; at most 4000 fit.',
    ],
    ['an empty V2 text', v2(words(0)), '/components/0/content: is empty.'],
    ['an empty container', v2({ type: 17, components: [] }), '/components/0/components: is empty.'],
    [
      'a container in a container',
      v2({ type: 17, components: [{ type: 17, components: [words(1)] }] }),
      '/components/0/components/0: has the type 17, which cannot stand here.',
    ],
    [
      'a colour of a container',
      v2({ type: 17, accent_color: -1, components: [words(1)] }),
      '/components/0/accent_color: is no number from 0 to 16777215.',
    ],
    [
      'a section of four',
      v2({ type: 9, components: times(4, () => words(1)), accessory: link() }),
      '/components/0/components: has 4 texts; 1 to 3 fit.',
    ],
    [
      'a section alone',
      v2({ type: 9, components: [words(1)] }),
      '/components/0/accessory: is neither a button nor a thumbnail.',
    ],
    ['an empty gallery', v2({ type: 12, items: [] }), '/components/0/items: has 0 items; 1 to 10 fit.'],
    [
      'eleven pictures',
      v2({ type: 12, items: times(11, () => ({})) }),
      '/components/0/items: has 11 items; 1 to 10 fit.',
    ],
    ['an unknown type', v2({ type: 99 }), '/components/0: has the type 99, which cannot stand here.'],
  ])('refuses %s', (_, found, problem) => {
    expect(found).toEqual([problem]);
  });

  it('takes any JSON without throwing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('content', 'embeds', 'components', 'flags', 'nonce', 'allowed_mentions'),
          fc.jsonValue(),
        ),
        (payload) => {
          for (const problem of check(payload)) expect(problem).toMatch(/^(\/[\w/]+)?: .+\.$/);
        },
      ),
    );
  });
});
