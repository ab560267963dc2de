import { formatDuration } from '../core/duration.ts';
import { isCommit, isForMachines, isSecret } from './for-machines.ts';
import { dateTime, day } from './human-time.ts';
import { type Leaf, snakeCase } from './leaves.ts';
import { oneLine } from './one-line.ts';
import { plainText } from './plain-text.ts';

export interface Detail {
  readonly name: string;
  readonly value: string;
}

/** More than are shown: some will turn out to be in the title. */
const MAX_DETAILS = 12;
const MOST_TIMES = 2;
/** Below it lies what machines tell each other. */
const DEEPEST = 3;

/**
 * The first short values as name and text, for a reader who knows the sender: times come last, and what only machines
 * read not at all, unless there is nothing else.
 */
export function detailsOf(leaves: readonly Leaf[], now: Date): readonly Detail[] {
  return telling(leaves)
    .slice(0, MAX_DETAILS)
    .map((leaf) => ({ name: nameOf(leaf), value: readable(leaf, now) }));
}

/** The leaves that tell a person something, those that tell most first. */
export function telling(leaves: readonly Leaf[]): readonly Leaf[] {
  const shown = leaves.filter(
    ({ name, path, text }) =>
      name !== '' && path.length <= DEEPEST && text.length <= 120 && !isSecret(path) && !isForMachines(text),
  );
  const once = shown.filter(
    ({ text }, at) => text.length < 10 || shown.findIndex((other) => other.text === text) === at,
  );
  const interesting = once.filter((leaf) => !isDull(leaf));
  if (interesting.length === 0) return once.filter(({ name }) => !ID_NAME.test(snakeCase(name)));
  const words = interesting.filter((leaf) => !isTime(leaf));
  return [...words, ...interesting.filter(isTime).slice(0, MOST_TIMES)];
}

const DULL_NAME =
  /^(guid|sid|hash|etag|e_tag|cursor|offset|sequencer|sequence|nonce|slug|locale|lang|language|timezone|time_zone|user_agent|avatar|href|self|api|color|colour|before|default_branch)$|(^|_)(version|batch)$|^(webhook|subscription|connector|old|prev|previous)(_|$)|_(href|path|hash)$/;
/** When it was sent, which the chat says too. */
const DULL_TIME =
  /^(timestamp|time|date|ts|event_time|created_at|updated_at|created|updated|sent_at|occurred_at|occurred|triggered_at)$/;
const ID_NAME = /^[iu]?id$|_[iu]?id$/;
/** Versions of the thing itself, which people do look for. */
const TELLING_VERSION = /^(version|app_version|release_version|new_version|image_version)$/;

function isDull({ name, path, text }: Leaf): boolean {
  const key = snakeCase(name);
  if (['true', 'false', '0', '-1', 'off', 'none', 'null', 'n/a', '-'].includes(text.toLowerCase())) return true;
  if (/^\/\S+$/.test(text) || DULL_TIME.test(key) || ID_NAME.test(key)) return true;
  // What XML says of its own values.
  if (/^@(type|nil|class)$/.test(name)) return true;
  if (TELLING_VERSION.test(key) && path.length === 1) return false;
  return (
    DULL_NAME.test(key) ||
    path.slice(0, -1).some((part) => /^(webhook|subscription|context|links|meta|_links|jsonapi)$/.test(snakeCase(part)))
  );
}

const INSTANT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;
/** `20261121T115000+0000`, as TeamCity writes it. */
const COMPACT_INSTANT = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z|[+-]\d\d:?\d\d)$/;
const TIME_NAME =
  /(^|_)(at|on|time|date|timestamp|ts|started|finished|created|updated|occurred|start|end|since|until)$/;

const isTime = (leaf: Leaf): boolean => instantOf(leaf) !== undefined;

/** The moment that a leaf names: ISO text, or seconds or milliseconds since 1970 where its name says that it is a time. */
function instantOf({ name, text }: Leaf): Date | undefined {
  const written = text.replace(COMPACT_INSTANT, '$1-$2-$3T$4:$5:$6$7');
  if (INSTANT.test(written)) return new Date(written.replace(' ', 'T'));
  if (!/^\d{10}(\d{3})?(\.\d{1,9})?$/.test(text) || !TIME_NAME.test(snakeCase(name))) return undefined;
  const at = Number(text);
  return new Date(at < 1e11 ? at * 1_000 : at);
}

const UNITS: readonly (readonly [ending: RegExp, ms: number])[] = [
  [/_(ms|millis|milliseconds)$/, 1],
  [/_(seconds|secs|sec)$/, 1_000],
  [/_(minutes|mins)$/, 60_000],
];

/** How long it took, where the name has the unit; undefined for anything else. */
function durationOf({ name, text }: Leaf): string | undefined {
  const [, ms] = UNITS.find(([ending]) => ending.test(snakeCase(name))) ?? [];
  return ms === undefined || !/^\d{1,12}(\.\d{1,9})?$/.test(text) ? undefined : formatDuration(Number(text) * ms);
}

/** Whether people read the value as the sender wrote it; a template can print nothing else. */
export const readsAsWritten = (leaf: Leaf): boolean =>
  !isCommit(leaf.text) && !isTime(leaf) && durationOf(leaf) === undefined && !/<[a-z!/][^>]*>/i.test(leaf.text);

function readable(leaf: Leaf, now: Date): string {
  if (isCommit(leaf.text)) return leaf.text.slice(0, 7);
  const at = instantOf(leaf);
  if (at === undefined) return durationOf(leaf) ?? oneLine(plainText(leaf.text, 120), 120);
  // Times of other years must show theirs.
  return (at.getUTCFullYear() === now.getUTCFullYear() ? dateTime(at) : day(at)) ?? oneLine(leaf.text, 120);
}

/** What says nothing by itself: of what it is the name, or the state. */
const NEEDS_OWNER = new Set(
  'name type status state number title value key label kind count time date email'.split(' '),
);
/** Keys that only hold others. */
const WRAPPERS = new Set(
  'payload data body attributes record event object item resource detail details fields'.split(' '),
);

/** The last key in words, with the one above it where it needs that: `Environment name`, `Project type`. */
export function nameOf({ path }: Pick<Leaf, 'path'>): string {
  const keys = path
    .filter((key) => !/^(\d+|#text)$/.test(key))
    .map((key) => snakeCase(key))
    .filter((key, at, all) => at === all.length - 1 || !WRAPPERS.has(key))
    .map((key) => key.replaceAll('_', ' ').trim());
  const own = (keys.at(-1) ?? '').replace(/ (ms|millis|milliseconds|seconds|secs|sec|minutes|mins)$/, '');
  const owner = keys.at(-2);
  const words = owner !== undefined && NEEDS_OWNER.has(own) ? `${owner} ${own}` : own;
  return oneLine(`${words.charAt(0).toUpperCase()}${words.slice(1)}`, 60) || oneLine(path.join('.'), 60);
}
