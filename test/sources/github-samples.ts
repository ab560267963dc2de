import { readdirSync, readFileSync } from 'node:fs';
import type { SourceEvent } from '../../src/core/event.ts';
import type { Hook } from '../../src/core/hook.ts';
import { github } from '../../src/sources/github/source.ts';
import { aHook } from '../builders.ts';

export interface GitHubSample {
  /** `push~forced` */
  readonly name: string;
  /** `push` */
  readonly event: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const folder = new URL('../../templates/github/samples/', import.meta.url);

export const samples: readonly GitHubSample[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const { headers, body } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    const name = file.slice(0, -'.json'.length);
    const lower = Object.entries<string>(headers).map(([key, value]) => [key.toLowerCase(), value] as const);
    return { name, event: name.split('~')[0] ?? name, headers: Object.fromEntries(lower), body };
  });

export function sampleNamed(name: string): GitHubSample {
  const sample = samples.find((candidate) => candidate.name === name);
  if (sample === undefined) throw new Error(`there is no sample ${name}`);
  return sample;
}

/** The one event of a payload; fails where it gives none. */
export function readEvent(event: string, body: unknown, over: Partial<Omit<Hook, 'body'>> = {}): SourceEvent {
  const headers = { 'content-type': 'application/json', 'x-github-event': event };
  const reading = github.read(aHook({ headers, ...over, body }), {});
  if (reading.kind !== 'events') throw new Error(`${event} is ${reading.kind}: ${reading.reason}`);
  const [only] = reading.events;
  if (only === undefined) throw new Error(`${event} gives no event`);
  return only;
}

export const readSample = (name: string): SourceEvent => {
  const { headers, body } = sampleNamed(name);
  return readEvent(headers['x-github-event'] ?? '', body, { headers });
};

/** What no title may show: a missing value, an object, or a piece that came out empty. */
export const BROKEN_TITLE = /undefined|\[object|NaN|\(\)|\(,|, ?\)|: ?$|^:|^\s|\s$| {2}|: : |#(?!\d)[ ,:)]/;
