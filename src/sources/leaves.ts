/** One printable value of a document of unknown shape. */
export interface Leaf {
  readonly path: readonly string[];
  /** The last key on the path that names it. */
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
      if (text !== undefined) leaves.push({ path, name: ownName(path), text });
      else if (typeof value === 'object' && value !== null && next.length < MAX_LEAVES)
        for (const [key, child] of Object.entries(value).slice(0, MAX_LEAVES)) {
          next.push({ value: child, path: [...path, key] });
        }
    }
    level = next;
  }
  return leaves;
}

/** An XML element with attributes keeps its text under a key of its own. */
const ownName = (path: readonly string[]): string => path.findLast((key) => key !== '#text') ?? '';

/** A key as lower-case words: `runStatus`, `Run-Status` and `run__status` are `run_status`. */
export const snakeCase = (name: string): string =>
  name
    .slice(0, 60)
    .replace(/^@/, '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[\s-]+|_{2,}/g, '_')
    .toLowerCase();

/** The value as text; undefined for objects, nothing, and placeholders that nobody filled in (`*name*`, `$NAME`). */
function leafText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string' || value.trim() === '' || /^(\*\w{1,60}\*|\$[A-Z_]{1,60})$/.test(value))
    return undefined;
  return value;
}

const PAIR = /^[ \t]*([A-Z][\w /-]{0,30}):[ \t]+(\S.{0,300})$/;
const FEWEST_PAIRS = 3;

/** `Host: web-1`, line by line, as monitors write their mails: leaves of a text that has three such lines or more. */
export function pairsIn(text: string): readonly Leaf[] {
  const pairs = text
    .slice(0, 4_000)
    .split(/\r?\n/)
    .flatMap((line): Leaf[] => {
      const [, name, value] = PAIR.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [{ path: [name], name, text: value.trim() }];
    });
  return pairs.length < FEWEST_PAIRS ? [] : pairs;
}
