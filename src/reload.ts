import { type AlsoCheck, type Blueprint, type Folders, readBlueprint } from './blueprint.ts';
import { ConfigError } from './core/errors.ts';
import type { Log } from './core/log.ts';
import { formatProblem, formatProblems, type Problem } from './core/problem.ts';

/** What is in force, and what is wrong with what is on disk. */
export interface ConfigState {
  /** Mistakes in the files as they are now; the previous config stays in force while there are any. */
  readonly problems: readonly Problem[];
  readonly templateProblems: readonly Problem[];
}

export interface Reloader {
  readonly state: ConfigState;
  /** Reads the files again; never throws. One at a time, and the last change wins. */
  reload(): Promise<void>;
}

/**
 * Everything that can fail happens before anything changes: the files are read and compiled, the platforms connected, and
 * only then does the new config take effect, all at once.
 */
export function createReloader(context: {
  readonly folders: Folders;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly first: Blueprint;
  readonly log: Log;
  readonly alsoCheck: AlsoCheck;
  /** Puts a config in force; when it throws, nothing has changed. */
  readonly apply: (blueprint: Blueprint) => Promise<void>;
  readonly onState: (state: ConfigState) => void;
}): Reloader {
  const { folders, env, first, log, alsoCheck, apply, onState } = context;
  let state: ConfigState = { problems: [], templateProblems: first.templateProblems };
  let running: Promise<void> | undefined;
  let again = false;

  async function once(): Promise<void> {
    try {
      const blueprint = await readBlueprint(folders, env, alsoCheck);
      await apply(blueprint);
      state = { problems: [], templateProblems: blueprint.templateProblems };
      log.info('a new config is in force', {
        sources: Object.keys(blueprint.config.sources).length,
        routes: blueprint.config.routes.length,
      });
      report(log, blueprint);
    } catch (error) {
      const problems = error instanceof ConfigError ? error.problems : [{ path: [], message: String(error) }];
      state = { ...state, problems };
      log.error(`the changed config is refused; the previous one stays in force\n${formatProblems(problems)}`);
    }
    onState(state);
  }

  return {
    get state() {
      return state;
    },
    reload() {
      again = true;
      running ??= (async () => {
        while (again) {
          again = false;
          await once();
        }
        running = undefined;
      })();
      return running;
    },
  };
}

/** Says what is odd in a config that is in force. */
export function report(log: Log, { warnings, templateProblems }: Blueprint): void {
  for (const warning of warnings) log.warn(formatProblem(warning));
  for (const problem of templateProblems) log.warn(`${formatProblem(problem)}; its events go out in the plain form`);
}
