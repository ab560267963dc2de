import { describe, expect, it } from 'vitest';
import type { Block, Inline, Message } from '../../src/core/message.ts';
import { checkPayload } from '../../src/platforms/slack/check.ts';
import { compose } from '../../src/platforms/slack/compose.ts';
import { mentionMarkup } from '../../src/platforms/slack/mention.ts';
import { aMessage } from '../builders.ts';

const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (...children: readonly Inline[]): Block => ({ kind: 'paragraph', children });

function composed(over: Partial<Message>) {
  const payload = compose(aMessage(over));
  expect(checkPayload(payload)).toEqual([]);
  return payload;
}

/** The rich text of a body that stands alone. */
function body(...blocks: readonly Block[]): unknown {
  const { attachments } = composed({ body: blocks });
  return (attachments as { blocks: unknown }[])[0]?.blocks;
}

describe('compose for slack', () => {
  it('a pull request', () => {
    const payload = composed({
      url: 'https://github.com/acme/api/pull/12',
      tone: 'good',
      body: [paragraph(text('Rings when a '), { kind: 'code', text: 'hook' }, text(' comes in.'))],
      fields: [
        { name: 'Branch', value: [text('add_bell → main')] },
        { name: 'Size', value: [text('+12 −3')] },
      ],
      buttons: [{ label: 'Open pull request', url: 'https://github.com/acme/api/pull/12' }],
      context: [text('acme/api · mona')],
      mentions: [{ name: 'oncall', slack: 'S0123456' }],
      notes: ['Replayed: it came 3 min ago.'],
    });

    expect(payload).toEqual({
      text: '🟢 PR #12 opened: Add a bell\nRings when a hook comes in.',
      blocks: [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: '🟢 ' },
                {
                  type: 'link',
                  url: 'https://github.com/acme/api/pull/12',
                  text: 'PR #12 opened: Add a bell',
                  style: { bold: true },
                },
              ],
            },
          ],
        },
        { type: 'section', text: { type: 'mrkdwn', text: '<!subteam^S0123456>', verbatim: true } },
      ],
      attachments: [
        {
          color: '#2da44e',
          blocks: [
            {
              type: 'rich_text',
              elements: [
                {
                  type: 'rich_text_section',
                  elements: [
                    { type: 'text', text: 'Rings when a ' },
                    { type: 'text', text: 'hook', style: { code: true } },
                    { type: 'text', text: ' comes in.' },
                  ],
                },
              ],
            },
            {
              type: 'rich_text',
              elements: [
                {
                  type: 'rich_text_section',
                  elements: [
                    { type: 'text', text: 'Branch:', style: { bold: true } },
                    { type: 'text', text: ' ' },
                    { type: 'text', text: 'add_bell → main' },
                    { type: 'text', text: '\n' },
                    { type: 'text', text: 'Size:', style: { bold: true } },
                    { type: 'text', text: ' ' },
                    { type: 'text', text: '+12 −3' },
                  ],
                },
              ],
            },
            {
              type: 'actions',
              elements: [
                {
                  type: 'button',
                  text: { type: 'plain_text', text: 'Open pull request', emoji: false },
                  url: 'https://github.com/acme/api/pull/12',
                  action_id: 'bellhop_open_1',
                },
              ],
            },
            { type: 'context', elements: [{ type: 'plain_text', text: 'acme/api · mona', emoji: false }] },
            { type: 'context', elements: [{ type: 'plain_text', text: 'Replayed: it came 3 min ago.', emoji: false }] },
          ],
        },
      ],
      unfurl_links: false,
      unfurl_media: false,
    });
  });

  it('a title without an address, over a body', () => {
    expect(composed({ emoji: '', body: [paragraph(text('x'))] }).blocks).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [{ type: 'text', text: 'PR #12 opened: Add a bell', style: { bold: true } }],
          },
        ],
      },
    ]);
  });

  it('paragraphs, headings, quotes, code and rules', () => {
    expect(
      body(
        { kind: 'heading', children: [text('Changes')] },
        paragraph(
          text('one'),
          { kind: 'break' },
          { kind: 'strong', children: [{ kind: 'emphasis', children: [text('two')] }] },
        ),
        paragraph({ kind: 'strike', children: [text('three')] }),
        {
          kind: 'quote',
          children: [
            paragraph(text('said')),
            { kind: 'list', ordered: true, start: 2, items: [[paragraph(text('a'))], [paragraph(text('b'))]] },
          ],
        },
        { kind: 'code', text: 'npm ci\n', language: 'sh' },
        { kind: 'rule' },
        paragraph({ kind: 'link', url: 'mailto:mona@example.com', children: [text('mail')] }),
      ),
    ).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_section',
            elements: [
              { type: 'text', text: 'Changes', style: { bold: true } },
              { type: 'text', text: '\n' },
              { type: 'text', text: 'one' },
              { type: 'text', text: '\n' },
              { type: 'text', text: 'two', style: { bold: true, italic: true } },
              { type: 'text', text: '\n\n' },
              { type: 'text', text: 'three', style: { strike: true } },
            ],
          },
          {
            type: 'rich_text_quote',
            elements: [
              { type: 'text', text: 'said' },
              { type: 'text', text: '\n' },
              { type: 'text', text: '2. ' },
              { type: 'text', text: 'a' },
              { type: 'text', text: '\n3. ' },
              { type: 'text', text: 'b' },
            ],
          },
          { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'npm ci' }] },
        ],
      },
      { type: 'divider' },
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'link', url: 'mailto:mona@example.com', text: 'mail' }] },
        ],
      },
    ]);
  });

  it('nested lists, which Slack has only side by side, go on counting', () => {
    const item = (value: string) => ({ type: 'rich_text_section', elements: [{ type: 'text', text: value }] });
    expect(
      body({
        kind: 'list',
        ordered: true,
        start: 3,
        items: [
          [paragraph(text('three')), { kind: 'list', ordered: false, start: 1, items: [[paragraph(text('inner'))]] }],
          [paragraph(text('four'))],
          [],
        ],
      }),
    ).toEqual([
      {
        type: 'rich_text',
        elements: [
          { type: 'rich_text_list', style: 'ordered', offset: 2, elements: [item('three')] },
          { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [item('inner')] },
          { type: 'rich_text_list', style: 'ordered', offset: 3, elements: [item('four'), item(' ')] },
        ],
      },
    ]);
  });

  it('a table is aligned', () => {
    expect(
      body({
        kind: 'table',
        header: [[text('Job')], [text('Result')]],
        rows: [
          [[text('build')], [text('passed')]],
          [[text('a job with a name that goes on and on')], [text('failed\nat once')]],
        ],
      }),
    ).toEqual([
      {
        type: 'rich_text',
        elements: [
          {
            type: 'rich_text_preformatted',
            elements: [
              {
                type: 'text',
                text: [
                  'Job                              Result',
                  '───────────────────────────────  ──────────────',
                  'build                            passed',
                  'a job with a name that goes on…  failed at once',
                ].join('\n'),
              },
            ],
          },
        ],
      },
    ]);
  });

  it('a link in the small line keeps its address', () => {
    const payload = composed({
      context: [text('from '), { kind: 'link', url: 'https://example.com/', children: [text('acme/api')] }],
    });
    expect(payload.attachments).toMatchObject([
      {
        color: '#0969da',
        blocks: [
          {
            elements: [
              { type: 'plain_text', text: 'from', emoji: false },
              { type: 'mrkdwn', text: '<https://example.com/|acme/api>', verbatim: true },
            ],
          },
        ],
      },
    ]);
  });

  it('a link whose label mrkdwn would format gives up its address', () => {
    const payload = composed({
      context: [{ kind: 'link', url: 'https://example.com/', children: [text('*all* | <b>')] }],
    });
    expect(payload.attachments).toMatchObject([
      { blocks: [{ elements: [{ type: 'plain_text', text: '*all* | <b>' }] }] },
    ]);
    const bars = composed({
      context: [{ kind: 'link', url: 'https://example.com/a|b', children: [text('a | b & c')] }],
    });
    expect(bars.attachments).toMatchObject([
      { blocks: [{ elements: [{ type: 'mrkdwn', text: '<https://example.com/a%7Cb|a ¦ b &amp; c>' }] }] },
    ]);
  });

  it('addresses that run something are text, and make no button', () => {
    const payload = composed({
      url: 'javascript:alert(1)',
      body: [paragraph({ kind: 'link', url: 'javascript:alert(1)', children: [text('here')] })],
      buttons: [
        { label: 'Run', url: 'javascript:alert(1)' },
        { label: 'Sign in', url: 'https://bank.example@evil.example/' },
      ],
      context: [{ kind: 'link', url: 'data:text/html,x', children: [text('there')] }],
    });
    expect(JSON.stringify(payload)).not.toMatch(/javascript:|evil|data:|"link"|"actions"/);
  });

  it('cuts what is too long, in the tree', () => {
    const payload = composed({ title: 'a'.repeat(400), body: [paragraph(text('word '.repeat(4_000)))] });
    const [card] = payload.attachments as { blocks: { elements: { elements: { text: string }[] }[] }[] }[];
    const shown = card?.blocks[0]?.elements[0]?.elements[0]?.text ?? '';
    expect(shown).toMatch(/wo?r?d?…$/);
    expect(shown.length).toBeGreaterThan(11_700);
    expect(payload.text).toHaveLength(1_999);
    expect(payload.blocks).toMatchObject([{ elements: [{ elements: [{}, { text: `${'a'.repeat(249)}…` }] }] }]);
  });
});

describe('mentions in slack', () => {
  it.each([
    ['S0123456', '<!subteam^S0123456>'],
    ['U0123456', '<@U0123456>'],
    ['W0123456', '<@W0123456>'],
    ['here', '<!here>'],
    ['!here', '<!here>'],
    ['!channel', '<!channel>'],
    ['C0123456', undefined],
    ['U0123456> <!channel', undefined],
    ['', undefined],
  ])('%s', (id, markup) => {
    expect(mentionMarkup(id)).toBe(markup);
  });

  it('each is called once, and those who are elsewhere are not', () => {
    const { blocks } = composed({
      mentions: [
        { name: 'a', slack: 'U01' + '2' },
        { name: 'b', slack: 'U012' },
        { name: 'c', discord: 'role:1' },
        { name: 'd', slack: 'here' },
      ],
    });
    expect(blocks).toMatchObject([{}, { text: { text: '<@U012> <!here>', verbatim: true } }]);
  });
});

describe('native messages for slack', () => {
  it('are used as they are, with calls and names in data made inert', () => {
    const payload = composed({
      native: {
        channel: 'C9999999999',
        token: 'x',
        link_names: true,
        text: 'hi <!channel> <https://example.com/|there>',
        blocks: [
          { type: 'section', text: { type: 'mrkdwn', text: '*Order* <@U0123456> <!date^1^{ago}|x>', verbatim: false } },
          { type: 'header', text: { type: 'plain_text', text: 'a <!here> b' } },
          { type: 'markdown', text: '<!here> @channel **x**' },
        ],
      },
      mentions: [{ name: 'oncall', slack: 'S0123456' }],
      notes: ['Replayed.'],
    });
    expect(payload).toEqual({
      text: 'hi &lt;!channel> <https://example.com/|there>',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: '*Order* &lt;@U0123456> <!date^1^{ago}|x>', verbatim: true } },
        { type: 'header', text: { type: 'plain_text', text: 'a <!here> b' } },
        { type: 'markdown', text: '<\u2060!here> @\u2060channel **x**' },
        { type: 'section', text: { type: 'mrkdwn', text: '<!subteam^S0123456>', verbatim: true } },
        { type: 'context', elements: [{ type: 'plain_text', text: 'Replayed.', emoji: false }] },
      ],
      attachments: [],
      unfurl_links: false,
      unfurl_media: false,
    });
  });

  it('stay visible as text when a call is added', () => {
    const { blocks } = composed({ native: { text: 'hello' }, mentions: [{ name: 'o', slack: 'here' }] });
    expect(blocks).toEqual([
      { type: 'section', text: { type: 'mrkdwn', text: 'hello', verbatim: true } },
      { type: 'section', text: { type: 'mrkdwn', text: '<!here>', verbatim: true } },
    ]);
  });

  it.each([
    ['a list', []],
    ['a string', 'hello'],
    ['nothing', null],
    [
      'a header that is too long',
      { blocks: [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] },
    ],
    ['blocks that are no list', { blocks: { type: 'header' } }],
  ])('%s is replaced by the portable form', (_, native) => {
    expect(composed({ native })).toEqual(composed({}));
  });
});
