import { inlineText, type Message, toPlainText } from '../../core/message.ts';
import type { Payload } from '../../core/platform.ts';
import { cleanLine, cleanText } from '../clean-text.ts';
import { cutText, fitBlocks } from '../cut.ts';

/** A screenful; the web console shows the rest. */
const BODY = 4_000;
const LINE = 500;
const MOST = 25;
/** Of megabytes, what no screenful reaches is not even looked at. */
const LONGEST = 20_000;

/** `text` is what the terminal prints; `title`, `tone` and `url` let the web console show the message too. */
export function compose(message: Message): Payload {
  const title = line(`${message.emoji} ${message.title}`) || '(no title)';
  const url = message.url === undefined ? undefined : line(message.url);
  const text = nativeText(message.native) ?? [title, ...details(message).map((detail) => `  ${detail}`)].join('\n');
  return { title, text, tone: message.tone, ...(url !== undefined && { url }) };
}

function details(message: Message): readonly string[] {
  const body = fitBlocks(message.body, (blocks) => toPlainText(blocks).length, BODY);
  return [
    ...message.fields.slice(0, MOST).map(({ name, value }) => {
      const shown = line(inlineText(value));
      return shown === '' ? '' : `${line(name)}: ${shown}`;
    }),
    ...lines(toPlainText(body)),
    ...message.buttons.slice(0, MOST).map(({ label, url }) => `${line(label)}: ${line(url)}`),
    message.buttons.length === 0 && message.url !== undefined ? line(message.url) : '',
    ...(message.mentions.length > 0 ? [`For ${message.mentions.map(({ name }) => line(name)).join(', ')}`] : []),
    line(inlineText(message.context)),
    ...message.notes.slice(0, MOST).map(line),
  ].filter((detail) => detail.trim() !== '');
}

/** A template's own form for this platform is `{"text": "…"}`; its lines may be many. */
function nativeText(native: unknown): string | undefined {
  const text = (native as { text?: unknown } | null | undefined)?.text;
  return typeof text === 'string' ? lines(cutText(text, BODY)).join('\n') : undefined;
}

const lines = (text: string): readonly string[] =>
  cleanText(text.slice(0, LONGEST))
    .replaceAll('\t', '  ')
    .split('\n')
    .map((each) => each.trimEnd());

const line = (text: string): string => cutText(cleanLine(text.slice(0, LONGEST)), LINE);
