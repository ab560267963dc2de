import { removeFolder, startServer } from '../server.ts';
import { until } from '../until.ts';
import { startChild } from './child.ts';
import { median, pushBody, SECRET, signatureOf } from './push.ts';

const CHANNELS = 50;
const HOOKS = 300;
const SENDERS = 8;
const ROUNDS = 3;

export interface EndToEndFigure {
  readonly name: string;
  readonly perSecond: number;
  readonly deliveries: number;
}

/** Hooks, each to 50 channels, from the first hook sent to the last message received. */
export async function measureEndToEnd(): Promise<readonly EndToEndFigure[]> {
  const receiver = await startChild('receiver.ts');
  const { url } = receiver;
  const figures = [
    await measure('signed webhook', {
      url,
      platforms: {},
      channel: () => ({ platform: 'webhook', url: `${url}/in`, secret: 'whsec_YmVuY2htYXJr', pace: false }),
    }),
    await measure('Slack, by the real WebClient', {
      url,
      platforms: { slack: { botToken: 'xoxb-benchmark', apiUrl: `${url}/api/` } },
      channel: (at) => ({ platform: 'slack', id: `C${String(at).padStart(9, '0')}`, pace: false }),
    }),
  ];
  receiver.stop();
  return figures;
}

interface Setup {
  readonly url: string;
  readonly platforms: object;
  readonly channel: (at: number) => object;
}

async function measure(name: string, { url, platforms, channel }: Setup): Promise<EndToEndFigure> {
  const channels = Object.fromEntries(Array.from({ length: CHANNELS }, (_, at) => [`channel-${at}`, channel(at)]));
  const server = await startServer({
    config: {
      sources: { github: { type: 'github', secret: SECRET } },
      platforms,
      channels,
      routes: [{ name: 'all', to: Object.keys(channels) }],
    },
  });
  const counted = async () => (await (await fetch(url)).json()) as { count: number; last: number };
  const body = pushBody();
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const before = (await counted()).count;
    const started = Date.now();
    let next = 0;
    await Promise.all(
      Array.from({ length: SENDERS }, async () => {
        while (next++ < HOOKS) {
          const headers = {
            'content-type': 'application/json',
            'x-github-event': 'push',
            'x-github-delivery': crypto.randomUUID(),
            'x-hub-signature-256': signatureOf(body),
          };
          const response = await fetch(`${server.url}/hooks/github`, {
            method: 'POST',
            headers,
            body: new Uint8Array(body),
          });
          if (!response.ok) throw new Error(`a hook was answered ${response.status}`);
          await response.arrayBuffer();
        }
      }),
    );
    const wanted = before + HOOKS * CHANNELS;
    const { last } = await until(
      async () => {
        await new Promise((done) => setTimeout(done, 100));
        const now = await counted();
        return now.count >= wanted ? now : undefined;
      },
      'all deliveries',
      120,
    );
    if (round > 0) rates.push((HOOKS * CHANNELS * 1_000) / (last - started));
  }
  await server.stop('SIGKILL');
  await removeFolder(server.folder);
  return { name, perSecond: median(rates), deliveries: HOOKS * CHANNELS };
}
