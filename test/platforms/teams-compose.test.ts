import { describe, expect, it } from 'vitest';
import type { ChannelConfig } from '../../src/core/config.ts';
import type { Block, Inline, Message } from '../../src/core/message.ts';
import type { Payload } from '../../src/core/platform.ts';
import { toSecret } from '../../src/core/secret.ts';
import * as limits from '../../src/platforms/teams/limits.ts';
import { teams } from '../../src/platforms/teams/platform.ts';
import { aMessage } from '../builders.ts';
import { oversized } from './conformance.ts';

const channel: ChannelConfig = { name: 'eng', platform: 'teams', id: '19:eng@thread.tacv2' };
const flow: ChannelConfig = { name: 'flow', platform: 'teams', webhookUrl: toSecret('https://example.com/?sig=s') };

interface CardNode {
  readonly [key: string]: unknown;
}
const cardOf = (message: Message, to = channel): CardNode => contentOf(teams.compose(message, to));
const contentOf = (payload: Payload): CardNode =>
  (payload.attachments as { readonly content: CardNode }[])[0]?.content ?? {};
const bodyOf = (message: Message): readonly CardNode[] => cardOf(message).body as readonly CardNode[];

const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (...children: readonly Inline[]): Block => ({ kind: 'paragraph', children });
const link = (url: string, label: string): Inline => ({ kind: 'link', url, children: [text(label)] });
const run = (value: string, style: object = {}) => ({ type: 'TextRun', text: value, ...style });
const lineOf = (inlines: readonly object[], style: object = {}) => ({ type: 'RichTextBlock', inlines, ...style });
const open = (url: string) => ({ type: 'Action.OpenUrl', url });
const header = (title: string, style: string, extra: object = {}) => ({
  type: 'Container',
  style,
  bleed: true,
  items: [lineOf([run(title, { weight: 'Bolder', size: 'Medium' })])],
  ...extra,
});

describe('a message becomes a card', () => {
  it('of one line', () => {
    expect(teams.compose(aMessage(), channel)).toEqual({
      type: 'message',
      summary: '🟢 PR #12 opened: Add a bell',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
            version: '1.5',
            msteams: { width: 'Full' },
            body: [header('🟢 PR #12 opened: Add a bell', 'accent')],
          },
        },
      ],
    });
  });

  it('with address, fields, button, context and note', () => {
    const url = 'https://github.com/acme/api/pull/12';
    const card = cardOf(
      aMessage({
        url,
        tone: 'good',
        fields: [
          { name: 'Branch', value: [{ kind: 'code', text: 'bell' }, text(' → main')] },
          { name: 'Size', value: [text('+10 −2')] },
          { name: 'Review', value: [text('1 of 2')] },
        ],
        buttons: [{ label: 'Open pull request', url }],
        context: [text('acme/api · '), link('https://github.com/acme/api', 'repository')],
        notes: ['Replayed.'],
      }),
    );
    const small = { size: 'Small', isSubtle: true };
    const field = (name: string, ...value: readonly object[]) => ({
      type: 'Column',
      width: 'stretch',
      items: [lineOf([run(name, small)], { spacing: 'Small' }), lineOf(value, { spacing: 'None' })],
    });
    expect(card.body).toEqual([
      header('🟢 PR #12 opened: Add a bell', 'good', { selectAction: open(url) }),
      {
        type: 'ColumnSet',
        columns: [
          field('Branch', run('bell', { fontType: 'Monospace' }), run(' → main')),
          field('Size', run('+10 −2')),
        ],
      },
      { type: 'ColumnSet', columns: [field('Review', run('1 of 2')), { type: 'Column', width: 'stretch', items: [] }] },
      lineOf(
        [run('acme/api · ', small), run('repository', { ...small, selectAction: open('https://github.com/acme/api') })],
        { spacing: 'Small' },
      ),
      lineOf([run('Replayed.', small)], { spacing: 'Small' }),
    ]);
    expect(card.actions).toEqual([{ type: 'Action.OpenUrl', url, title: 'Open pull request' }]);
  });

  it('with running text, each style a run of its own', () => {
    const [, ...body] = bodyOf(
      aMessage({
        body: [
          { kind: 'heading', children: [text('What')] },
          paragraph(
            text('a '),
            { kind: 'strong', children: [text('b '), { kind: 'emphasis', children: [text('c')] }] },
            { kind: 'strike', children: [text('d')] },
            { kind: 'break' },
            text('second\nthird'),
          ),
          { kind: 'rule' },
          { kind: 'quote', children: [paragraph(text('said'))] },
        ],
      }),
    );
    expect(body).toEqual([
      lineOf([run('What', { weight: 'Bolder', size: 'Medium' })]),
      lineOf([
        run('a '),
        run('b ', { weight: 'Bolder' }),
        run('c', { weight: 'Bolder', italic: true }),
        run('d', { strikethrough: true }),
      ]),
      lineOf([run('second')], { spacing: 'None' }),
      lineOf([run('third')], { spacing: 'None' }),
      { type: 'Container', style: 'emphasis', items: [lineOf([run('said')])], separator: true },
    ]);
  });

  it('with lists inside lists', () => {
    const inner: Block = {
      kind: 'list',
      ordered: true,
      start: 3,
      items: [[paragraph(text('three'))], [paragraph(text('four'))]],
    };
    const [, ...body] = bodyOf(
      aMessage({
        body: [
          {
            kind: 'list',
            ordered: false,
            start: 1,
            items: [[paragraph(text('one')), inner], [paragraph(text('two'))]],
          },
        ],
      }),
    );
    const small = { spacing: 'Small' };
    expect(body).toEqual([
      lineOf([run('• '), run('one')], small),
      lineOf([run('\u20033. '), run('three')], small),
      lineOf([run('\u20034. '), run('four')], small),
      lineOf([run('• '), run('two')], small),
    ]);
  });

  it('with code that keeps its indentation', () => {
    const [, ...body] = bodyOf(aMessage({ body: [{ kind: 'code', text: 'if (a) {\n\tb();\n\n}\n', language: 'ts' }] }));
    const code = (value: string, style: object = {}) => lineOf([run(value, { fontType: 'Monospace' })], style);
    const close = { spacing: 'None' };
    expect(body).toEqual([
      {
        type: 'Container',
        style: 'emphasis',
        items: [code('if (a) {'), code('\u00A0\u00A0\u00A0 b();', close), code('\u00A0', close), code('}', close)],
      },
    ]);
  });

  it('with a table, ragged rows filled up', () => {
    const [, ...body] = bodyOf(
      aMessage({ body: [{ kind: 'table', header: [[text('Job')], [text('Took')]], rows: [[[text('build')]]] }] }),
    );
    const cell = (value: string, style: object = {}) => ({ type: 'TableCell', items: [lineOf([run(value, style)])] });
    expect(body).toEqual([
      {
        type: 'Table',
        columns: [{ width: 1 }, { width: 1 }],
        rows: [
          { type: 'TableRow', cells: [cell('Job', { weight: 'Bolder' }), cell('Took', { weight: 'Bolder' })] },
          { type: 'TableRow', cells: [cell('build'), cell('\u00A0')] },
        ],
      },
    ]);
  });

  it.each([
    ['neutral', 'default'],
    ['good', 'good'],
    ['info', 'accent'],
    ['warning', 'warning'],
    ['bad', 'attention'],
    ['critical', 'attention'],
  ] as const)('of tone %s in the style %s', (tone, style) => {
    expect(bodyOf(aMessage({ tone }))[0]?.style).toBe(style);
  });

  it('with one button of our own where it has none', () => {
    expect(cardOf(aMessage({ url: 'https://example.com/' })).actions).toEqual([
      { type: 'Action.OpenUrl', url: 'https://example.com/', title: 'Open' },
    ]);
  });
});

describe('mentions', () => {
  it('come from the config, with their entity', () => {
    const mentions = [
      { name: 'on<call> & co', teams: '8:orgid:1' },
      { name: 'mona', slack: 'U1' },
      { name: 'desk', teams: 'desk@example.com' },
    ];
    const card = cardOf(aMessage({ mentions, body: [paragraph(text('<at>desk</at>'))] }));
    expect((card.body as readonly CardNode[])[1]).toEqual({
      type: 'TextBlock',
      text: '<at>on&lt;call&gt; &amp; co</at> <at>desk</at>',
      wrap: true,
    });
    expect((card.body as readonly CardNode[])[2]).toEqual(lineOf([run('<at>desk</at>')]));
    expect(card.msteams).toEqual({
      width: 'Full',
      entities: [
        {
          type: 'mention',
          text: '<at>on&lt;call&gt; &amp; co</at>',
          mentioned: { id: '8:orgid:1', name: 'on<call> & co' },
        },
        { type: 'mention', text: '<at>desk</at>', mentioned: { id: 'desk@example.com', name: 'desk' } },
      ],
    });
  });
});

describe('links', () => {
  const shown = (url: string, label: string) => {
    const [, block] = bodyOf(aMessage({ url: 'https://github.com/acme', body: [paragraph(link(url, label))] }));
    const inlines = (block?.inlines ?? []) as readonly CardNode[];
    return inlines.map((inline) => [inline.text, (inline.selectAction as CardNode)?.url]);
  };

  it.each([
    ['of the message’s own site are their label', 'https://github.com/acme/api', 'the code', 'the code', true],
    ['name another site', 'https://evil.example/x', 'the code', 'the code (evil.example)', true],
    [
      'name the site when the label looks like another',
      'https://github.com/x',
      'https://bank.example',
      'https://bank.example (github.com)',
      true,
    ],
    [
      'name the site when the label hides its dot',
      'https://github.com/x',
      'bank。example',
      'bank。example (github.com)',
      true,
    ],
    [
      'are bare when the label is the address',
      'https://evil.example/x',
      'https://evil.example/x',
      'https://evil.example/x',
      true,
    ],
    ['show the address when they have no label', 'https://evil.example/x', ' ', 'https://evil.example/x', true],
    ['name a homograph as it is looked up', 'https://gіthub.com/', 'GitHub', 'GitHub (xn--gthub-n2e.com)', true],
    ['to mail are text', 'mailto:mona@example.com', 'Mona', 'Mona (mona@example.com)', false],
    ['that run something are text', 'javascript:alert(1)', 'x', 'x (javascript:alert(1))', false],
    [
      'with a password are text',
      'https://bank.example@evil.example/',
      'x',
      'x (https://bank.example@evil.example/)',
      false,
    ],
  ])('%s', (_name, url, label, expected, opens) => {
    const [[value, address] = [], ...more] = shown(url, label);
    expect([value, address !== undefined, more]).toEqual([expected, opens, []]);
  });

  it('have no place in buttons and titles unless they are http', () => {
    const card = cardOf(aMessage({ url: 'javascript:alert(1)', buttons: [{ label: 'x', url: 'data:text/html,x' }] }));
    expect(JSON.stringify(card)).not.toMatch(/javascript|data:|OpenUrl/);
  });
});

describe('limits', () => {
  const many = <T>(count: number, one: (at: number) => T) => Array.from({ length: count }, (_, at) => one(at));
  const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

  it('the pace is what Teams documents', () => {
    expect(teams.pace).toEqual([
      { sends: 7, perMs: 1_000 },
      { sends: 8, perMs: 2_000 },
      { sends: 60, perMs: 30_000 },
      { sends: 1_800, perMs: 3_600_000 },
    ]);
  });

  it.each(['a', '"', 'é', '👩‍👩‍👧‍👦', '\n'])('a card of %j fills its bytes, and no more', (piece) => {
    const card = cardOf(aMessage({ body: many(2_000, () => paragraph(text(piece.repeat(40)))) }));
    expect(bytes(card)).toBeLessThanOrEqual(limits.CARD_BYTES);
    if (piece !== '\n') expect(bytes(card)).toBeGreaterThan(limits.CARD_BYTES - 400);
  });

  it('a body that is too long is cut in its tree, and says so', () => {
    const body = bodyOf(aMessage({ body: [paragraph(text('word '.repeat(20_000)))], context: [text('kept')] }));
    expect(JSON.stringify(body[1]).slice(-30)).toMatch(/(w|wo|wor|word)…"\}\]\}$/);
    expect(JSON.stringify(body.at(-1))).toContain('kept');
  });

  it('parts give way to the body only when there is no room', () => {
    const card = cardOf(oversized('a'));
    expect((card.actions as readonly unknown[]).length).toBeGreaterThanOrEqual(1);
    expect(JSON.stringify(card)).toContain('…');
  });

  it.each([
    ['title', { title: 'x'.repeat(1_000), emoji: '' }, limits.TITLE_CHARS],
    ['note', { notes: ['x'.repeat(1_000)] }, limits.NOTE_CHARS],
    ['button', { buttons: [{ label: 'x'.repeat(1_000), url: 'https://example.com/' }] }, limits.BUTTON_CHARS],
    ['field name', { fields: [{ name: 'x'.repeat(1_000), value: [text('v')] }] }, limits.FIELD_NAME_CHARS],
  ])('a %s is cut', (_name, over, most) => {
    const [longest = ''] = JSON.stringify(cardOf(aMessage(over))).match(/x{20,}…/g) ?? [];
    expect(longest).toHaveLength(most);
  });

  it('counts are kept', () => {
    const card = cardOf(
      aMessage({
        fields: many(30, (at) => ({ name: `f${at}`, value: [text('v')] })),
        buttons: many(30, (at) => ({ label: `b${at}`, url: 'https://example.com/' })),
        notes: many(30, (at) => `note ${at}`),
        mentions: many(30, (at) => ({ name: `m${at}`, teams: `29:${at}` })),
        body: [{ kind: 'table', header: many(30, () => [text('h')]), rows: [] }],
      }),
    );
    const json = JSON.stringify(card);
    expect(json.match(/"f\d+"/g)).toHaveLength(limits.MAX_FIELDS);
    expect(card.actions).toHaveLength(limits.MAX_BUTTONS);
    expect(json.match(/"note \d+"/g)).toHaveLength(limits.MAX_NOTES);
    expect((card.msteams as CardNode).entities).toHaveLength(limits.MAX_MENTIONS);
    expect(json.match(/"TableCell"/g)).toHaveLength(limits.MAX_TABLE_COLUMNS);
  });

  it('a context is cut to its bytes', () => {
    const context = bodyOf(aMessage({ context: many(500, () => text('context ')) })).at(-1);
    expect(bytes(context?.inlines)).toBeLessThanOrEqual(limits.INLINE_BYTES);
    expect(bytes(context?.inlines)).toBeGreaterThan(limits.INLINE_BYTES - 200);
  });

  it('an address that is too long is not linked', () => {
    const url = `https://example.com/${'é'.repeat(1_000)}`;
    expect(JSON.stringify(cardOf(aMessage({ url, buttons: [{ label: 'x', url }] })))).not.toContain('OpenUrl');
  });

  it('deep and huge text neither throws nor takes long', () => {
    const deepText = many(2_000, () => 0).reduce<Inline>((inner) => ({ kind: 'strong', children: [inner] }), text('x'));
    const deep = many(500, () => 0).reduce<Block>(
      (inner) => ({ kind: 'quote', children: [inner] }),
      paragraph(deepText),
    );
    const payload = teams.compose(
      aMessage({ title: 'x'.repeat(10_000_000), body: [deep, paragraph(text('y'.repeat(10_000_000)))] }),
      channel,
    );
    expect(teams.check(payload, channel)).toEqual([]);
  });
});

describe('a native form', () => {
  const native = { type: 'AdaptiveCard', version: '1.4', body: [{ type: 'TextBlock', text: 'Deployed' }] };

  it('replaces the portable one, and still calls who the config says', () => {
    expect(contentOf(teams.compose(aMessage({ native }), channel))).toEqual(native);
    const card = contentOf(teams.compose(aMessage({ native, mentions: [{ name: 'oncall', teams: '29:1' }] }), channel));
    expect(card.body).toEqual([...native.body, { type: 'TextBlock', text: '<at>oncall</at>', wrap: true }]);
    expect(card.msteams).toEqual({
      entities: [{ type: 'mention', text: '<at>oncall</at>', mentioned: { id: '29:1', name: 'oncall' } }],
    });
  });

  it('may be a whole activity', () => {
    const activity = {
      type: 'message',
      summary: 'Deployed',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: native }],
    };
    expect(teams.compose(aMessage({ native: activity }), channel)).toEqual(activity);
    expect(Object.keys(teams.compose(aMessage({ native: activity }), flow))).toEqual(['type', 'attachments']);
  });

  it.each([
    ['a text', 'hello', 'it is no card and no message'],
    [
      'an unknown element',
      { ...native, body: [{ type: 'Video' }] },
      '/attachments/0/content/body/0/type: must be one of',
    ],
    [
      'a card that is too big',
      { ...native, body: [{ type: 'TextBlock', text: 'x'.repeat(30_000) }] },
      '/attachments/0/content: 3',
    ],
    ['a summary of another kind', { type: 'message', summary: 1, attachments: [] }, '/summary: must be a string'],
  ])('that is %s gives way to the portable one, and says why', (_name, wrong, reason) => {
    const body = bodyOf(aMessage({ native: wrong }));
    expect(body[0]).toEqual(header('🟢 PR #12 opened: Add a bell', 'accent'));
    expect(JSON.stringify(body.at(-1))).toContain(`The native form of this message was not used: ${reason}`);
  });
});
