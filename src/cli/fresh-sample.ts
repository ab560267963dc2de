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
  const hook: Hook = { ...sample, id: 'hook_sample', source: source.name, from: '127.0.0.1', at };
  const reading = source.type.read(hook, source.options);
  const events = reading.kind === 'events' ? reading.events : [];
  const ids = events.flatMap((event) => source.type.dedupeKey(hook, event) ?? []);
  const fresh = [...new Set(ids)].reduce<Request>((request, id) => withFreshId(request, id, at), sample);
  const isDated = events.some((event) => source.type.isDated?.(hook, event) === true);
  return ids.length === 0 && isDated ? { ...fresh, body: withWhiteSpace(fresh.body) } : fresh;
}

function withFreshId(request: Request, id: string, at: Date): Request {
  const parts = id.split(/[ ]|:(?!\d)/);
  const times = parts.filter((part) => /^\d{4}-\d\d-\d\dT/.test(part));
  for (const part of [id, ...times, ...parts]) {
    const fresh = times.includes(part) ? at.toISOString() : renewed(part);
    const replaced = replaceIn(request, part, fresh);
    if (fresh !== part && replaced !== undefined) return replaced;
  }
  return request;
}

const renewed = (id: string): string =>
  id.replace(/[0-9a-zA-Z]{8,}$/, (tail) => randomBytes(tail.length).toString('hex').slice(0, tail.length));

/** Undefined where it stands nowhere by itself. */
function replaceIn({ headers, body }: Request, id: string, fresh: string): Request | undefined {
  const text = body.toString('utf8');
  const inHeader = Object.values(headers).includes(id);
  if (!inHeader && !text.includes(`"${id}"`)) return undefined;
  return {
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value === id ? fresh : value])),
    body: Buffer.from(text.replaceAll(`"${id}"`, `"${fresh}"`)),
  };
}

/** JSON means the same with some at its end. */
function withWhiteSpace(body: Buffer): Buffer {
  if (!/^\s*[{[]/.test(body.toString('utf8', 0, 100))) return body;
  const spaces = [...randomBytes(6)].map((byte) => ' '.repeat(byte % 8)).join('\n');
  return Buffer.concat([body, Buffer.from(`\n${spaces}`)]);
}
