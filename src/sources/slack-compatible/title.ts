import { mrkdwnLine } from '../markup/mrkdwn.ts';
import { oneLine } from '../one-line.ts';
import { attachmentTitles } from './attachments.ts';
import { lineOf } from './block-kit.ts';
import type { SlackMessage } from './payloads.ts';

export interface Title {
  /** Plain words in one line, without the emoji. */
  readonly words: string;
  /** What stood before the words. */
  readonly emoji: string | undefined;
}

/** The line that stands for a message: its header, the first line of its text, the title of an attachment, or its first words. */
export function titleOf(message: SlackMessage): Title | undefined {
  const headers = message.blocks.filter(({ type }) => type === 'header').map(({ text }) => lineOf(text));
  const texts = [
    message.text,
    ...message.attachments.flatMap(attachmentTitles),
    ...message.blocks.map(({ text }) => text?.text),
    ...message.attachments.flatMap(({ blocks }) => blocks.map(({ text }) => text?.text)),
  ];
  // Somebody may say no more than 🎉.
  const lines = [...headers, ...texts.map((text) => firstLine(text)), ...texts.map((text) => firstLine(text, /\S/))];
  const line = lines.find((words) => oneLine(words) !== '');
  return line === undefined ? undefined : splitEmoji(line);
}

/** The first line that says something, without its marks. */
export function firstLine(written: string | undefined, says = /[\p{L}\p{N}]/u): string {
  for (const line of (written ?? '').slice(0, 4_000).split('\n')) {
    const words = mrkdwnLine(line.replace(/^(?:#{1,6} |[>•]|&gt;|`{3})\s*/, ''));
    if (says.test(words)) return words;
  }
  return '';
}

const LEADING_EMOJI = /^(\p{Extended_Pictographic}(?:\ufe0f|\u200d\p{Extended_Pictographic}|\p{Emoji_Modifier})*)\s*/u;
/** It calls nobody here, and says nothing. */
const LEADING_CALL = /^(?:@(?:channel|here|everyone|all)\b[\s:,]*)+/;

/** A line as a title: its emoji apart, calls at its beginning left out. */
export function splitEmoji(line: string): Title {
  const start = line.replace(LEADING_CALL, '');
  const [whole = '', emoji] = LEADING_EMOJI.exec(start) ?? [];
  const rest = oneLine(start.slice(whole.length).replace(LEADING_CALL, ''), 180);
  // A title of nothing but a picture keeps it.
  return rest === '' ? { words: oneLine(line, 180), emoji: undefined } : { words: rest, emoji };
}
