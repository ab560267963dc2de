import { randomBytes } from 'node:crypto';
import type { Hook } from '../core/hook.ts';
import type { ActiveSource } from '../pipeline/runtime.ts';
import type { Sample } from '../templates/samples.ts';

type Request = Pick<Sample, 'headers' | 'body'>;

/**
 * A sample as if it were sent for the first time: it has one id for ever, and sent twice, its second time would be a
 * duplicate. So its id is replaced wherever it stands; where that is made of several things, the time among them, else the
 * first that stands there; and where a sender without ids says when it happened, the bytes differ in white space.
 */
export function freshSample(
  sample: Sample,
  source: Pick<ActiveSource, 'name' | 'type' | 'options'>,
  at: Date,
): Request {
  const { keys, isDated } = identity(sample, source, at);
  if (keys.length === 0) return isDated ? { ...sample, body: withWhiteSpace(sample.body) } : sample;
  return keys.reduce<Request>((request, key) => {
    const candidates = renewals(key, at).flatMap(([old, by]) => replaceIn(request, old, by) ?? []);
    const isFresh = (one: Request) => !identity({ ...sample, ...one }, source, at).keys.includes(key);
    return candidates.find(isFresh) ?? request;
  }, sample);
}

/** What makes duplicates of it. */
function identity(sample: Sample, { name, type, options }: Pick<ActiveSource, 'name' | 'type' | 'options'>, at: Date) {
  const hook: Hook = { ...sample, id: 'hook_sample', source: name, from: '127.0.0.1', at };
  const reading = type.read(hook, options);
  const events = reading.kind === 'events' ? reading.events : [];
  return {
    keys: [...new Set(events.flatMap((event) => type.dedupeKey(hook, event) ?? []))],
    isDated: events.some((event) => type.isDated?.(hook, event) === true),
  };
}

/** What may stand in a sample for its key, with what takes its place: the whole of it, its times, its parts. */
function renewals(key: string, at: Date): readonly (readonly [old: string, by: string])[] {
  const times = key.match(TIME) ?? [];
  const parts = key.replace(TIME, ' ').split(/[ /:]+/);
  return [
    [key, renewed(key)] as const,
    ...times.map((time) => [time, at.toISOString()] as const),
    ...parts.map((part) => [part, renewed(part)] as const),
  ].filter(([old, by]) => old !== by);
}

const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?/g;

/** Digits stay digits: somebody may read a number there. */
const renewed = (id: string): string =>
  id.replace(/[0-9a-zA-Z]{8,}$|[0-9]{3,}$/, (tail) => {
    const digits = [...randomBytes(tail.length)].map((byte) => String(1 + (byte % 9))).join('');
    return /^\d+$/.test(tail) ? digits : randomBytes(tail.length).toString('hex').slice(0, tail.length);
  });

/** Characters from which on it is nothing else, also within an address. */
const LONG_ID = 16;

/** Undefined where it stands nowhere by itself. */
function replaceIn({ headers, body }: Request, id: string, fresh: string): Request | undefined {
  const text = body.toString('utf8');
  const inHeader = Object.values(headers).includes(id);
  const isNumber = /^\d+$/.test(id);
  const replaced = isNumber
    ? text.replace(new RegExp(`([:"=])${id}(?![0-9.])`, 'g'), `$1${fresh}`)
    : id.length >= LONG_ID
      ? text.replaceAll(id, fresh)
      : text.replaceAll(`"${id}"`, `"${fresh}"`);
  if (!inHeader && replaced === text) return undefined;
  return {
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value === id ? fresh : value])),
    body: Buffer.from(replaced),
  };
}

/** JSON means the same with some at its end. */
function withWhiteSpace(body: Buffer): Buffer {
  if (!/^\s*[{[]/.test(body.toString('utf8', 0, 100))) return body;
  const spaces = [...randomBytes(6)].map((byte) => ' '.repeat(byte % 8)).join('\n');
  return Buffer.concat([body, Buffer.from(`\n${spaces}`)]);
}
