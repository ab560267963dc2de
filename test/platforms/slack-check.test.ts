import { describe, expect, it } from 'vitest';
import { checkPayload } from '../../src/platforms/slack/check.ts';

const x = (count: number): string => 'x'.repeat(count);
const times = <T>(count: number, one: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => one(at));
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const button = (over: object = {}) => ({ type: 'button', text: plain('Open'), ...over });
const actions = (...elements: readonly object[]) => ({ type: 'actions', elements });
const select = (over: object) => ({ type: 'static_select', ...over });
const option = (text = 'a', value = 'b') => ({ text: plain(text), value });
const rich = (...elements: readonly object[]) => ({ type: 'rich_text', elements });
const line = (...elements: readonly object[]) => ({ type: 'rich_text_section', elements });
const image = (over: object = {}) => ({
  type: 'image',
  alt_text: 'a bell',
  image_url: 'https://example.com/b.png',
  ...over,
});
const table = (rows: number, cells = 1) => ({
  type: 'table',
  rows: times(rows, () => times(cells, () => ({ type: 'raw_text', text: 'x' }))),
});
const blocks = (...list: readonly unknown[]) => ({ text: 'x', blocks: list });

describe('what Slack takes', () => {
  it.each<[string, Record<string, unknown>]>([
    ['text alone', { text: x(4_000) }],
    ['50 blocks', blocks(...times(50, () => ({ type: 'divider' })))],
    ['12,000 characters', blocks(...times(4, () => section(x(3_000))))],
    ['a header of 150', blocks({ type: 'header', text: plain(x(150)) })],
    ['a section of 3,000', blocks(section(x(3_000)))],
    ['ten fields', blocks({ type: 'section', fields: times(10, () => mrkdwn('a')) })],
    ['a field of 2,000', blocks({ type: 'section', fields: [plain(x(2_000))] })],
    ['ten context elements', blocks({ type: 'context', elements: [image(), ...times(9, () => plain('a'))] })],
    [
      '25 actions',
      blocks(actions(...times(25, (at) => button({ action_id: `a${at}`, value: x(2_000), style: 'danger' })))),
    ],
    ['a button of 75', blocks(actions(button({ text: plain(x(75)), accessibility_label: x(75), action_id: x(255) })))],
    ['an address of 3,000', blocks(actions(button({ url: `https://example.com/${x(2_980)}` })))],
    ['12,000 characters of markdown', blocks({ type: 'markdown', text: x(12_000) })],
    ['100 options', blocks(actions(select({ options: times(100, () => option(x(75), x(150))) })))],
    ['a table of 100 rows', blocks(table(100, 20))],
    [
      'rich text',
      blocks(
        rich(line({ type: 'text', text: 'a' }), {
          type: 'rich_text_list',
          style: 'bullet',
          indent: 8,
          elements: [line({ type: 'link', url: 'https://example.com/' })],
        }),
      ),
    ],
    ['100 attachments', { attachments: times(100, () => ({ color: 'good', footer: x(300) })) }],
    ['a coloured attachment', { text: 'x', attachments: [{ color: '#2da44e', blocks: [section('a')] }] }],
    ['a section with a picture', blocks({ ...section('a'), accessory: image() })],
    [
      'an image of Slack’s own',
      blocks({ type: 'image', alt_text: 'a', slack_file: { id: 'F1' }, title: plain(x(2_000)) }),
    ],
    [
      'a confirmation',
      blocks(
        actions(
          button({
            confirm: { title: plain(x(100)), text: mrkdwn(x(300)), confirm: plain(x(30)), deny: plain(x(30)) },
          }),
        ),
      ),
    ],
    ['a container', blocks({ type: 'container', title: plain(x(150)), child_blocks: [section('a')] })],
    ['markdown_text', { markdown_text: x(12_000) }],
  ])('%s', (_, payload) => {
    expect(checkPayload(payload)).toEqual([]);
  });

  it('longer text where it is not an edit', () => {
    expect(checkPayload({ text: x(40_000) }, 40_000)).toEqual([]);
  });
});

describe('what Slack refuses', () => {
  it.each<[string, Record<string, unknown>, string | string[]]>([
    [
      'a header of 151',
      blocks({ type: 'header', text: plain(x(151)) }),
      '/blocks/0/text/text: has 151 characters; at most 150',
    ],
    ['a header in mrkdwn', blocks({ type: 'header', text: mrkdwn('a') }), '/blocks/0/text/type: must be plain_text'],
    ['a section of 3,001', blocks(section(x(3_001))), '/blocks/0/text/text: has 3001 characters; at most 3000'],
    ['an empty section', blocks({ type: 'section' }), '/blocks/0: needs text or fields'],
    ['51 blocks', blocks(...times(51, () => ({ type: 'divider' }))), '/blocks: has 51 entries; at most 50'],
    [
      '11 fields',
      blocks({ type: 'section', fields: times(11, () => plain('a')) }),
      '/blocks/0/fields: has 11 entries; at most 10',
    ],
    ['26 actions', blocks(actions(...times(26, () => button()))), '/blocks/0/elements: has 26 entries; at most 25'],
    [
      'a button of 76',
      blocks(actions(button({ text: plain(x(76)) }))),
      '/blocks/0/elements/0/text/text: has 76 characters; at most 75',
    ],
    [
      '11 context elements',
      blocks({ type: 'context', elements: times(11, () => plain('a')) }),
      '/blocks/0/elements: has 11 entries; at most 10',
    ],
    ['an unknown block', blocks({ type: 'banner' }), '/blocks/0/type: "banner" is no block of a message'],
    [
      'a block by an inherited name',
      blocks({ type: 'constructor' }),
      '/blocks/0/type: "constructor" is no block of a message',
    ],
    [
      'two markdown blocks of 7,000 and 6,000',
      blocks({ type: 'markdown', text: x(7_000) }, { type: 'markdown', text: x(6_000) }),
      [
        '/blocks: hold 13000 characters together, counted after escaping; at most 12000',
        '/blocks: hold 13000 characters in markdown blocks; at most 12000 in all of them',
      ],
    ],
    [
      'five sections of 2,900',
      blocks(...times(5, () => section(x(2_900)))),
      '/blocks: hold 14500 characters together, counted after escaping; at most 12000',
    ],
    [
      'plain text that grows by escaping',
      blocks(...times(4, () => ({ type: 'section', text: plain('&'.repeat(700)) }))),
      '/blocks: hold 14000 characters together, counted after escaping; at most 12000',
    ],
    ['text of 4,001', { text: x(4_001) }, '/text: has 4001 characters; at most 4000'],
    ['text that is none', { text: 7 }, '/text: must be a string'],
    ['nothing at all', {}, '/text: is missing, and there are no blocks and no attachments: there is nothing to post'],
    [
      'an empty text',
      { text: ' ', blocks: [] },
      '/text: is missing, and there are no blocks and no attachments: there is nothing to post',
    ],
    ['blocks that are no list', { text: 'x', blocks: '[]' }, '/blocks: must be a list'],
    ['a block that is none', blocks('x'), '/blocks/0: must be an object'],
    ['an empty text object', blocks(section('')), '/blocks/0/text/text: must not be empty'],
    [
      'a text object of another kind',
      blocks({ type: 'section', text: { type: 'markdown', text: 'x' } }),
      '/blocks/0/text/type: must be plain_text or mrkdwn',
    ],
    [
      'verbatim on plain text',
      blocks({ type: 'section', text: { ...plain('a'), verbatim: true } }),
      '/blocks/0/text/verbatim: belongs to mrkdwn only',
    ],
    [
      'emoji on mrkdwn',
      blocks({ type: 'section', text: { ...mrkdwn('a'), emoji: true } }),
      '/blocks/0/text/emoji: belongs to plain_text only',
    ],
    [
      'a field of 2,001',
      blocks({ type: 'section', fields: [plain(x(2_001))] }),
      '/blocks/0/fields/0/text: has 2001 characters; at most 2000',
    ],
    [
      'an unknown element',
      blocks(actions({ type: 'lever' })),
      '/blocks/0/elements/0/type: "lever" is no element of a message',
    ],
    [
      'a style that is none',
      blocks(actions(button({ style: 'good' }))),
      '/blocks/0/elements/0/style: must be primary or danger',
    ],
    [
      'a value of 2,001',
      blocks(actions(button({ value: x(2_001) }))),
      '/blocks/0/elements/0/value: has 2001 characters; at most 2000',
    ],
    [
      'a label of 76',
      blocks(actions(button({ accessibility_label: x(76) }))),
      '/blocks/0/elements/0/accessibility_label: has 76 characters; at most 75',
    ],
    [
      'an action_id of 256',
      blocks(actions(button({ action_id: x(256) }))),
      '/blocks/0/elements/0/action_id: has 256 characters; at most 255',
    ],
    [
      'the same action_id twice',
      blocks(actions(button({ action_id: 'a' }), button({ action_id: 'a' }))),
      '/blocks/0/elements/1/action_id: is used by an earlier element of this block',
    ],
    [
      'an address that runs',
      blocks(actions(button({ url: 'javascript:alert(1)' }))),
      '/blocks/0/elements/0/url: must be an http or https address',
    ],
    [
      'an address of 3,001',
      blocks(actions(button({ url: `https://example.com/${x(2_981)}` }))),
      '/blocks/0/elements/0/url: has 3001 characters; at most 3000',
    ],
    [
      'a block_id of 256',
      blocks({ type: 'divider', block_id: x(256) }),
      '/blocks/0/block_id: has 256 characters; at most 255',
    ],
    [
      'the same block_id twice',
      blocks({ type: 'divider', block_id: 'a' }, { type: 'divider', block_id: 'a' }),
      '/blocks/1/block_id: is used by an earlier block',
    ],
    [
      'an image without words',
      blocks({ type: 'image', image_url: 'https://example.com/' }),
      '/blocks/0/alt_text: is missing',
    ],
    ['an image from two places', blocks(image({ slack_file: {} })), '/blocks/0: needs either image_url or slack_file'],
    [
      'an image of 2,001 words',
      blocks(image({ alt_text: x(2_001) })),
      '/blocks/0/alt_text: has 2001 characters; at most 2000',
    ],
    ['no options', blocks(actions(select({}))), '/blocks/0/elements/0: needs either options or option_groups'],
    [
      '101 options',
      blocks(actions(select({ options: times(101, () => option()) }))),
      '/blocks/0/elements/0/options: has 101 entries; at most 100',
    ],
    [
      'six in an overflow',
      blocks(actions({ type: 'overflow', options: times(6, () => option()) })),
      '/blocks/0/elements/0/options: has 6 entries; at most 5',
    ],
    [
      'an option of 76',
      blocks(actions(select({ options: [option(x(76))] }))),
      '/blocks/0/elements/0/options/0/text/text: has 76 characters; at most 75',
    ],
    [
      'an option value of 151',
      blocks(actions(select({ option_groups: [{ options: [option('a', x(151))] }] }))),
      '/blocks/0/elements/0/option_groups/0/options/0/value: has 151 characters; at most 150',
    ],
    [
      'a confirmation of 301',
      blocks(actions(button({ confirm: { text: plain(x(301)) } }))),
      '/blocks/0/elements/0/confirm/text/text: has 301 characters; at most 300',
    ],
    [
      'a confirmation titled with 101',
      blocks(actions(button({ confirm: { title: plain(x(101)) } }))),
      '/blocks/0/elements/0/confirm/title/text: has 101 characters; at most 100',
    ],
    [
      'a confirmation whose buttons have 31',
      blocks(actions(button({ confirm: { confirm: plain(x(31)), deny: plain(x(31)) } }))),
      [
        '/blocks/0/elements/0/confirm/confirm/text: has 31 characters; at most 30',
        '/blocks/0/elements/0/confirm/deny/text: has 31 characters; at most 30',
      ],
    ],
    [
      'eleven checkboxes',
      blocks(actions({ type: 'checkboxes', options: times(11, () => option()) })),
      '/blocks/0/elements/0/options: has 11 entries; at most 10',
    ],
    [
      'an image titled with 2,001',
      blocks(image({ title: plain(x(2_001)) })),
      '/blocks/0/title/text: has 2001 characters; at most 2000',
    ],
    [
      'a carousel of eleven',
      blocks({ type: 'carousel', elements: times(11, () => ({})) }),
      '/blocks/0/elements: has 11 entries; at most 10',
    ],
    [
      'a container of eleven, titled with 151',
      blocks({ type: 'container', title: plain(x(151)), child_blocks: times(11, () => ({ type: 'divider' })) }),
      ['/blocks/0/title/text: has 151 characters; at most 150', '/blocks/0/child_blocks: has 11 entries; at most 10'],
    ],
    [
      'a list indented by nine',
      blocks(
        rich({ type: 'rich_text_list', style: 'bullet', indent: 9, elements: [line({ type: 'text', text: 'a' })] }),
      ),
      '/blocks/0/elements/0/indent: must be a number from 0 to 8',
    ],
    ['two tables', blocks(table(1), table(1)), '/blocks: hold 2 tables; at most 1'],
    ['101 rows', blocks(table(101)), '/blocks/0/rows: has 101 rows; at most 100'],
    ['21 cells', blocks(table(1, 21)), '/blocks/0/rows/0: has 21 cells; at most 20'],
    [
      'a container without a title',
      blocks({ type: 'container', child_blocks: [section('a')] }),
      '/blocks/0/title: is missing',
    ],
    [
      'a list in a list',
      blocks(rich({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'rich_text_list' }] })),
      '/blocks/0/elements/0/elements/0/type: must be rich_text_section: a list holds nothing else',
    ],
    [
      'rich text without text',
      blocks(rich(line({ type: 'text', text: '' }))),
      '/blocks/0/elements/0/elements/0/text: must not be empty',
    ],
    [
      'an unknown piece of rich text',
      blocks(rich({ type: 'paragraph' })),
      '/blocks/0/elements/0/type: "paragraph" is no part of rich text',
    ],
    [
      'rich text that links to a script',
      blocks(rich(line({ type: 'link', url: 'javascript:alert(1)' }))),
      '/blocks/0/elements/0/elements/0/url: must be an http, https, mailto, tel or slack address',
    ],
    [
      '101 attachments',
      { text: 'x', attachments: times(101, () => ({})) },
      '/attachments: has 101 entries; at most 100',
    ],
    [
      '50 blocks and one more',
      { text: 'x', blocks: [section('a')], attachments: [{ blocks: times(50, () => ({ type: 'divider' })) }] },
      '/attachments: bring the message to 51 blocks; at most 50',
    ],
    [
      'a colour that is none',
      { text: 'x', attachments: [{ color: 'red' }] },
      '/attachments/0/color: must be good, warning, danger or a colour like #2da44e',
    ],
    [
      'a footer of 301',
      { text: 'x', attachments: [{ footer: x(301) }] },
      '/attachments/0/footer: has 301 characters; at most 300',
    ],
    [
      'markdown_text beside text',
      { text: 'x', markdown_text: 'y' },
      '/markdown_text: cannot stand beside text or blocks',
    ],
    [
      'names that link',
      { text: 'x', link_names: true },
      '/link_names: must not be set: it makes calls of the names in data',
    ],
    [
      'text that is parsed',
      { text: 'x', parse: 'full' },
      '/parse: must be none: any other value makes links and calls of what is in data',
    ],
  ])('%s', (_, payload, problem) => {
    expect(checkPayload(payload)).toEqual([problem].flat());
  });
});
