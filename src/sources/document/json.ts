import type { DocumentReading } from '../document.ts';

/** Deeper than any sender writes; shallow enough for everything downstream that walks a document recursively. */
const MAX_DEPTH = 200;

/** Reads JSON as `readDocument` promises: big integers kept, no `__proto__`, no depth that could hurt. */
export function readJson(text: string): DocumentReading {
  let document: unknown;
  try {
    document = JSON.parse(HAS_BIG_INTEGER.test(text) ? quoteBigIntegers(text) : text);
  } catch {
    return { kind: 'unreadable', reason: 'The body is not valid JSON.' };
  }
  if (!clean(document, 0)) return { kind: 'unreadable', reason: `The body is nested over ${MAX_DEPTH} levels deep.` };
  return { kind: 'document', document };
}

/** A number of 16 digits or more, where a value may stand; inside a string it only costs the longer way. */
const HAS_BIG_INTEGER = /(?:^|[:,[])\s*-?\d{16}/;
const TOKEN_START = /["\d-]/g;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Node 20's reviver does not see a number's source text, so integers that a double cannot hold (Opsgenie's 19-digit
 * times, Discord's ids) are put in quotes before they are parsed and lost.
 */
function quoteBigIntegers(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  TOKEN_START.lastIndex = 0;
  for (let found = TOKEN_START.exec(text); found !== null; found = TOKEN_START.exec(text)) {
    const start = found.index;
    if (found[0] === '"') {
      TOKEN_START.lastIndex = endOfString(text, start);
      continue;
    }
    NUMBER.lastIndex = start;
    const number = NUMBER.exec(text)?.[0] ?? found[0];
    TOKEN_START.lastIndex = start + number.length;
    if (number.length < 16 || !/^-?\d+$/.test(number) || Number.isSafeInteger(Number(number))) continue;
    parts.push(text.slice(copied, start), '"', number, '"');
    copied = start + number.length;
  }
  return copied === 0 ? text : parts.join('') + text.slice(copied);
}

/** The index after the closing quote; the text's end where there is none, for JSON.parse to complain about. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

/** Drops own `__proto__` keys, which a later assignment would turn into a prototype; false when it is too deep. */
function clean(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth >= MAX_DEPTH) return false;
  if (Array.isArray(value)) return value.every((item) => clean(item, depth + 1));
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  return Object.values(value).every((item) => clean(item, depth + 1));
}
