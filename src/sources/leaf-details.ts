import { dateTime, day } from './human-time.ts';
import type { Leaf } from './leaves.ts';
import { oneLine } from './one-line.ts';

export interface Detail {
  readonly name: string;
  readonly value: string;
}

/** More than are shown: some will turn out to be in the title. */
const MAX_DETAILS = 12;

/** The first short values as name and text, for a reader who knows the sender; what only machines read goes last or not at all. */
export function detailsOf(leaves: readonly Leaf[], now: Date): readonly Detail[] {
  const shown = leaves.filter(
    ({ name, path, text }) =>
      name !== '' && path.length <= 2 && text.length <= 120 && !isSecret(path) && !isForMachines(text),
  );
  const once = shown.filter(
    ({ text }, at) => text.length < 10 || shown.findIndex((other) => other.text === text) === at,
  );
  return [...once.filter((leaf) => !isDull(leaf)), ...once.filter(isDull)]
    .slice(0, MAX_DETAILS)
    .map(({ path, text }) => ({ name: oneLine(path.join('.'), 60), value: readable(text, now) }));
}

const SECRET = /secret|token|passw|signature|credential|authorization|cookie|private|api_?key|^(sign|sig|hmac|auth)$/i;

/** Some senders put their own proof into the body; a chat is no place for it. */
const isSecret = (path: readonly string[]): boolean => path.some((key) => SECRET.test(key));

const UUID = /^\{?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** Links other than the one that is the button, ids that nobody types, and hashes of nothing. */
const isForMachines = (text: string): boolean =>
  /^(https?|ssh|git):\/\/|^git@/i.test(text) || UUID.test(text) || /^0{7,}$/.test(text);

const isDull = ({ name, text }: Leaf): boolean =>
  /^i?id$|_id$|Id$|ID$/.test(name) || ['true', 'false', '0'].includes(text);

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

function readable(text: string, now: Date): string {
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text)) return text.slice(0, 7);
  if (!INSTANT.test(text)) return oneLine(text, 120);
  const at = new Date(text);
  // Times of other years must show theirs.
  return (at.getUTCFullYear() === now.getUTCFullYear() ? dateTime(at) : day(at)) ?? oneLine(text, 120);
}
