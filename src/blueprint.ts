import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadConfig } from './config/load.ts';
import { readFolder } from './config/read-folder.ts';
import type { Config } from './core/config.ts';
import type { Problem } from './core/problem.ts';
import type { Renderer } from './core/renderer.ts';
import type { Router } from './core/route.ts';
import type { SourceType } from './core/source.ts';
import { handshakeProblems } from './handshake-problems.ts';
import { compileRoutes } from './routing/router.ts';
import type { Declaration } from './sources/declared/declaration.ts';
import { declarationSchema } from './sources/declared/schema.ts';
import { templatesOf } from './sources/declared/templates-of.ts';
import { createSourceTypes } from './sources/index.ts';
import { needsNoSecret, signsAddress } from './sources/verify.ts';
import { loadTemplates, type Templates } from './templates/load.ts';
import { createRenderer } from './templates/render.ts';
import { checkText, renderText } from './templates/text.ts';

/** The templates that come with Bellhop. */
export const SHIPPED_TEMPLATES = fileURLToPath(new URL('../templates', import.meta.url));

/** The folder within the config's where people declare types of source of their own, a file each. */
const OWN_TYPES = 'sources';

/** Where the files are that people write. */
export interface Folders {
  readonly config: string;
  /** Overlays the shipped templates file by file. */
  readonly templates: string;
}

/** The files people write, read and compiled, with nothing connected yet. */
export interface Blueprint {
  readonly config: Config;
  readonly router: Router;
  readonly renderer: Renderer;
  readonly templates: Templates;
  readonly types: ReadonlyMap<string, SourceType>;
  /** What is odd but does not stop the config. */
  readonly warnings: readonly Problem[];
  /** Every file that was read: a change in one of them changes the blueprint. */
  readonly files: readonly string[];
  /** Mistakes in templates: their events go out in the plain form. */
  readonly templateProblems: readonly Problem[];
}

/** The types that come with Bellhop. */
export const sourceTypes: ReadonlyMap<string, SourceType> = createSourceTypes({ renderText });

/** Looks at what a config names outside its folder; what is wrong with it refuses the config. */
export type AlsoCheck = (config: Config) => Promise<readonly Problem[]>;

/** Reads config and templates. Throws `ConfigError` with every mistake of the config. */
export async function readBlueprint(
  folders: Folders,
  env: Readonly<Record<string, string | undefined>>,
  alsoCheck: AlsoCheck = async () => [],
): Promise<Blueprint> {
  const declared = await readFolder(join(folders.config, OWN_TYPES), declarationSchema, declarationProblems);
  const types = createSourceTypes(
    { renderText },
    [...declared.values].map(([type, rest]) => ({ ...rest, type })),
  );
  const { config, warnings, files } = await loadConfig({
    dir: folders.config,
    env,
    sourceTypes: [...types.keys()],
    secretless: [...types.values()].flatMap(({ type, verifier }) => (needsNoSecret(verifier) ? [type] : [])),
    signsAddress: [...types.values()].flatMap(({ type, verifier }) => (signsAddress(verifier) ? [type] : [])),
    check: async (candidate) => [
      ...declared.problems,
      ...compileRoutes(candidate.routes).problems,
      ...mapProblems(candidate),
      ...certificateProblems(candidate, types),
      ...handshakeProblems(candidate, types, sourceTypes),
      ...(await alsoCheck(candidate)),
    ],
  });
  const { templates, problems } = await loadTemplates({ folders: templateFolders(folders) });
  return {
    config,
    router: compileRoutes(config.routes).router,
    renderer: createRenderer(templates),
    templates,
    types,
    warnings,
    files: [...files, ...declared.files, ...(await filesWithin(folders.templates))],
    templateProblems: problems,
  };
}

/** The shipped folder first; a user's folder lies over it. */
export const templateFolders = ({ templates }: Pick<Folders, 'templates'>): readonly string[] =>
  templates === SHIPPED_TEMPLATES ? [SHIPPED_TEMPLATES] : [SHIPPED_TEMPLATES, templates];

/** The user's own templates; the shipped ones do not change while Bellhop runs. */
async function filesWithin(folder: string): Promise<readonly string[]> {
  if (folder === SHIPPED_TEMPLATES) return [];
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return [join(folder, 'default.mustache'), ...names.map((name) => join(folder, name))];
}

/** A `map` is made of templates: a broken one is found when the config is read, not when the hook comes. */
function mapProblems(config: Config): readonly Problem[] {
  return Object.values(config.sources).flatMap(({ name, map }) => {
    if (map === undefined) return [];
    const { labels, ...rest } = map;
    const leaves = [
      ...Object.entries(rest).map(([key, template]) => ({ path: [key], template })),
      ...Object.entries(labels).map(([key, template]) => ({ path: ['labels', key], template })),
    ];
    return leaves.flatMap(({ path, template }): Problem[] => {
      const message = checkText(template);
      return message === undefined ? [] : [{ path: ['sources', name, 'map', ...path], message }];
    });
  });
}

/** A type whose senders show a client certificate is of no use where the server asks for none. */
function certificateProblems(config: Config, types: ReadonlyMap<string, SourceType>): readonly Problem[] {
  if (config.server.tls?.clientCa !== undefined) return [];
  return Object.values(config.sources).flatMap(({ name, type, auth, verify }): Problem[] => {
    if (auth !== undefined || verify !== undefined || types.get(type)?.verifier.scheme !== 'clientCertificate')
      return [];
    const message = `proves itself by a client certificate and needs server.tls.clientCa, the authorities by which certificates are verified; none is asked for`;
    return [{ path: ['sources', name, 'type'], message }];
  });
}

/** What is wrong with a type that somebody declared: a name that is taken, a template that cannot be read. */
function declarationProblems(type: string, declaration: Omit<Declaration, 'type'>): readonly Problem[] {
  const taken = sourceTypes.has(type) || type === 'bellhop';
  const name = /^[a-z0-9][a-z0-9-]{0,63}$/.test(type);
  return [
    ...(taken
      ? [{ path: [], message: `"${type}" is a type that comes with Bellhop; give the file another name` }]
      : []),
    ...(name
      ? []
      : [{ path: [], message: `"${type}" is no name for a type; expected lower-case letters, digits and "-"` }]),
    ...templatesOf(declaration).flatMap(({ path, template }): Problem[] => {
      const message = checkText(template);
      return message === undefined ? [] : [{ path, message }];
    }),
  ];
}
