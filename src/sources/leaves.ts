import { safeWebUrl } from '../core/url.ts';

/** One printable value of a document of unknown shape. */
export interface Leaf {
  readonly path: readonly string[];
  /** The last key on the path. */
  readonly name: string;
  readonly text: string;
}

const MAX_LEAVES = 500;
const MAX_DEPTH = 6;

/** The strings, numbers and flags of a document, the shallow ones first; at most 500, none deeper than six keys. */
export function leavesOf(document: unknown): readonly Leaf[] {
  const leaves: Leaf[] = [];
  let level: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value: document, path: [] }];
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const next: typeof level = [];
    for (const { value, path } of level) {
      if (leaves.length >= MAX_LEAVES) return leaves;
      const text = leafText(value);
      if (text !== undefined) leaves.push({ path, name: path.at(-1) ?? '', text });
      else if (typeof value === 'object' && value !== null && next.length < MAX_LEAVES)
        for (const [key, child] of Object.entries(value).slice(0, MAX_LEAVES)) {
          next.push({ value: child, path: [...path, key] });
        }
    }
    level = next;
  }
  return leaves;
}

/** The value as text; undefined for objects, nothing, and placeholders that nobody filled in (`*name*`, `$NAME`). */
function leafText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string' || value.trim() === '' || /^(\*\w{1,60}\*|\$[A-Z_]{1,60})$/.test(value))
    return undefined;
  return value;
}

const TITLES = ['title', 'subject', 'summary', 'headline', 'message', 'msg', 'text', 'description', 'body', 'name'];
const STATES = ['status', 'state', 'conclusion', 'result', 'outcome', 'phase'];
const LEVELS = ['severity', 'level', 'priority', 'urgency'];
const URLS = ['html_url', 'web_url', 'permalink', 'url', 'link', 'href', 'dashboard_url', 'details_url', 'target_url'];

/** What a person would read out first. */
export const titleLeaf = (leaves: readonly Leaf[]): Leaf | undefined =>
  bestLeaf(leaves, TITLES, (text) => /\p{L}/u.test(text.slice(0, 1_000)));

/** A short word for the state the thing is in now. */
export const stateLeaf = (leaves: readonly Leaf[]): Leaf | undefined =>
  bestLeaf(leaves, STATES, (text) => /^\p{L}[\p{L} _-]{1,30}$/u.test(text));

export const levelLeaf = (leaves: readonly Leaf[]): Leaf | undefined =>
  bestLeaf(leaves, LEVELS, (text) => text.length <= 20);

/** Where a person goes to see more. */
export const urlLeaf = (leaves: readonly Leaf[]): Leaf | undefined =>
  bestLeaf(
    leaves,
    URLS,
    (text) => /^https?:/i.test(text) && !FOR_PROGRAMS.test(text) && safeWebUrl(text) !== undefined,
  );

/** Addresses that answer a browser with JSON, and pictures. */
const FOR_PROGRAMS = /^https?:\/\/api\.|\/_apis\/|\/api\/(v?\d+(\.\d+)?|rest)\/.|\.(png|jpe?g|gif|svg|webp|ico)$/i;

/** The leaf whose name ranks first, where one level of depth weighs as much as three ranks. */
function bestLeaf(
  leaves: readonly Leaf[],
  names: readonly string[],
  fits: (text: string) => boolean,
): Leaf | undefined {
  let best: Leaf | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const leaf of leaves) {
    const rank = names.indexOf(snakeCase(leaf.name));
    const score = rank + leaf.path.length * 3;
    if (rank === -1 || score >= bestScore || isOfSomebody(leaf) || !fits(leaf.text)) continue;
    [best, bestScore] = [leaf, score];
  }
  return best;
}

const PEOPLE = new Set(
  'actor user sender author owner creator committer pusher assignee reporter requester'.split(' '),
);

/** The name, the page and the state of a person are not those of what happened. */
const isOfSomebody = ({ path }: Leaf): boolean => path.slice(0, -1).some((key) => PEOPLE.has(snakeCase(key)));

const snakeCase = (name: string): string =>
  name
    .slice(0, 60)
    .replace(/^@/, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[\s-]/g, '_')
    .toLowerCase();
