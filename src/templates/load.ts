import { PLATFORM_NAMES, type PlatformName } from '../core/config.ts';
import { didYouMean } from '../core/nearest.ts';
import { formatProblem, type Problem } from '../core/problem.ts';
import { compileTemplate, type Template } from './compile.ts';
import { readTemplateFiles } from './files.ts';
import { compileNative, type NativeNode } from './native.ts';
import type { FindPartial } from './partials.ts';
import { positionAt, type SourceFile, TemplateError } from './source-file.ts';

/** A file that can be used, or why it cannot. */
export type Loaded<Made> = { readonly file: string } & (
  | { readonly made: Made; readonly broken?: never }
  | { readonly made?: never; readonly broken: string }
);

/** Every template, prepared, by name (`github/push`, `default`): a name that a sender chose can find nothing else. */
export interface Templates {
  readonly portable: ReadonlyMap<string, Loaded<Template>>;
  /** By name and platform: `github/push.slack`. */
  readonly native: ReadonlyMap<string, Loaded<NativeNode>>;
}

/**
 * Reads and prepares the templates of these folders, the shipped one first; a later folder's file takes the place of an
 * earlier one's. Never throws for a mistake in a template: it is a problem, and its events go out in the plain form.
 */
export async function loadTemplates(options: {
  readonly folders: readonly string[];
}): Promise<{ readonly templates: Templates; readonly problems: readonly Problem[] }> {
  const { files, problems } = await readTemplateFiles(options.folders);
  const all = [...problems];
  const portable = new Map<string, Loaded<Template>>();
  const native = new Map<string, Loaded<NativeNode>>();
  for (const [path, file] of files) {
    if (path.endsWith('.mustache') && !isPartial(path)) {
      const { template, problems: found } = compileTemplate(file, partialsFor(path, files));
      all.push(...(found ?? []));
      portable.set(path.slice(0, -'.mustache'.length), loaded(path, template, { problem: found?.[0], files }));
    }
    if (path.endsWith('.json')) {
      const { node, platform, problem } = loadNative(path, file);
      if (problem) all.push(problem);
      if (platform) native.set(path.slice(0, -'.json'.length), loaded(path, node, { problem, files }));
    }
  }
  return { templates: { portable, native }, problems: distinct(all) };
}

const isPartial = (path: string): boolean => path.split('/').at(-1)?.startsWith('_') ?? false;

/** The reason goes into a chat, so it names the file within its folder, not on this machine. */
function loaded<Made>(
  file: string,
  made: Made | undefined,
  { problem, files }: { problem: Problem | undefined; files: ReadonlyMap<string, SourceFile> },
): Loaded<Made> {
  if (made !== undefined) return { file, made };
  if (problem === undefined) return { file, broken: 'it cannot be read' };
  const { position, message } = problem;
  const [name] = [...files].find(([, { path }]) => path === position?.file) ?? [];
  return {
    file,
    broken: formatProblem({ path: [], message, ...(position && { position: { ...position, file: name ?? file } }) }),
  };
}

/** A partial lies beside the template or at the top, with or without the underscore that says it is nothing else. */
function partialsFor(path: string, files: ReadonlyMap<string, SourceFile>): FindPartial {
  const [type] = path.includes('/') ? path.split('/') : [];
  return (name) => {
    const places = type === undefined ? [name] : [`${type}/${name}`, name];
    for (const place of places) {
      const underscored = place.replace(/[^/]*$/, (last) => `_${last}`);
      const file = files.get(`${place}.mustache`) ?? files.get(`${underscored}.mustache`);
      if (file !== undefined) return file;
    }
    return undefined;
  };
}

function loadNative(path: string, file: SourceFile): { node?: NativeNode; platform?: PlatformName; problem?: Problem } {
  const word = path.slice(0, -'.json'.length).split('.').at(-1) ?? '';
  const platform = PLATFORM_NAMES.find((known) => known === word);
  const problem = (message: string, offset: number): Problem => ({
    path: [],
    message,
    position: positionAt(file, offset),
  });
  if (platform === undefined) {
    const expected = didYouMean(word, PLATFORM_NAMES) || `; one of ${PLATFORM_NAMES.join(', ')} was expected`;
    return {
      problem: problem(
        `a native template is called <event>.<platform>.json, and "${word}" is no platform${expected}`,
        0,
      ),
    };
  }
  try {
    return { platform, node: compileNative(file, platform) };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { platform, problem: problem(error.message, error.offset) };
  }
}

/** A partial's mistake is found once for every template that uses it, and told once. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()];
}
