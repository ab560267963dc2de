/** One part of a certificate’s subject: `CN=hooks.example.com`. */
export interface SubjectPart {
  /** Lower-case: `cn`, `o`, or an object identifier. */
  readonly name: string;
  readonly value: string;
}

/** A name, and a value that is quoted or reaches up to the next separator; what is escaped separates nothing. */
const PART =
  /\s*([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)+)\s*=(?:\s*"((?:[^"\\]|\\.)*)"\s*|((?:[^",+\n\\]|\\.)*))([,+\n]|$)/suy;

/**
 * The parts of a subject as people and tools write it: `O="Acme, Inc.", CN=a` or `O=Acme\, Inc.,CN=a`, of several lines
 * too (https://www.rfc-editor.org/rfc/rfc4514). Undefined when it is none.
 */
export function parseSubject(text: string): readonly SubjectPart[] | undefined {
  const parts: SubjectPart[] = [];
  PART.lastIndex = 0;
  for (;;) {
    const [, name, inQuotes, bare = '', separator] = PART.exec(text) ?? [];
    const value = unescaped(inQuotes ?? trimmed(bare));
    if (name === undefined || value === undefined || value === '') return undefined;
    parts.push({ name: name.toLowerCase(), value });
    if (separator === '') return parts;
  }
}

/** Whether a subject has every part that is wanted, in whatever order, each with exactly that value. */
export function hasSubjectParts(subject: string, wanted: string): boolean {
  const given = parseSubject(subject) ?? [];
  const parts = parseSubject(wanted) ?? [];
  return (
    parts.length > 0 && parts.every((part) => given.some((one) => one.name === part.name && one.value === part.value))
  );
}

/** White space around it is none of the value, but for the last one that is escaped. */
function trimmed(written: string): string {
  const text = written.trim();
  const [backslashes = ''] = /(?<!\\)\\*$/.exec(text) ?? [];
  return backslashes.length % 2 === 1 ? `${text} ` : text;
}

/** `\,` is a comma, `\C3\A4` the bytes of an ä. Undefined when those are no UTF-8. */
function unescaped(text: string): string | undefined {
  try {
    return text.replace(
      /(?:\\[0-9A-Fa-f]{2})+|\\(.)/gsu,
      (written, character?: string) => character ?? decoded(written),
    );
  } catch {
    return undefined;
  }
}

function decoded(escapes: string): string {
  const bytes = escapes
    .split('\\')
    .slice(1)
    .map((hex) => Number.parseInt(hex, 16));
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(new Uint8Array(bytes));
}
