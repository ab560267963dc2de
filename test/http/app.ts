import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, startApp } from '../../src/app.ts';
import { SHIPPED_TEMPLATES } from '../../src/blueprint.ts';
import type { Clock } from '../../src/core/clock.ts';
import { toSecret } from '../../src/core/secret.ts';
import { rememberingLog, testClock, testRandom } from '../builders.ts';

export const ADMIN_TOKEN = 'test-admin-token';

/** The whole of Bellhop in this process, on a free port, with its own folder. */
export interface TestApp {
  readonly app: App;
  readonly folder: string;
  readonly log: ReturnType<typeof rememberingLog>;
  /** What `console` channels printed. */
  readonly printed: readonly string[];
  /** A request as it is written here, header for header. */
  send(path: string, init?: Sending): Promise<Answer>;
  /** The same with the admin token. */
  api(path: string, init?: Sending): Promise<Answer>;
  /** Bytes on a socket of their own; resolves with everything that came back until the server closed it. */
  raw(...chunks: readonly (string | Buffer)[]): Promise<string>;
  writeConfig(config: object | string, file?: string): Promise<void>;
  stop(): Promise<void>;
}

export interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** An object is sent as JSON; a list of pieces without a content length. */
  readonly body?: Buffer | string | object | readonly Buffer[] | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body read as JSON; undefined when it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

export interface TestAppOptions {
  readonly clock?: Clock;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startTestApp(config: object, options: TestAppOptions = {}): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-http-'));
  const configFolder = join(folder, 'config');
  await mkdir(configFolder);
  const writeConfig = (content: object | string, file = 'bellhop.json') =>
    writeFile(join(configFolder, file), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  await writeConfig(config);
  const log = rememberingLog();
  const printed: string[] = [];
  const app = await startApp({
    folders: { config: configFolder, templates: SHIPPED_TEMPLATES },
    data: join(folder, 'data'),
    host: '127.0.0.1',
    port: 0,
    env: options.env ?? {},
    adminToken: toSecret(ADMIN_TOKEN),
    log,
    print: (text) => printed.push(text),
    clock: options.clock ?? testClock(),
    random: testRandom(),
  });
  const { port } = app.address;
  const send = (path: string, init: Sending = {}) => exchange(port, path, init);
  return {
    app,
    folder,
    log,
    printed,
    send,
    api: (path, init = {}) =>
      send(path, { ...init, headers: { authorization: `Bearer ${ADMIN_TOKEN}`, ...init.headers } }),
    raw: (...chunks) => converse(port, chunks),
    writeConfig,
    async stop() {
      await app.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function exchange(port: number, path: string, { method, headers = {}, body }: Sending): Promise<Answer> {
  const bytes = Buffer.isBuffer(body) || typeof body === 'string' || Array.isArray(body) ? body : undefined;
  const written = bytes ?? (body === undefined ? undefined : JSON.stringify(body));
  const defaults = bytes === undefined && body !== undefined ? { 'content-type': 'application/json' } : {};
  return new Promise((done, fail) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path,
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { ...defaults, ...headers } as Record<string, string>,
      agent: false,
    });
    outgoing.once('error', fail);
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('error', fail);
      incoming.once('end', () => {
        const text = Buffer.concat(chunks).toString();
        done({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body: parsed(text) });
      });
    });
    if (Array.isArray(written)) {
      outgoing.setHeader('transfer-encoding', 'chunked');
      for (const piece of written as readonly Buffer[]) outgoing.write(piece);
      outgoing.end();
    } else {
      outgoing.end(written as Buffer | string | undefined);
    }
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function converse(port: number, chunks: readonly (string | Buffer)[]): Promise<string> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString();
    });
    // A reset after the answer is how a server says that it will not read the rest.
    socket.on('error', () => {});
    socket.once('close', () => done(heard));
    for (const chunk of chunks) socket.write(chunk);
  });
}
