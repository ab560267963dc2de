import type { Hook } from '../../core/hook.ts';
import { isRecord } from '../../core/record.ts';
import { readJson } from '../document/json.ts';
import { readDocument } from '../document.ts';

/** One event before it is read: its attributes, and what it is about. */
export interface Part {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  /** As its sender wrote it; in binary mode as it would have been written in structured mode. */
  readonly document: unknown;
}

export type PartsReading =
  | { readonly kind: 'parts'; readonly parts: readonly Part[] }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** The three modes of https://github.com/cloudevents/spec/blob/main/cloudevents/bindings/http-protocol-binding.md */
export function partsOf(hook: Hook): PartsReading {
  const isStructured =
    hook.headers['content-type']?.trim().toLowerCase().startsWith('application/cloudevents') === true;
  if (!isStructured && hook.headers['ce-type'] !== undefined) return binary(hook);
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const documents: readonly unknown[] = Array.isArray(reading.document) ? reading.document : [reading.document];
  return { kind: 'parts', parts: documents.filter(isRecord).map(structured) };
}

function structured(document: Readonly<Record<string, unknown>>): Part {
  const { data, data_base64: base64, ...attributes } = document;
  return { attributes, data: data ?? decoded(base64), document };
}

/** What was not JSON where it came from; JSON or text all the same, as often as not. */
function decoded(base64: unknown): unknown {
  if (typeof base64 !== 'string') return undefined;
  const text = Buffer.from(base64, 'base64').toString('utf8');
  if (/^\s*[{[]/.test(text)) {
    const reading = readJson(text);
    if (reading.kind === 'document') return reading.document;
  }
  return /\p{Cc}|�/u.test(text.replace(/[\r\n\t]/g, '')) ? undefined : text;
}

/** The attributes are headers, and the body is the data. */
function binary(hook: Hook): PartsReading {
  const attributes = Object.fromEntries(
    Object.entries(hook.headers).flatMap(([name, value]) =>
      name.startsWith('ce-') && name !== 'ce-__proto__' ? [[name.slice(3), percentDecoded(value)]] : [],
    ),
  );
  const reading = hook.body.length === 0 ? undefined : readDocument(hook);
  if (reading?.kind === 'unreadable') return reading;
  const data = reading?.document;
  const document = data === undefined ? attributes : { ...attributes, data };
  return { kind: 'parts', parts: [{ attributes, data, document }] };
}

/** Headers hold ASCII: the rest is percent-encoded, and what is wrongly encoded stays as it came. */
function percentDecoded(value: string): string {
  const written = /^"(.*)"$/s.exec(value)?.[1]?.replace(/\\(.)/g, '$1') ?? value;
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
