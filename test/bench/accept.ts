import autocannon from 'autocannon';
import { removeFolder, type ServerProcess, startServer } from '../server.ts';
import { startChild } from './child.ts';
import { median, pushBody, SECRET, signatureOf } from './push.ts';

const ROUNDS = 5;
const SECONDS = 4;
const CONNECTIONS = 64;

export interface AcceptFigure {
  readonly name: string;
  readonly perSecond: number;
  readonly p99Ms: number;
  readonly ratio?: string;
}

/** The contestants take turns, so that a slow minute of the machine hits all of them. */
export async function measureAccept(): Promise<readonly AcceptFigure[]> {
  const bare = await startChild('bare-express.ts');
  const few = await startServer({ config: configWith(10) });
  const many = await startServer({ config: configWith(10_000) });
  const contestants = [
    { name: 'bare Express 5: HMAC, parse, answer, store nothing', url: bare.url },
    { name: 'Bellhop: durable accept, 10 routes', url: few.url },
    { name: 'Bellhop: durable accept, 10,000 routes', url: many.url },
  ];
  const rounds: { readonly perSecond: number; readonly p99Ms: number }[][] = contestants.map(() => []);
  // The first round warms the compilers up and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [at, { url }] of contestants.entries()) {
      const result = await load(url);
      if (round > 0) rounds[at]?.push(result);
    }
  }
  bare.stop();
  for (const server of [few, many]) await end(server);
  const ratioTo = (base: number, at: number): number =>
    median(
      (rounds[at] ?? []).map(({ perSecond }, round) => perSecond / (rounds[base]?.[round]?.perSecond ?? Number.NaN)),
    );
  return contestants.map(({ name }, at) => ({
    name,
    perSecond: median((rounds[at] ?? []).map((one) => one.perSecond)),
    p99Ms: median((rounds[at] ?? []).map((one) => one.p99Ms)),
    ...(at === 1 ? { ratio: `${ratioTo(0, 1).toFixed(2)} × bare` } : {}),
    ...(at === 2 ? { ratio: `${ratioTo(1, 2).toFixed(2)} × 10 routes` } : {}),
  }));
}

/** Routes that never match, and one that sends to a channel whose deliveries stay queued: accept alone is measured. */
const configWith = (routes: number): object => ({
  sources: { github: { type: 'github', secret: SECRET } },
  channels: { away: { platform: 'webhook', url: 'http://127.0.0.1:9/', secret: 'unused', retry: ['1h'] } },
  routes: Array.from({ length: routes }, (_, at) => ({
    name: `route-${at}`,
    match: at === routes - 1 ? { event: 'push' } : { event: 'push', repo: `acme/repository-${at}` },
    to: ['away'],
  })),
});

async function load(url: string): Promise<{ readonly perSecond: number; readonly p99Ms: number }> {
  const body = pushBody();
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-hub-signature-256': signatureOf(body),
  };
  const result = await autocannon({
    url: `${url}/hooks/github`,
    method: 'POST',
    connections: CONNECTIONS,
    duration: SECONDS,
    headers,
    body,
    requests: [{ method: 'POST', path: '/hooks/github', headers, body, setupRequest: withFreshId }],
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refused, ${result.errors} failed`);
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 };
}

let sent = 0;
function withFreshId(request: autocannon.Request): autocannon.Request {
  return { ...request, headers: { ...request.headers, 'x-github-delivery': `bench-${process.pid}-${sent++}` } };
}

async function end(server: ServerProcess): Promise<void> {
  await server.stop('SIGKILL');
  await removeFolder(server.folder);
}
