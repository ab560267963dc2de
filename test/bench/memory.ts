import { readFileSync } from 'node:fs';
import { removeFolder, type ServerProcess, startServer } from '../server.ts';
import { pushBody, SECRET, signatureOf } from './push.ts';

const WAITING = 100_000;
const CHANNELS = 50;

export interface MemoryFigure {
  readonly name: string;
  readonly megabytes: number;
}

/** At start, and with 100,000 deliveries that wait for channels nobody answers at. */
export async function measureMemory(): Promise<readonly MemoryFigure[]> {
  const channels = Object.fromEntries(
    Array.from({ length: CHANNELS }, (_, at) => [
      `channel-${at}`,
      { platform: 'webhook', url: 'http://127.0.0.1:9/', secret: 'unused', retry: ['1h'] },
    ]),
  );
  const server = await startServer({
    config: {
      sources: { github: { type: 'github', secret: SECRET } },
      channels,
      routes: [{ name: 'all', to: Object.keys(channels) }],
    },
  });
  const atStart = residentMegabytes(server);
  const body = pushBody();
  let next = 0;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (next++ < WAITING / CHANNELS) {
        const headers = {
          'content-type': 'application/json',
          'x-github-event': 'push',
          'x-github-delivery': crypto.randomUUID(),
          'x-hub-signature-256': signatureOf(body),
        };
        await (
          await fetch(`${server.url}/hooks/github`, { method: 'POST', headers, body: new Uint8Array(body) })
        ).arrayBuffer();
      }
    }),
  );
  await new Promise((done) => setTimeout(done, 3_000));
  const { deliveries } = await server.api<{ deliveries: { queued?: number } }>('/api/stats');
  const waiting = residentMegabytes(server);
  await server.stop('SIGKILL');
  await removeFolder(server.folder);
  return [
    { name: 'at start', megabytes: atStart },
    { name: `with ${(deliveries.queued ?? 0).toLocaleString('en')} deliveries waiting`, megabytes: waiting },
  ];
}

/** What the kernel says the process holds; Linux only. */
function residentMegabytes({ process: { pid } }: ServerProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1_024;
}
