import { CommandError } from '../core/errors.ts';

/** A type as the registry names it. */
export interface Registered {
  /** What its file exports: `azureDevops`. */
  readonly name: string;
  readonly type: string;
}

/** The text of `src/sources/index.ts` with one more type of data: its import and its line, each at its place in the alphabet. */
export function withRegistryLine(registry: string, { name, type }: Registered): string {
  const path = `./${type}/source.ts`;
  const imported = insertedBefore(registry.split('\n'), `import { ${name} } from '${path}';`, (line) => {
    const other = /^import .* from '(\.\/[^']+)';$/.exec(line)?.[1];
    return other === undefined ? undefined : other > path;
  });
  const start = imported.findIndex((line) => /^const DECLARED\b.*\[$/.test(line));
  const end = imported.indexOf('];', start);
  if (start < 0 || end < 0)
    throw new CommandError(
      'src/sources/index.ts has no list DECLARED with a line for each type; add the type by hand.',
    );
  const list = insertedBefore(imported.slice(start, end), `  ${name},`, (line) => {
    const other = /^ {2}(\w+),$/.exec(line)?.[1];
    return other === undefined ? undefined : other > name;
  });
  return [...imported.slice(0, start), ...list, ...imported.slice(end)].join('\n');
}

/** Before the first line that comes after it, else after the last of its kind; `isAfter` is undefined for other lines. */
function insertedBefore(
  lines: readonly string[],
  line: string,
  isAfter: (line: string) => boolean | undefined,
): readonly string[] {
  const after = lines.findIndex((other) => isAfter(other) === true);
  const at = after < 0 ? lines.findLastIndex((other) => isAfter(other) !== undefined) + 1 : after;
  return [...lines.slice(0, at), line, ...lines.slice(at)];
}
