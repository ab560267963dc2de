import { embedLength } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { Block, Inline, Mention, Message, Press } from '../../src/core/message.ts';
import type { Payload } from '../../src/core/platform.ts';
import { check } from '../../src/platforms/discord/check.ts';
import { compose } from '../../src/platforms/discord/compose.ts';
import { toDiscordMarkdown } from '../../src/platforms/discord/markdown.ts';
import { aMessage } from '../builders.ts';
import { everywhere, HOSTILE_TEXTS, oversized } from './conformance.ts';

interface Embed {
  readonly title: string;
  readonly description?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
  readonly footer?: { readonly text: string };
}

const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (...children: Inline[]): Block => ({ kind: 'paragraph', children });
const embedOf = (payload: Payload): Embed => (payload.embeds as readonly Embed[])[0] ?? { title: '' };
const ONCALL: Mention = { name: 'oncall', slack: 'S1', discord: 'role:99887766' };

describe('a Discord message', () => {
  it('is one embed with link buttons', () => {
    const payload = compose(
      aMessage({
        tone: 'good',
        url: 'https://example.com/pr/12',
        body: [paragraph(text('It *rings*.'))],
        fields: [
          { name: 'Branch', value: [text('bell → main')] },
          { name: 'Empty', value: [text(' ')] },
        ],
        buttons: [{ label: 'Open pull request', url: 'https://example.com/pr/12' }],
        context: [text('acme/api'), text(' · 2 min')],
        notes: ['Replayed by mona.'],
      }),
    );

    expect(payload).toEqual({
      content: '',
      embeds: [
        {
          title: '🟢 PR #12 opened: Add a bell',
          url: 'https://example.com/pr/12',
          description: 'It \\*rings\\*.',
          color: 0x2ea44f,
          fields: [{ name: 'Branch', value: 'bell → main', inline: true }],
          footer: { text: 'acme/api · 2 min · Replayed by mona.' },
          timestamp: '2026-11-21T12:00:00.000Z',
        },
      ],
      components: [
        {
          type: 1,
          components: [{ type: 2, style: 5, label: 'Open pull request', url: 'https://example.com/pr/12' }],
        },
      ],
      allowed_mentions: { parse: [], roles: [], users: [] },
    });
  });

  it('calls whom the config names, with the line beside it for the phone', () => {
    const mentions: readonly Mention[] = [
      ONCALL,
      { name: 'mona', discord: 'user:112233445566778899' },
      { name: 'octocat', discord: '223344556677889900' },
      { name: 'twice', discord: 'role:99887766' },
      { name: 'elsewhere', slack: 'U1' },
      { name: 'wrong', discord: '@everyone' },
    ];
    const payload = compose(aMessage({ title: 'Disk *full*', emoji: '🔴', mentions }));
    expect(payload.content).toBe('<@&99887766> <@112233445566778899> <@223344556677889900> 🔴 Disk \\*full\\*');
    expect(payload.allowed_mentions).toEqual({
      parse: [],
      roles: ['99887766'],
      users: ['112233445566778899', '223344556677889900'],
    });
  });

  it('takes a hundred mentions and the longest line', () => {
    const mentions = Array.from({ length: 100 }, (_, at) => ({
      name: `${at}`,
      discord: `role:${10n ** 19n + BigInt(at)}`,
    }));
    expect(check(compose(aMessage({ title: '*'.repeat(5_000), mentions })))).toEqual([]);
  });

  it('lets no data into the mentions', () => {
    for (const hostile of HOSTILE_TEXTS) {
      const payload = compose({ ...everywhere(hostile), mentions: [ONCALL] });
      expect(payload.allowed_mentions).toEqual({ parse: [], roles: ['99887766'], users: [] });
    }
  });

  it('puts what is too long for a button into the text', () => {
    const long = `https://grafana.example/d?q=${'x'.repeat(500)}`;
    const payload = compose(
      aMessage({
        buttons: [
          { label: 'Runbook', url: 'https://example.com/' },
          { label: 'Graph [1]', url: long },
          { label: 'Bad', url: 'javascript:alert(1)' },
        ],
      }),
    );
    expect(payload.components).toMatchObject([{ components: [{ label: 'Runbook' }] }]);
    expect(embedOf(payload).description).toBe(`[Graph \\[1\\]](${long})`);
  });

  it('has rows of five buttons, five of them, and the rest as links', () => {
    const buttons = Array.from({ length: 27 }, (_, at) => ({ label: `b${at}`, url: `https://example.com/${at}` }));
    const payload = compose(aMessage({ buttons }));
    const rows = payload.components as readonly { readonly components: readonly unknown[] }[];
    expect(rows.map(({ components }) => components.length)).toEqual([5, 5, 5, 5, 5]);
    expect(embedOf(payload).description).toBe('[b25](https://example.com/25) · [b26](https://example.com/26)');
  });

  it('leaves out an address and a time that are none', () => {
    const payload = compose(aMessage({ url: 'javascript:alert(1)', at: new Date(Number.NaN) }));
    expect(embedOf(payload)).toEqual({ title: '🟢 PR #12 opened: Add a bell', color: 0x3b82f6 });
  });

  it.each(['a', '*', '\n', '👩‍👩‍👧‍👦', '`', '@everyone', '](', 'https://x.example/_'])(
    'stays within the limits, by discord.js’ count too, when everything is too long: %j',
    (piece) => {
      const payload = compose(oversized(piece));
      const embed = embedOf(payload);
      expect(check(payload)).toEqual([]);
      expect(embedLength({ ...embed, fields: [...(embed.fields ?? [])] })).toBeLessThanOrEqual(6_000);
      expect(embed.title.length).toBeLessThanOrEqual(256);
      expect(embed.description?.length ?? 0).toBeLessThanOrEqual(4_096);
      expect(embed.footer?.text.length ?? 0).toBeLessThanOrEqual(2_048);
    },
  );

  it('survives megabytes', () => {
    const payload = compose(
      aMessage({ title: '*'.repeat(10_000_000), body: [paragraph(text('_'.repeat(10_000_000)))] }),
    );
    expect(check(payload)).toEqual([]);
    expect(embedOf(payload).description?.length).toBeGreaterThan(4_000);
  });
});

describe('the actions of a Discord message', () => {
  const press = (label: string, over: Partial<Press> = {}): Press => ({ label, id: label.toLowerCase(), ...over });
  const presses = (count: number) => Array.from({ length: count }, (_, at) => press(`P${at}`));
  const links = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ label: `b${at}`, url: `https://example.com/${at}` }));
  const menu = (label: string, choices: readonly Press[] = presses(2)) => ({ label, choices });
  const shape = (payload: Payload) =>
    (payload.components as readonly { readonly components: readonly Record<string, unknown>[] }[]).map(
      ({ components }) =>
        components.map(({ type, url }) => (type === 3 ? 'menu' : url === undefined ? 'press' : 'link')).join(' '),
    );
  const composed = (over: Partial<Message>) => {
    const payload = compose(aMessage(over));
    expect(check(payload)).toEqual([]);
    return payload;
  };

  it('are buttons beside the links, and a menu below', () => {
    const actions = [
      menu('Mute', [press('For 1 hour', { id: 'mute:1h:evt_1' }), press('For 4 hours', { id: 'mute:4h:evt_1' })]),
      press('Why?', { id: 'why:evt_1' }),
      press('Acknowledge', { id: 'ack:evt_1', style: 'primary' }),
      press('Unmute', { id: 'unmute:mute_1', style: 'danger' }),
    ];
    expect(composed({ buttons: links(1), actions }).components).toEqual([
      {
        type: 1,
        components: [
          { type: 2, style: 5, label: 'b0', url: 'https://example.com/0' },
          { type: 2, style: 2, label: 'Why?', custom_id: 'why:evt_1' },
          { type: 2, style: 1, label: 'Acknowledge', custom_id: 'ack:evt_1' },
          { type: 2, style: 4, label: 'Unmute', custom_id: 'unmute:mute_1' },
        ],
      },
      {
        type: 1,
        components: [
          {
            type: 3,
            custom_id: 'bellhop_menu_0',
            placeholder: 'Mute',
            options: [
              { label: 'For 1 hour', value: 'mute:1h:evt_1' },
              { label: 'For 4 hours', value: 'mute:4h:evt_1' },
            ],
          },
        ],
      },
    ]);
  });

  it.each<readonly [string, Partial<Message>, readonly string[]]>([
    ['alone', { actions: presses(2) }, ['press press']],
    ['in a row of their own', { buttons: links(4), actions: presses(2) }, ['link link link link', 'press press']],
    [
      'in rows of five',
      { buttons: links(1), actions: presses(7) },
      ['link', 'press press press press press', 'press press'],
    ],
    [
      'before links that no longer fit',
      { buttons: links(30), actions: [...presses(2), menu('A'), menu('B')] },
      ['link link link link link', 'link link link link link', 'link link link press press', 'menu', 'menu'],
    ],
    [
      'with one row for buttons',
      { actions: [...Array.from({ length: 9 }, () => menu('M')), ...presses(9)] },
      ['press press press press press', 'menu', 'menu', 'menu', 'menu'],
    ],
    ['at most 25', { buttons: links(3), actions: presses(40) }, Array<string>(5).fill('press press press press press')],
    ['without empty menus', { actions: [menu('Empty', [])] }, []],
    [
      'once each',
      { actions: [press('Why?'), press('Why?'), menu('M', [press('Why?'), press('Why?')])] },
      ['press', 'menu'],
    ],
    [
      'without ids that are none',
      { actions: [press('A', { id: ' ' }), press('B', { id: 'x'.repeat(101) }), press('C', { id: 'bellhop_menu_0' })] },
      [],
    ],
  ])('stand %s', (_, over, expected) => {
    expect(shape(composed(over))).toEqual(expected);
  });

  it('push links into the text', () => {
    const payload = composed({ buttons: links(14), actions: [...presses(2), menu('A'), menu('B')] });
    expect(embedOf(payload).description).toBe('[b13](https://example.com/13)');
  });

  it('keep within the limits, whatever their labels are', () => {
    for (const hostile of [...HOSTILE_TEXTS, 'x'.repeat(5_000), '']) {
      const many = Array.from({ length: 40 }, (_, at) => press(hostile, { id: `a${at}` }));
      composed({ actions: [menu(hostile, many), ...many] });
    }
  });

  it('stand below a template’s own form while there is room', () => {
    const actions = [press('Why?'), menu('Mute')];
    const own = compose(aMessage({ native: { content: 'Hi' }, actions }));
    expect(shape(own)).toEqual(['press', 'menu']);
    const row = { type: 1, components: [{ type: 2, style: 5, label: 'Open', url: 'https://example.com/' }] };
    expect(shape(compose(aMessage({ native: { content: 'Hi', components: [row, row, row, row] }, actions })))).toEqual([
      ...Array<string>(4).fill('link'),
      'press',
    ]);
    const full = { content: 'Hi', components: [row, row, row, row, row] };
    expect(compose(aMessage({ native: full, actions })).components).toEqual(full.components);
    const v2 = { flags: 32_768, components: [{ type: 10, content: 'Hi' }] };
    const extended = compose(aMessage({ native: v2, actions }));
    expect(check(extended)).toEqual([]);
    expect(extended.components).toMatchObject([{ type: 10 }, { type: 1 }, { type: 1 }]);
    const same = {
      content: 'Hi',
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'x', custom_id: 'why?' }] }],
    };
    expect(compose(aMessage({ native: same, actions })).components).toEqual(same.components);
  });
});

describe('a template’s own Discord form', () => {
  const native = {
    content: 'Hi <@&1> @everyone',
    embeds: [{ title: 'Mine' }],
    nonce: 'x',
    allowed_mentions: { parse: ['everyone'] },
  };

  it('is sent as it is, but notifies only whom the config names', () => {
    expect(compose(aMessage({ native }))).toEqual({
      content: 'Hi <@&1> @everyone',
      embeds: [{ title: 'Mine' }],
      allowed_mentions: { parse: [], roles: [], users: [] },
    });
    expect(compose(aMessage({ native, mentions: [ONCALL] })).content).toBe('<@&99887766> Hi <@&1> @everyone');
  });

  it('may be Components V2', () => {
    const parts = { flags: 32_768, components: [{ type: 17, components: [{ type: 10, content: 'Hi' }] }] };
    expect(compose(aMessage({ native: parts, mentions: [ONCALL] }))).toEqual({
      flags: 32_768,
      components: [{ type: 10, content: '<@&99887766>' }, ...parts.components],
      allowed_mentions: { parse: [], roles: ['99887766'], users: [] },
    });
  });

  it.each([
    ['no object', ['x'], 'it is no JSON object.'],
    ['too long', { content: 'x'.repeat(2_001) }, '/content: has 2001 characters; at most 2000 fit.'],
    ['empty', { content: ' ' }, ': is empty: it has no content, embed or component.'],
    ['a proto', JSON.parse('{"__proto__":{"content":"x"}}'), ': is empty: it has no content, embed or component.'],
  ])('gives way to the portable form when it is %s', (_, own, problem) => {
    const { title, footer } = embedOf(compose(aMessage({ native: own })));
    expect(title).toBe('🟢 PR #12 opened: Add a bell');
    expect(footer?.text).toBe(`The template’s own Discord form was not used: ${problem}`);
  });
});

describe('Discord Markdown', () => {
  it('writes every kind of block', () => {
    const item = (value: string): Block[] => [paragraph(text(value))];
    const cell = (value: string) => [text(value)];
    const blocks: readonly Block[] = [
      { kind: 'heading', children: [text('What'), { kind: 'break' }, text('changed')] },
      paragraph(text('one')),
      paragraph(text('two'), { kind: 'break' }, text('three')),
      {
        kind: 'list',
        ordered: false,
        start: 1,
        items: [item('a'), [...item('b'), { kind: 'list', ordered: true, start: 3, items: [item('c')] }], []],
      },
      { kind: 'quote', children: [paragraph(text('q')), { kind: 'quote', children: item('inner') }] },
      { kind: 'code', text: 'x = 1', language: 'py' },
      { kind: 'table', header: [cell('Name'), cell('n')], rows: [[cell('bell'), cell('1')]] },
      { kind: 'rule' },
    ];
    expect(toDiscordMarkdown(blocks)).toBe(
      [
        '### What changed',
        'one',
        '',
        'two',
        'three',
        '- a',
        '- b',
        '  3. c',
        '> q',
        '> ',
        '> inner',
        '```py',
        'x = 1',
        '```',
        '```',
        'Name  n',
        '────  ─',
        'bell  1',
        '```',
        '────────────────',
      ].join('\n'),
    );
  });

  it.each<readonly [string, Inline, string]>([
    ['strong', { kind: 'strong', children: [text(' a* ')] }, ' **a\\*** '],
    ['empty strong', { kind: 'strong', children: [] }, ''],
    ['nested', { kind: 'emphasis', children: [{ kind: 'strike', children: [text('x')] }] }, '*~~x~~*'],
    [
      'a link',
      { kind: 'link', url: 'https://example.com/a_(b)', children: [text('a [b]')] },
      '[a \\[b\\]](https://example.com/a_%28b%29)',
    ],
    [
      'a bare link',
      { kind: 'link', url: 'https://example.com/', children: [text('https://example.com/')] },
      '<https://example.com/>',
    ],
    ['a link without a label', { kind: 'link', url: 'https://example.com/', children: [] }, '<https://example.com/>'],
    [
      'a disguised link',
      { kind: 'link', url: 'https://evil.example/', children: [text('https://bank.example')] },
      'https://bank.example (<https://evil.example/>)',
    ],
    [
      'mail',
      { kind: 'link', url: 'mailto:a_b@example.com', children: [text('Mona')] },
      'Mona (mailto:a\\_b@example.com)',
    ],
  ])('writes %s', (_, inline, expected) => {
    expect(toDiscordMarkdown([paragraph(inline)])).toBe(expected);
  });

  it('escapes texts that stand together as one', () => {
    expect(toDiscordMarkdown([paragraph(text('1'), text('. one @'), text('everyone'))])).toBe(
      '1\\. one @\u200Beveryone',
    );
  });
});
