import type { types } from '@slack/bolt';
import { type Block, type Field, type Inline, type Message, type Tone, toPlainText } from '../../core/message.ts';
import type { Payload } from '../../core/platform.ts';
import { safeWebUrl } from '../../core/url.ts';
import { cleanText } from '../clean-text.ts';
import { cutText, fitBlocks } from '../cut.ts';
import { actionBlocks } from './actions.ts';
import { contextBlocks, noteBlocks } from './context.ts';
import { fitInlines } from './fit-inlines.ts';
import { LIMITS, SHARES } from './limits.ts';
import { measureBlocks } from './measure.ts';
import { mentionBlocks } from './mention.ts';
import { nativePayload } from './native.ts';
import { richText } from './rich-text.ts';
import { escapedLength, escapeMrkdwn, oneLine } from './text.ts';

type Blocks = readonly types.KnownBlock[];

const COLORS: Readonly<Record<Tone, string>> = {
  neutral: '#8b949e',
  good: '#2da44e',
  info: '#0969da',
  warning: '#d4a72c',
  bad: '#cf222e',
  critical: '#a40e26',
};

/**
 * The JSON of a message, without the channel. The headline and the mentions stand in `blocks`: a mention inside an
 * attachment calls nobody, and `text` beside an attachment alone would be shown as a second headline. The rest is
 * one attachment, whose colour is Slack's only severity bar.
 */
export function compose(message: Message): Payload {
  return nativePayload(message) ?? portablePayload(message);
}

function portablePayload(message: Message): Payload {
  const blocks = [...headline(message), ...mentionBlocks(message.mentions)];
  const tail = [...actionBlocks(message), ...contextBlocks(message.context), ...noteBlocks(message.notes)];
  const fields = fieldBlocks(message.fields);
  const room = LIMITS.messageText - measureBlocks([blocks, fields, tail]);
  const spare = LIMITS.blocks - blocks.length - fields.length - tail.length;
  const card = [...bodyBlocks(message.body, room, spare), ...fields, ...tail];
  return {
    text: fallbackText(message),
    blocks,
    attachments: card.length > 0 ? [{ color: COLORS[message.tone], blocks: card }] : [],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** What notifications, search and screen readers get. */
function fallbackText(message: Message): string {
  const body = toPlainText(message.body).slice(0, SHARES.fallback * 2);
  const whole = cleanText(`${titleLine(message)}\n${body}`).trim();
  return escapeMrkdwn(cutText(whole, SHARES.fallback, escapedLength));
}

const titleLine = (message: Message): string => `${oneLine(message.emoji, SHARES.emoji)} ${titleOf(message)}`.trim();

const titleOf = (message: Message): string => oneLine(message.title, SHARES.title) || '(no title)';

/** Rich text even when it stands alone: Slack lets no edit replace rich text by anything else. */
function headline(message: Message): Blocks {
  const title: Inline = { kind: 'text', text: titleOf(message) };
  const emoji = oneLine(message.emoji, SHARES.emoji);
  const url = message.url === undefined ? undefined : safeWebUrl(message.url);
  return richText([
    {
      kind: 'paragraph',
      children: [
        { kind: 'text', text: emoji === '' ? '' : `${emoji} ` },
        { kind: 'strong', children: [url === undefined ? title : { kind: 'link', url, children: [title] }] },
      ],
    },
  ]);
}

/** As much of the body as fits in `room` characters and `spare` blocks. */
function bodyBlocks(body: readonly Block[], room: number, spare: number): Blocks {
  const sizeOf = (blocks: readonly Block[]): number => {
    const written = richText(blocks);
    return written.length > spare ? Number.POSITIVE_INFINITY : measureBlocks(written);
  };
  return richText(fitBlocks(body, sizeOf, room));
}

/**
 * One line a field. Slack's own two columns take mrkdwn only, where a value with `*` or `_` in it would not stay
 * literal.
 */
function fieldBlocks(fields: readonly Field[]): Blocks {
  const lines = fields.map((field): readonly Inline[] => [
    { kind: 'strong', children: [{ kind: 'text', text: `${oneLine(field.name, 100)}:` }] },
    { kind: 'text', text: ' ' },
    ...fitInlines(field.value, SHARES.fieldValue),
  ]);
  const children = lines.flatMap((line, at): readonly Inline[] => (at === 0 ? line : [{ kind: 'break' }, ...line]));
  return richText([{ kind: 'paragraph', children: fitInlines(children, SHARES.fields) }]);
}
