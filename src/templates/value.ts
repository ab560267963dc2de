/** Characters of one value that a message can need; more is never shown anywhere and only costs time. */
const LONGEST = 8_000;
const LONGEST_JSON = 200;
const LONGEST_LIST = 50;

// Control characters (but tab and line feed), bidirectional overrides and isolates, which make a text read as another
// one, and the private-use characters that stand for tags while a template is prepared.
const UNWANTED = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]/g;
const HAS_UNWANTED = new RegExp(UNWANTED.source);
const LONE_SURROGATE = /\p{Surrogate}/gu;
const SPACES = /[ \t\n\r\f\v\u2028\u2029]+/g;

/** What a value prints: a scalar its text, a list of scalars `a, b`, another object its JSON cut short, nothing ''. Never throws. */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return clean(value);
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'object':
      return value === null ? '' : objectText(value);
    default:
      return '';
  }
}

/** The text without characters that nobody should see, cut to what a message can need. */
export function clean(text: string): string {
  const cut = cutText(text, LONGEST);
  const kept = HAS_UNWANTED.test(cut) ? cut.replace(/\r\n?/g, '\n').replace(UNWANTED, '') : cut;
  return kept.replace(LONE_SURROGATE, '\ufffd');
}

/** Every run of white space is one space. */
export const oneLine = (text: string): string => text.replace(SPACES, ' ');

/** At most `length` UTF-16 units, the last an ellipsis where something was cut; never half a character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\ud800-\udbff]/.test(text.charAt(length - 2)) ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}

/** Whether a section is entered, by mustache's rule. */
export const isFilled = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

function objectText(value: object): string {
  if (value instanceof Date) return dateText(value);
  if (Array.isArray(value)) {
    const shown = value.slice(0, LONGEST_LIST);
    if (shown.every((item) => typeof item !== 'object' || item === null))
      return cutText(shown.map(textOf).filter(Boolean).join(', '), LONGEST);
  }
  return cutText(clean(jsonText(value)), LONGEST_JSON);
}

/** A document is JSON already, but for a view made in code, which may hold what JSON cannot. */
function jsonText(value: object): string {
  try {
    let left = LONGEST_JSON;
    // Leaving out what comes after enough was seen keeps a large document from being written in full.
    return JSON.stringify(value, (_, inner: unknown) => {
      left -= 1;
      if (left < 0) return undefined;
      if (typeof inner === 'string') return cutText(inner, LONGEST_JSON);
      if (Array.isArray(inner)) return inner.slice(0, LONGEST_JSON);
      return typeof inner === 'bigint' ? String(inner) : inner;
    });
  } catch {
    return '';
  }
}

const dateText = (date: Date): string =>
  Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
