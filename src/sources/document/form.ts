import type { DocumentReading } from '../document.ts';
import { readJson } from './json.ts';

/** What no sender reaches and no parser minds; the fields beyond are left out. */
export const MAX_FIELDS = 1_000;

/** `a=1&b=2` as a flat object; a name that comes twice is a list. `payload=` and `data=` that hold JSON are unwrapped. */
export function readForm(text: string): DocumentReading {
  return { kind: 'document', document: unwrapField(toObject(new URLSearchParams(firstFields(text.trim())))) };
}

/** Names and values as an object, at most `MAX_FIELDS` of them; a name that comes twice is a list. */
export function toObject(fields: Iterable<readonly [string, string]>): Record<string, string | string[]> {
  const object = new Map<string, string | string[]>();
  for (const [name, value] of fields) {
    if (name === '__proto__') continue;
    const before = object.get(name);
    if (before === undefined) object.set(name, value);
    else if (Array.isArray(before)) before.push(value);
    else object.set(name, [before, value]);
  }
  return Object.fromEntries(object);
}

/**
 * The document that a form only carries: `payload` (GitHub, Slack's tools) stands for the whole form, and so does `data`
 * when it comes alone (Uptime Kuma); beside other fields, `data` stays in its place, read, as `Payload` does (Twilio).
 */
export function unwrapField(fields: Readonly<Record<string, string | readonly string[]>>): unknown {
  const payload = jsonIn(fields.payload);
  if (payload !== undefined) return payload;
  const data = jsonIn(fields.data);
  if (data !== undefined && Object.keys(fields).length === 1) return data;
  const Payload = jsonIn(fields.Payload);
  return { ...fields, ...(data !== undefined && { data }), ...(Payload !== undefined && { Payload }) };
}

function jsonIn(value: string | readonly string[] | undefined): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return undefined;
  const reading = readJson(value);
  return reading.kind === 'document' ? reading.document : undefined;
}

/** Cut before parsing: a million fields cost as much to decode as to drop. */
function firstFields(text: string): string {
  let end = -1;
  for (let field = 0; field < MAX_FIELDS; field++) {
    end = text.indexOf('&', end + 1);
    if (end === -1) return text;
  }
  return text.slice(0, end);
}
