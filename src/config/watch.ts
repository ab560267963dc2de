import { realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { watch } from 'chokidar';

export interface WatchOptions {
  readonly dir: string;
  /** Called once after a burst of changes has ended; never while the last call’s promise is pending. */
  readonly onChange: () => void | Promise<void>;
  /** Files outside the folder that the config depends on (`Loaded.files`). */
  readonly files?: readonly string[];
  /** The names of the files in `dir` that count; all of them where absent. */
  readonly only?: readonly string[];
  /** How long nothing must change before `onChange` is called; 200 ms where absent. */
  readonly quietMs?: number;
  readonly onError?: (error: unknown) => void;
}

export interface ConfigWatcher {
  /** Watches these files too: a reload may have named new ones. */
  follow(files: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const QUIET_MS = 200;
const LONGEST_WAIT_MS = 2_000;

/**
 * Watches the config folder. It is the folder that is watched and not its files: editors put a new file in the old one’s
 * place, and Kubernetes swaps the `..data` link that a ConfigMap’s files lead through. Resolves once changes are seen.
 */
export async function watchConfig(options: WatchOptions): Promise<ConfigWatcher> {
  const { dir, onChange, files = [], only, quietMs = QUIET_MS, onError = () => {} } = options;
  const foldersOf = (names: readonly string[]) =>
    Promise.all([...new Set([dir, ...names.map((name) => dirname(name))])].map(real));

  // Within a folder the links themselves must be seen, not only what they lead to; and `atomic`, which takes a file that
  // is replaced for one that never went, would keep what is quick from us.
  const followed = new Set(await foldersOf(files));
  const watcher = watch([...followed], {
    depth: 0,
    ignoreInitial: true,
    atomic: false,
    followSymlinks: false,
    // A busy neighbour, as the store's files are, must not cost anything.
    ...(only !== undefined && {
      ignored: (path: string, stats?: { isFile(): boolean }) =>
        stats?.isFile() === true && !only.includes(basename(path)),
    }),
  });
  const calls = createQuietCall({ onChange, onError, quietMs });
  watcher.on('all', (_, path) => {
    if (!isLeftover(basename(path))) calls.noticed();
  });
  watcher.on('error', onError);
  await new Promise<void>((ready) => watcher.once('ready', ready));

  return {
    async follow(more) {
      // A folder that is added again is read again, and what came meanwhile would pass for known.
      const fresh = (await foldersOf(more)).filter((folder) => !followed.has(folder));
      for (const folder of fresh) followed.add(folder);
      if (fresh.length > 0) watcher.add(fresh);
    },
    async close() {
      calls.stop();
      await watcher.close();
    },
  };
}

/** The folder itself where `folder` is a link to it; as it is written while it does not exist. */
const real = (folder: string): Promise<string> => realpath(folder).catch(() => resolve(folder));

/** What editors write beside a file: swap files, locks and backups. A ConfigMap’s `..data` is none of them. */
const isLeftover = (name: string): boolean => /^\.(?!\.data$)|~$|^4913$|^#.*#$/.test(name);

interface QuietCall {
  noticed(): void;
  stop(): void;
}

function createQuietCall(options: Required<Pick<WatchOptions, 'onChange' | 'onError' | 'quietMs'>>): QuietCall {
  let timer: NodeJS.Timeout | undefined;
  let first: number | undefined;
  let running = false;
  let stopped = false;

  const wait = () => {
    clearTimeout(timer);
    first ??= performance.now();
    // A folder that never rests must not keep an edit waiting for ever.
    const patience = Math.max(0, LONGEST_WAIT_MS - (performance.now() - first));
    if (!stopped) timer = setTimeout(run, Math.min(options.quietMs, patience));
  };
  const run = async () => {
    if (running) return wait();
    running = true;
    first = undefined;
    try {
      await options.onChange();
    } catch (error) {
      options.onError(error);
    }
    running = false;
  };
  return {
    noticed: wait,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
