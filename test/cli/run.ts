import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/** What a finished command left behind. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder with a config, in which commands are run as people run them: built, in a process of their own. */
export interface Home {
  readonly folder: string;
  write(file: string, content: object | string): Promise<void>;
  run(...args: readonly string[]): Promise<Ran>;
  remove(): Promise<void>;
}

export async function makeHome(config: object, env: Readonly<Record<string, string>> = {}): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-cli-'));
  const write = async (file: string, content: object | string): Promise<void> => {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  };
  await write('config/bellhop.json', config);
  return {
    folder,
    write,
    run: (...args) => run(args, folder, env),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

function run(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [MAIN, ...args], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    child.once('close', (code) => done({ code: code ?? -1, out, err }));
  });
}
