import { type Inline, inlineText, type Message, type MessageSubject, toPlainText } from '../../core/message.ts';
import type { Payload } from '../../core/platform.ts';
import { isRecord } from '../../core/record.ts';
import { safeWebUrl } from '../../core/url.ts';
import { cutText, fitBlocks } from '../cut.ts';

/** Bytes of JSON: our own cap, far above what the parts below can add up to; it is for native templates. */
export const MAX_BYTES = 1_000_000;

const LINE = 1_000;
const BODY = 20_000;
const MOST = 50;

/**
 * The message as data, for services of one's own and for Zapier, Make or n8n: `type` is the event's name, every string is plain
 * text, and `body` is the tree it came from. A template's native JSON takes the place of the whole document.
 */
export function compose(message: Message): Payload {
  if (isRecord(message.native) && check(message.native).length === 0) return message.native;
  const body = fitBlocks(message.body, (blocks) => JSON.stringify(blocks).length, BODY);
  return {
    type: cutText(message.about.event, LINE),
    timestamp: Number.isNaN(message.at.getTime()) ? null : message.at.toISOString(),
    data: {
      event: subject(message.about),
      title: cutText(message.title, LINE),
      emoji: cutText(message.emoji, LINE),
      tone: message.tone,
      url: safeWebUrl(message.url ?? '') ?? null,
      text: cutText(toPlainText(body), BODY),
      fields: message.fields
        .slice(0, MOST)
        .map(({ name, value }) => ({ name: cutText(name, LINE), value: plain(value) })),
      buttons: message.buttons
        .slice(0, MOST)
        .map(({ label, url }) => ({ label: cutText(label, LINE), url: safeWebUrl(url) ?? null })),
      context: plain(message.context),
      mentions: message.mentions.slice(0, MOST).map(({ name }) => name),
      notes: message.notes.slice(0, MOST).map((note) => cutText(note, LINE)),
      body,
    },
  };
}

/** What the event is, for a receiver that decides by it; labels beyond a sensible size are left out. */
function subject({ eventId, source, severity, state, key, labels }: MessageSubject): Payload {
  const short = Object.entries(labels).filter(([name, value]) => JSON.stringify([name, value]).length <= LINE);
  return {
    id: eventId,
    source,
    severity,
    state: cutText(state ?? '', LINE) || null,
    key: cutText(key ?? '', LINE) || null,
    labels: Object.fromEntries(short.slice(0, MOST)),
  };
}

/** A receiver takes any JSON; only a document of absurd size is refused here. */
export function check(payload: Payload): readonly string[] {
  const bytes = Buffer.byteLength(JSON.stringify(payload));
  return bytes > MAX_BYTES ? [`: has ${bytes} bytes; at most ${MAX_BYTES} are sent.`] : [];
}

const plain = (inlines: readonly Inline[]): string => cutText(inlineText(inlines), LINE);
