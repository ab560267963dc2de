import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { ChannelConfig } from '../../src/core/config.ts';
import type { Action, Message } from '../../src/core/message.ts';
import { valueAt } from '../../src/core/path.ts';
import { toSecret } from '../../src/core/secret.ts';
import * as limits from '../../src/platforms/teams/limits.ts';
import { teams } from '../../src/platforms/teams/platform.ts';
import { aMessage } from '../builders.ts';
import { HOSTILE_TEXTS, oversized } from './conformance.ts';

const channel: ChannelConfig = { name: 'eng', platform: 'teams', id: '19:eng@thread.tacv2' };
const flow: ChannelConfig = { name: 'flow', platform: 'teams', webhookUrl: toSecret('https://example.com/?sig=s') };

type Node = Readonly<Record<string, unknown>>;
const cardOf = (message: Message, to = channel): Node =>
  valueAt(teams.compose(message, to), ['attachments', '0', 'content']) as Node;
const actionsOf = (message: Message): readonly Node[] => (cardOf(message).actions ?? []) as readonly Node[];

const why = { label: 'Why?', id: 'why:evt_1' };
const ack = { label: 'Acknowledge', id: 'ack:evt_1', style: 'primary' } as const;
const mute = {
  label: 'Mute',
  choices: [
    { label: 'For 1 hour', id: 'mute:1h:evt_1' },
    { label: 'Until it is resolved', id: 'mute:resolved:evt_1' },
  ],
};
const links = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ label: `b${at}`, url: `https://example.com/${at}` }));
const presses = (count: number) => Array.from({ length: count }, (_, at) => ({ label: `p${at}`, id: `why:${at}` }));
const execute = (title: string, press: string, more: object = {}) => ({
  type: 'Action.Execute',
  title,
  verb: 'bellhop',
  data: { press },
  ...more,
});

describe('what people can ask of Bellhop', () => {
  it('stands after the links, a menu’s choices behind the …', () => {
    const message = aMessage({ url: 'https://example.com/', actions: [mute, why, ack] });
    expect(actionsOf(message)).toEqual([
      { type: 'Action.OpenUrl', url: 'https://example.com/', title: 'Open' },
      execute('Why?', 'why:evt_1'),
      execute('Acknowledge', 'ack:evt_1', { style: 'positive' }),
      execute('Mute: For 1 hour', 'mute:1h:evt_1', { mode: 'secondary' }),
      execute('Mute: Until it is resolved', 'mute:resolved:evt_1', { mode: 'secondary' }),
    ]);
    expect(teams.check(teams.compose(message, channel), channel)).toEqual([]);
  });

  it('is nothing where there is nothing, and at a Workflows address', () => {
    expect(cardOf(aMessage())).not.toHaveProperty('actions');
    const message = aMessage({ actions: [mute, why, ack] });
    expect(teams.compose(message, flow)).toEqual(teams.compose(aMessage(), flow));
    expect(teams.check(teams.compose(message, flow), flow)).toEqual([]);
  });

  it.each([
    [0, 8, 6],
    [2, 8, 4],
    [6, 2, 0],
    [30, 2, 0],
  ])('beside %i links %i presses fill the row, and the rest stands behind it', (linked, pressed, shown) => {
    const actions = actionsOf(aMessage({ buttons: links(linked), actions: presses(pressed) }));
    const primary = actions.filter(({ mode }) => mode !== 'secondary');
    expect(primary).toHaveLength(Math.min(linked, limits.MAX_BUTTONS) + shown);
    expect(actions.filter(({ type }) => type === 'Action.Execute')).toHaveLength(pressed);
  });

  it.each<readonly [string, Action]>([
    ['has no label', { label: ' \u202E\n', id: 'why:evt_1' }],
    ['has no id', { label: 'x', id: '' }],
    ['has an id that is over long', { label: 'x', id: 'x'.repeat(101) }],
    ['has an id of other characters', { label: 'x', id: 'why:evt_1"}' }],
    ['is an empty menu', { label: 'x', choices: [] }],
    ['is a choice without a label', { label: 'x', choices: [{ label: '', id: 'why:evt_1' }] }],
  ])('is left out when it %s', (_name, action) => {
    expect(cardOf(aMessage({ actions: [action] }))).not.toHaveProperty('actions');
  });

  it.each(HOSTILE_TEXTS)('takes no orders from its label: %j', (text) => {
    const actions: readonly Action[] = [
      { label: text, id: 'why:evt_1', style: 'danger' },
      { label: text, choices: [{ label: text.repeat(50), id: 'ack:evt_1' }] },
    ];
    const payload = teams.compose(aMessage({ actions }), channel);
    expect(teams.check(payload, channel)).toEqual([]);
    for (const { title } of actionsOf(aMessage({ actions }))) {
      expect(String(title).length).toBeLessThanOrEqual(limits.BUTTON_CHARS);
      expect(title).not.toMatch(/[\u0000-\u001F\u202E]|\{\{DATE\(/);
    }
  });

  it.each(['a', '"', '👩‍👩‍👧‍👦', '\n'])('stays with a card of %j that is too big, within its bytes', (piece) => {
    const message = { ...oversized(piece), actions: [mute, why, ack, ...presses(50)] };
    const card = cardOf(message);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(limits.CARD_BYTES);
    expect(JSON.stringify(card)).toContain('why:evt_1');
    expect(teams.check(teams.compose(message, channel), channel)).toEqual([]);
  });

  it('is read by the library of Adaptive Cards', () => {
    interface Library {
      readonly SerializationContext: new () => { readonly eventCount: number };
      readonly AdaptiveCard: new () => { parse(card: unknown, context: unknown): void };
    }
    const library = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as Library;
    const context = new library.SerializationContext();
    new library.AdaptiveCard().parse(cardOf(aMessage({ buttons: links(1), actions: [mute, why, ack] })), context);
    expect(context.eventCount).toBe(0);
  });
});

describe('below a native card', () => {
  const open = { type: 'Action.OpenUrl', title: 'Open', url: 'https://example.com/' };
  const native = { type: 'AdaptiveCard', version: '1.2', body: [{ type: 'TextBlock', text: 'Deployed' }] };

  it('stands after its own buttons, in a version that knows it', () => {
    const hidden = { ...open, mode: 'secondary' };
    expect(cardOf(aMessage({ native: { ...native, actions: [open, hidden] }, actions: [why, mute] }))).toEqual({
      ...native,
      version: '1.5',
      actions: [
        open,
        hidden,
        execute('Why?', 'why:evt_1'),
        execute('Mute: For 1 hour', 'mute:1h:evt_1', { mode: 'secondary' }),
        execute('Mute: Until it is resolved', 'mute:resolved:evt_1', { mode: 'secondary' }),
      ],
    });
  });

  it('stands in a whole activity too', () => {
    const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', content: native };
    const card = cardOf(aMessage({ native: { type: 'message', attachments: [attachment] }, actions: [why] }));
    expect(card).toEqual({ ...native, version: '1.5', actions: [execute('Why?', 'why:evt_1')] });
  });

  it('changes nothing of a card where there is nothing to ask', () => {
    expect(cardOf(aMessage({ native }))).toEqual(native);
    expect(cardOf(aMessage({ native, actions: [why] }), flow)).toEqual(native);
  });

  it('gives way to a card that leaves no room', () => {
    const text = 'x'.repeat(limits.CARD_BYTES - 120);
    const full = { ...native, body: [{ type: 'TextBlock', text }] };
    expect(cardOf(aMessage({ native: full, actions: [why] }))).toEqual(full);
  });

  it.each([
    ['another version', { ...native, version: '1.6' }, 'version: must be'],
    ['no list of buttons', { ...native, actions: 'x' }, 'actions: must be a list'],
  ])('hides no mistake of the card: %s', (_name, broken, problem) => {
    const card = JSON.stringify(cardOf(aMessage({ native: broken, actions: [why] })));
    expect(card).toContain('The native form of this message was not used');
    expect(card).toContain(problem);
    expect(card).toContain('why:evt_1');
  });
});

describe('the check', () => {
  it.each([
    [{ ...execute('x', 'why:1'), mode: 'third' }, 'mode: must be one of primary, secondary'],
    [{ ...execute('x', 'why:1'), verb: 7 }, 'verb: must be a string'],
  ])('finds %j', (action, problem) => {
    const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'x' }], actions: [action] };
    const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }];
    expect(teams.check({ type: 'message', attachments }, channel)).toEqual([
      `/attachments/0/content/actions/0/${problem}`,
    ]);
  });
});

describe('hears', () => {
  const account = { clientId: 'c', clientSecret: toSecret('s'), tenantId: 't' };
  it('where a bot posts', () => {
    expect(teams.hears(channel, { teams: account })).toBe(true);
    expect(teams.hears(channel, {})).toBe(false);
    expect(teams.hears(flow, { teams: account })).toBe(false);
  });
});

describe('linkedMessage', () => {
  const place = { channel: '19:eng@thread.tacv2', message: '1700000000001' };
  it.each([
    'https://teams.microsoft.com/l/message/19%3Aeng%40thread.tacv2/1700000000001?tenantId=2&groupId=3&parentMessageId=1700000000001',
    'https://teams.microsoft.com/l/message/19:eng@thread.tacv2/1700000000001',
    'https://teams.cloud.microsoft/l/message/19%3Aeng%40thread.tacv2%3Bmessageid%3D1699/1700000000001?context=%7B%7D',
  ])('is where %s leads', (link) => {
    expect(teams.linkedMessage(new URL(link))).toEqual(place);
  });

  it.each([
    'http://teams.microsoft.com/l/message/19%3Aeng%40thread.tacv2/1700000000001',
    'https://teams.microsoft.com.evil.example/l/message/19%3Aeng%40thread.tacv2/1700000000001',
    'https://teams.microsoft.com/l/channel/19%3Aeng%40thread.tacv2/General',
    'https://teams.microsoft.com/l/message/19%3Aeng%40thread.tacv2/x',
    'https://teams.microsoft.com/l/message/%ZZ/1700000000001',
    'https://teams.microsoft.com/l/message/%3Bmessageid%3D1/1700000000001',
    'https://teams.microsoft.com/',
  ])('is none by %s', (link) => {
    expect(teams.linkedMessage(new URL(link))).toBeUndefined();
  });
});
