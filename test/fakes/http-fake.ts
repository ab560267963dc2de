import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the fake saw it. */
export interface FakeCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  /** The body by its content type: JSON, or the fields of a form; undefined when it is neither or broken. */
  readonly parsed: unknown;
}

/** `hang` never answers; `reset` cuts the connection after the request was read. */
export type FakeReply =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | 'hang'
  | 'reset';

/**
 * What the remote service does on a good day; sees every call, also one whose answer is scripted. Undefined: it has
 * no such address.
 */
export type Answer = (call: FakeCall, report: (problem: string) => void) => FakeReply | undefined;

/** A remote service on loopback: records what it got, is told what to answer next. */
export interface HttpFake {
  /** Without a trailing slash. */
  readonly url: string;
  readonly calls: readonly FakeCall[];
  /** What was wrong with the calls it got: bad payloads, unknown addresses. */
  readonly problems: readonly string[];
  /** The next answers, in order, instead of the usual one. */
  script(...replies: readonly FakeReply[]): void;
  /** Scripted answers that nobody came for. */
  unused(): number;
  /** Forgets calls, problems and script. */
  clear(): void;
  /** Throws when a call surprised the fake, a payload was bad, or a scripted answer is left. */
  assertClean(): void;
  close(): Promise<void>;
}

export interface HttpFakeOptions {
  /** Which calls take a scripted answer; all of them where absent. */
  readonly scripted?: (call: FakeCall) => boolean;
  readonly port?: number;
  /** Long runs keep no record of their calls. */
  readonly record?: boolean;
}

export async function startHttpFake(answer: Answer, options: HttpFakeOptions = {}): Promise<HttpFake> {
  const { scripted = () => true, port = 0, record = true } = options;
  const calls: FakeCall[] = [];
  const problems: string[] = [];
  const replies: FakeReply[] = [];

  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => {});
    request.on('end', () => {
      const call = readCall(request, Buffer.concat(chunks).toString('utf8'));
      if (record) calls.push(call);
      const usual = answer(call, (problem) => problems.push(problem));
      if (usual === undefined) problems.push(`unexpected call: ${call.method} ${call.path}`);
      const reply = (scripted(call) ? replies.shift() : undefined) ?? usual ?? { status: 404, body: 'no such address' };
      if (reply === 'hang') return;
      if (reply === 'reset') request.socket.destroy();
      else writeReply(response, reply);
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    problems,
    script: (...next) => void replies.push(...next),
    unused: () => replies.length,
    clear() {
      for (const list of [calls, problems, replies]) list.length = 0;
    },
    assertClean() {
      const faults = [...problems];
      if (replies.length > 0) faults.push(`${replies.length} scripted answers were not used`);
      if (faults.length > 0) throw new Error(faults.join('\n'));
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function readCall(request: http.IncomingMessage, body: string): FakeCall {
  const url = new URL(request.url ?? '/', 'http://fake');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body,
    parsed: parseBody(request.headers['content-type'] ?? '', body),
  };
}

function parseBody(contentType: string, body: string): unknown {
  if (contentType.startsWith('application/x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(body));
  if (!contentType.includes('json')) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function writeReply(response: http.ServerResponse, reply: Exclude<FakeReply, string>): void {
  const { status = 200, headers = {}, body } = reply;
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...(text !== '' && { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json; charset=utf-8' }),
    ...headers,
  });
  response.end(text);
}
