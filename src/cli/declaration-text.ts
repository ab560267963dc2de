import type { Declaration } from '../sources/declared/declaration.ts';

/** The text of a `source.ts`, formatted as the formatter would: objects a key a line, long texts on a line of their own. */
export function declarationText(name: string, declaration: Declaration): string {
  return [
    "import type { Declaration } from '../declared/declaration.ts';",
    '',
    `export const ${name}: Declaration = ${objectText(declaration, 0)};`,
    '',
  ].join('\n');
}

/** `azureDevops` of `azure-devops`; another name where the registry has that word already, or the language. */
export function identifierOf(type: string, registry: string): string {
  const camel = type.replace(/-+(\w?)/g, (_dash, next: string) => next.toUpperCase());
  const free = /^[a-z]/.test(camel) && !RESERVED.has(camel) && !new RegExp(`\\b${camel}\\b`).test(registry);
  return free ? camel : `source${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
}

const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

const WIDEST = 120;

function objectText(value: object, depth: number): string {
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const indent = '  '.repeat(depth + 1);
  const lines = entries.map(([key, inner]) => {
    const before = `${indent}${/^[A-Za-z_$][\w$]*$/.test(key) ? key : stringText(key)}:`;
    const text = typeof inner === 'object' && inner !== null ? objectText(inner, depth + 1) : stringText(String(inner));
    const fits = text.includes('\n') || `${before} ${text},`.length <= WIDEST;
    return fits ? `${before} ${text},` : `${before}\n${indent}  ${text},`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

/** In single quotes, or in double ones where that saves backslashes. */
function stringText(text: string): string {
  const escaped = JSON.stringify(text).slice(1, -1);
  const plain = escaped.replaceAll('\\"', '"');
  return plain.split("'").length > plain.split('"').length ? `"${escaped}"` : `'${plain.replaceAll("'", "\\'")}'`;
}
