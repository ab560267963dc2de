import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.ts';

const MAIN = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
export const ADMIN_TOKEN = 'test-admin-token';

/** A Bellhop process of its own, as people run it: built, on a free port, with its own config and data. */
export interface ServerProcess {
  readonly url: string;
  readonly folder: string;
  readonly process: ChildProcess;
  /** All it printed and logged. */
  output(): string;
  /** Ends it with a signal and resolves with its exit code, or the signal. */
  stop(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  api<Answer>(path: string, init?: RequestInit): Promise<Answer>;
}

export interface ServerOptions {
  readonly config: object;
  readonly env?: Readonly<Record<string, string>>;
  /** The folder of an earlier process, to go on where it ended. */
  readonly folder?: string;
  readonly port?: number;
}

export async function startServer({ config, env = {}, folder, port }: ServerOptions): Promise<ServerProcess> {
  const home = folder ?? (await mkdtemp(join(tmpdir(), 'bellhop-test-')));
  await mkdir(join(home, 'config'), { recursive: true });
  await writeFile(join(home, 'config', 'bellhop.json'), JSON.stringify(config, undefined, 2));
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: String(chosen),
      BELLHOP_ADMIN_TOKEN: ADMIN_TOKEN,
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const gather = (chunk: Buffer): void => {
    output = (output + chunk).slice(-200_000);
  };
  child.stdout.on('data', gather);
  child.stderr.on('data', gather);
  const ended = new Promise<number | NodeJS.Signals>((done) =>
    child.once('exit', (code, signal) => done(signal ?? code ?? 0)),
  );
  const url = `http://127.0.0.1:${chosen}`;
  await until(
    async () => {
      if (child.exitCode !== null) throw new Error(`Bellhop ended with ${child.exitCode}:\n${output}`);
      return fetch(`${url}/healthz`).then(
        (response) => response.ok,
        () => false,
      );
    },
    'Bellhop to listen',
    30,
  );
  return {
    url,
    folder: home,
    process: child,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
    async api(path, init = {}) {
      const response = await fetch(`${url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' },
      });
      return (await response.json()) as never;
    },
  };
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

/** A GitHub delivery with a real signature over exactly these bytes. */
export function githubHook(
  event: string,
  body: object,
  { secret, delivery = randomUUID() }: { readonly secret: string; readonly delivery?: string },
): RequestInit {
  const bytes = JSON.stringify(body);
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': delivery,
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`,
    },
    body: bytes,
  };
}

/** A Stripe event with a real signature of this moment. */
export function stripeHook(body: object, secret: string): RequestInit {
  const bytes = JSON.stringify(body);
  const at = Math.floor(Date.now() / 1_000);
  const signature = createHmac('sha256', secret).update(`${at}.${bytes}`).digest('hex');
  return {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': `t=${at},v1=${signature}` },
    body: bytes,
  };
}
