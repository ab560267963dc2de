import { describe, expect, it } from 'vitest';
import type { Action, Message, Press } from '../../src/core/message.ts';
import { pressId } from '../../src/core/press.ts';
import { checkPayload } from '../../src/platforms/slack/check.ts';
import { compose } from '../../src/platforms/slack/compose.ts';
import { readInteraction } from '../../src/platforms/slack/interaction.ts';
import { wordsOnly } from '../../src/platforms/slack/words-only.ts';
import { aMessage } from '../builders.ts';
import { oversized } from './conformance.ts';

const MUTE: Action = {
  label: 'Mute',
  choices: [
    { label: 'For 1 hour', id: pressId('mute', '1h', 'evt_1') },
    { label: 'Until it is resolved', id: pressId('mute', 'resolved', 'evt_1') },
  ],
};
const WHY: Action = { label: 'Why?', id: pressId('why', 'evt_1') };
const POST: Action = { label: 'Post them now', id: pressId('post', 'mute_1'), style: 'primary' };
const UNMUTE: Action = { label: 'Unmute', id: pressId('unmute', 'mute_1'), style: 'danger' };

interface Shown {
  readonly type: string;
  readonly elements?: readonly Record<string, unknown>[];
}

/** The blocks of the card, or of the message where there is none. */
function blocksOf(over: Partial<Message>): readonly Shown[] {
  const payload = compose(aMessage(over));
  expect(checkPayload(payload)).toEqual([]);
  const [card] = payload.attachments as { blocks: Shown[] }[];
  return card?.blocks ?? (payload.blocks as Shown[]);
}

const rowsOf = (over: Partial<Message>) => blocksOf(over).filter(({ type }) => type === 'actions');

describe('what people can press', () => {
  it('stands in one row with what opens an address, above the small line', () => {
    const blocks = blocksOf({
      buttons: [{ label: 'Open', url: 'https://example.com/' }],
      actions: [MUTE, WHY],
      context: [{ kind: 'text', text: 'acme/api' }],
    });
    const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
    expect(blocks).toEqual([
      {
        type: 'actions',
        elements: [
          { type: 'button', text: plain('Open'), url: 'https://example.com/', action_id: 'bellhop_open_1' },
          {
            type: 'static_select',
            action_id: 'bellhop_menu_1',
            placeholder: plain('Mute'),
            options: [
              { text: plain('For 1 hour'), value: 'mute:1h:evt_1' },
              { text: plain('Until it is resolved'), value: 'mute:resolved:evt_1' },
            ],
          },
          { type: 'button', text: plain('Why?'), action_id: 'bellhop_press_2', value: 'why:evt_1' },
        ],
      },
      { type: 'context', elements: [plain('acme/api')] },
    ]);
  });

  it('has its style', () => {
    expect(rowsOf({ actions: [POST, UNMUTE] })[0]?.elements?.map(({ style }) => style)).toEqual(['primary', 'danger']);
  });

  it('comes back by its id', () => {
    const person = { user: { id: 'U0MONA' }, response_url: 'https://hooks.slack.com/x', type: 'block_actions' };
    const pressed = rowsOf({ actions: [MUTE, WHY] })[0]?.elements?.map((element) => {
      const [option] = (element.options ?? []) as object[];
      return readInteraction({ ...person, actions: [{ ...element, selected_option: option }] })?.input;
    });
    expect(pressed).toEqual([
      { kind: 'press', id: 'mute:1h:evt_1' },
      { kind: 'press', id: 'why:evt_1' },
    ]);
  });

  it('gets a row of its own where one cannot hold both', () => {
    const buttons = Array.from({ length: 24 }, (_, at) => ({ label: `${at}`, url: 'https://example.com/' }));
    const counts = rowsOf({ buttons, actions: [MUTE, WHY] }).map(({ elements }) => elements?.length);
    expect(counts).toEqual([24, 2]);
  });

  it.each<readonly [string, readonly Action[]]>([
    ['nothing', []],
    ['a menu without choices', [{ label: 'Mute', choices: [] }]],
    ['a button without words', [{ label: ' \u202E', id: 'why:evt_1' }]],
    ['a button without an id', [{ label: 'Why?', id: '' }]],
    ['a button with an id that is too long', [{ label: 'Why?', id: 'x'.repeat(151) }]],
    ['a menu of such', [{ label: 'Mute', choices: [{ label: 'x', id: 'x'.repeat(151) }] }]],
  ])('%s leaves no row', (_, actions) => {
    expect(compose(aMessage({ actions }))).toEqual(compose(aMessage()));
  });

  it('a hostile label stays text', () => {
    const evil = '<!channel> :tada: *b* @here\n<https://evil.example|x>';
    const [row] = rowsOf({ actions: [{ label: evil, id: 'why:evt_1' }] });
    expect(row?.elements?.[0]?.text).toEqual({ type: 'plain_text', text: evil.replace('\n', ' '), emoji: false });
  });

  it('stays within every limit, whatever else there is', () => {
    const many = Array.from(
      { length: 60 },
      (_, at): Action => ({ label: `${at} ${'&'.repeat(90)}`, id: `why:evt_${at}` }),
    );
    const choices = Array.from({ length: 120 }, (_, at) => ({ label: `For ${at} hours`, id: `mute:${at}:evt_1` }));
    const menus = Array.from({ length: 25 }, () => ({
      label: 'x'.repeat(200),
      choices: [...choices, ...many] as Press[],
    }));
    for (const actions of [menus, many, [{ label: 'x'.repeat(200), choices }], [...many, MUTE], [MUTE, ...many]])
      for (const piece of ['a', '&', '\n']) expect(checkPayload(compose({ ...oversized(piece), actions }))).toEqual([]);
  });

  it('is below a native template too, before the notes', () => {
    const native = { text: 'x', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Native' } }] };
    const { blocks } = compose(aMessage({ native, actions: [WHY], notes: ['Replayed.'] }));
    expect((blocks as Shown[]).map(({ type }) => type)).toEqual(['header', 'actions', 'context']);
  });

  it('gives way to a native template that needs all the room', () => {
    const native = { text: 'x', blocks: Array.from({ length: 50 }, () => ({ type: 'divider' })) };
    expect(compose(aMessage({ native, actions: [WHY] }))).toEqual(compose(aMessage({ native })));
    expect((compose(aMessage({ native, actions: [WHY] })).blocks as Shown[])[0]?.type).toBe('divider');
  });

  it('is gone from the form of words alone', () => {
    const { blocks } = wordsOnly(compose(aMessage({ actions: [MUTE, WHY] })));
    expect(JSON.stringify(blocks)).not.toMatch(/Mute|Why/);
  });
});

describe('the checker knows menus', () => {
  const option = { text: { type: 'plain_text', text: 'a' }, value: 'b' };
  const menu = (over: object) => ({
    text: 'x',
    blocks: [{ type: 'actions', elements: [{ type: 'static_select', action_id: 'm', options: [option], ...over }] }],
  });

  it.each([
    ['a good one', menu({ placeholder: { type: 'plain_text', text: 'Mute' } }), []],
    [
      'a placeholder of 151',
      menu({ placeholder: { type: 'plain_text', text: 'x'.repeat(151) } }),
      ['/blocks/0/elements/0/placeholder/text: has 151 characters; at most 150'],
    ],
    [
      'a placeholder in mrkdwn',
      menu({ placeholder: { type: 'mrkdwn', text: 'x' } }),
      ['/blocks/0/elements/0/placeholder/type: must be plain_text'],
    ],
    ['no options', menu({ options: [] }), ['/blocks/0/elements/0/options: must not be empty']],
    [
      'a value of 151',
      menu({ options: [{ ...option, value: 'x'.repeat(151) }] }),
      ['/blocks/0/elements/0/options/0/value: has 151 characters; at most 150'],
    ],
  ])('%s', (_, payload, problems) => {
    expect(checkPayload(payload)).toEqual(problems);
  });
});
