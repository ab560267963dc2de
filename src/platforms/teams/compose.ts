import type { ChannelConfig } from '../../core/config.ts';
import { type Block, type Field, type Inline, inlineText, type Message, type Tone } from '../../core/message.ts';
import type { Payload } from '../../core/platform.ts';
import { cutText, fitBlocks } from '../cut.ts';
import { cardActions } from './card-actions.ts';
import { type CardElement, richText, toElements } from './card-body.ts';
import { checkActivity } from './check.ts';
import {
  BUTTON_CHARS,
  CARD_BYTES,
  CARD_TYPE,
  CARD_VERSION,
  FIELD_NAME_CHARS,
  INLINE_BYTES,
  MAX_BUTTONS,
  MAX_FIELDS,
  MAX_NOTES,
  NOTE_CHARS,
  TITLE_CHARS,
} from './limits.ts';
import { mentionParts } from './mentions.ts';
import { nativeActivity } from './native.ts';
import { literalLine, type OpenUrl, openUrl, type TextStyle, toLines } from './text-runs.ts';

/**
 * The activity that shows a message: one Adaptive Card, and a summary for the notification. Data stands in TextRuns only,
 * mentions come from the config only, and the card's JSON stays within `CARD_BYTES`. A native card replaces the portable
 * form when it passes the check; otherwise the portable form goes out and says why.
 */
export function composeActivity(message: Message, channel: ChannelConfig): Payload {
  // A Workflows address has nobody who would hear of a press.
  if (channel.webhookUrl !== undefined && message.actions.length > 0)
    return composeActivity({ ...message, actions: [] }, channel);
  if (message.native !== undefined) {
    const native = checkedNative(message, channel);
    if ('activity' in native) return wrapped(native.activity, channel);
    const notes = [`The native form of this message was not used: ${native.problem}.`, ...message.notes];
    return composeActivity({ ...withoutNative(message), notes }, channel);
  }
  const attachment = { contentType: CARD_TYPE, content: fittedCard(message) };
  return wrapped({ type: 'message', summary: headline(message), attachments: [attachment] }, channel);
}

/** The native form; without Bellhop's own buttons when it has no room for them. */
function checkedNative(
  message: Message,
  channel: ChannelConfig,
): { readonly activity: Payload } | { readonly problem: string } {
  const activity = nativeActivity(message);
  if (activity === undefined) return { problem: 'it is no card and no message' };
  const [problem] = checkActivity(activity, channel);
  if (problem === undefined) return { activity };
  return message.actions.length > 0 ? checkedNative({ ...message, actions: [] }, channel) : { problem };
}

/** The envelope a Workflows address expects has a `contentUrl` and no summary. */
function wrapped(activity: Payload, channel: ChannelConfig): Payload {
  if (channel.webhookUrl === undefined) return activity;
  const attachments = Array.isArray(activity.attachments) ? activity.attachments : [];
  return {
    type: 'message',
    attachments: attachments.map(({ contentType, content }) => ({ contentType, contentUrl: null, content })),
  };
}

const withoutNative = ({ native, ...portable }: Message): Message => portable;

const headline = ({ emoji, title }: Message): string => {
  const line = cutText(literalLine(title), TITLE_CHARS) || 'Notification';
  return [literalLine(emoji).slice(0, 16), line].filter((part) => part !== '').join(' ');
};

/** Bytes kept free for the body before the other parts give way to it. */
const BODY_RESERVE = 6_000;

/** What gives way, in order, when a card is too big whatever becomes of its body. */
const LIGHTER: readonly ((message: Message) => Message)[] = [
  (message) => message,
  (message) => ({ ...message, fields: message.fields.map(plainField), context: plain(message.context, 200) }),
  (message) => ({ ...message, fields: message.fields.slice(0, 4), buttons: message.buttons.slice(0, 1) }),
  (message) => ({ ...message, fields: [], buttons: [], context: [] }),
  (message) => ({ ...message, actions: [] }),
];

function fittedCard(message: Message): CardElement {
  const whole = card(message, message.body);
  if (jsonBytes(whole) <= CARD_BYTES) return whole;
  let light = message;
  for (const lighten of LIGHTER) {
    light = lighten(light);
    if (jsonBytes(card(light, [])) <= CARD_BYTES - BODY_RESERVE) break;
  }
  const body = fitBlocks(message.body, (blocks) => jsonBytes(card(light, blocks)), CARD_BYTES);
  return card(light, body);
}

const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const plainField = ({ name, value }: Field): Field => ({ name, value: plain(value, 200) });

const plain = (inlines: readonly Inline[], max: number): readonly Inline[] => [
  { kind: 'text', text: cutText(literalLine(inlineText(inlines)), max) },
];

const STYLES: Readonly<Record<Tone, string>> = {
  neutral: 'default',
  good: 'good',
  info: 'accent',
  warning: 'warning',
  bad: 'attention',
  critical: 'attention',
};

function card(message: Message, body: readonly Block[]): CardElement {
  const open = openUrl(message.url);
  const ownHost = open && new URL(open.url).host;
  const { element, entities } = mentionParts(message.mentions);
  const links = buttons(message, open);
  const actions = [...links, ...cardActions(message.actions, links.length)];
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: CARD_VERSION,
    msteams: { width: 'Full', ...(entities.length > 0 && { entities }) },
    body: [
      {
        type: 'Container',
        style: STYLES[message.tone],
        bleed: true,
        items: title(headline(message)),
        ...(open && { selectAction: open }),
      },
      ...(element ? [element] : []),
      ...toElements(body, { ownHost }),
      ...fieldSets(message.fields, ownHost),
      ...small(fitted(message.context, SMALL, ownHost), ownHost),
      ...message.notes
        .slice(0, MAX_NOTES)
        .flatMap((note) => small([{ kind: 'text', text: cutText(literalLine(note), NOTE_CHARS) }], ownHost)),
    ],
    ...(actions.length > 0 && { actions }),
  };
}

const title = (text: string): readonly CardElement[] =>
  richText([[{ type: 'TextRun', text, weight: 'Bolder', size: 'Medium' }]]);

const SMALL: TextStyle = { size: 'Small', isSubtle: true };

const small = (inlines: readonly Inline[], ownHost: string | undefined): readonly CardElement[] =>
  richText(toLines(inlines, SMALL, ownHost), { spacing: 'Small' });

/** Two fields side by side, each under its small name. */
function fieldSets(fields: readonly Field[], ownHost: string | undefined): readonly CardElement[] {
  const columns = fields.slice(0, MAX_FIELDS).map(({ name, value }) => ({
    type: 'Column',
    width: 'stretch',
    items: [
      ...small([{ kind: 'text', text: cutText(literalLine(name), FIELD_NAME_CHARS) }], ownHost),
      ...richText(toLines(fitted(value, {}, ownHost), {}, ownHost), { spacing: 'None' }),
    ],
  }));
  const empty = { type: 'Column', width: 'stretch', items: [] };
  return columns.flatMap((column, at) =>
    at % 2 === 1 ? [] : [{ type: 'ColumnSet', columns: [column, columns[at + 1] ?? empty] }],
  );
}

/** Running text cut to its share of the card. */
function fitted(inlines: readonly Inline[], style: TextStyle, ownHost: string | undefined): readonly Inline[] {
  const size = (blocks: readonly Block[]) => jsonBytes(toLines(paragraphText(blocks), style, ownHost));
  return paragraphText(fitBlocks([{ kind: 'paragraph', children: inlines }], size, INLINE_BYTES));
}

const paragraphText = (blocks: readonly Block[]): readonly Inline[] =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? block.children : []));

/** The message's own buttons; where it has none, one that opens its address. */
function buttons(message: Message, open: OpenUrl | undefined): readonly OpenUrl[] {
  const own = message.buttons.flatMap(({ label, url }) => {
    const action = openUrl(url);
    return action ? [{ ...action, title: cutText(literalLine(label), BUTTON_CHARS) || 'Open' }] : [];
  });
  if (own.length === 0) return open ? [{ ...open, title: 'Open' }] : [];
  return own.slice(0, MAX_BUTTONS);
}
