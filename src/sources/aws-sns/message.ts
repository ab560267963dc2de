import type { Hook } from '../../core/hook.ts';
import { isRecord } from '../../core/record.ts';
import { readJson } from '../document/json.ts';
import { readDocument } from '../document.ts';
import { type Envelope, envelope } from './payloads.ts';

export type SnsReading =
  /** As SNS signs it; only the signed fields are read. */
  | { readonly kind: 'message'; readonly message: Envelope; readonly document: Readonly<Record<string, unknown>> }
  /** "Raw message delivery": what was published, without an envelope and without a signature. */
  | { readonly kind: 'raw'; readonly content: unknown }
  | { readonly kind: 'unreadable'; readonly reason: string };

const TYPES = new Set(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']);

export function readSns(hook: Hook): SnsReading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { document } = reading;
  const parsed = envelope.safeParse(document);
  if (!parsed.success || !isRecord(document) || !TYPES.has(parsed.data.Type ?? ''))
    return { kind: 'raw', content: textOf(document) ?? document };
  return { kind: 'message', message: parsed.data, document };
}

/** What was published: the document in it where it is JSON, else the text. */
export function contentOf(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return text;
  const reading = readJson(text);
  return reading.kind === 'document' ? reading.document : text;
}

/** A body of plain text is read as `{ text }`. */
function textOf(document: unknown): string | undefined {
  if (!isRecord(document) || Object.keys(document).length !== 1) return undefined;
  return typeof document.text === 'string' ? document.text : undefined;
}
