import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { testRandom } from '../builders.ts';
import { FANOUT_SECRET, startWebhookFake, type WebhookFake } from '../fakes/webhook.ts';
import { freePort, githubHook, removeFolder, type ServerProcess, startServer } from '../server.ts';
import { until } from '../until.ts';

const ROUNDS = 20;
const SENDERS = 8;
const SECRET = 'github-secret-of-the-chaos';

let fanout: WebhookFake | undefined;
let server: ServerProcess | undefined;

afterAll(async () => {
  await server?.stop('SIGKILL');
  await fanout?.close();
  if (server !== undefined) await removeFolder(server.folder);
});

it(`loses nothing that was answered 200, killed ${ROUNDS} times under load`, async () => {
  const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
  const random = testRandom(seed);
  fanout = await startWebhookFake();
  const port = await freePort();
  const config = {
    sources: { github: { type: 'github', secret: SECRET } },
    channels: Object.fromEntries(
      ['one', 'two'].map((name) => [
        name,
        { platform: 'webhook', url: fanout?.hookUrl, secret: FANOUT_SECRET, pace: false },
      ]),
    ),
    routes: [{ name: 'all', to: ['one', 'two'] }],
    delivery: { retry: ['50ms', '100ms', '200ms', '500ms', '1s'] },
  };
  const acknowledged = new Set<string>();
  let sent = 0;

  for (let round = 0; round < ROUNDS; round++) {
    const running: ServerProcess = await startServer({
      config,
      port,
      ...(server === undefined ? {} : { folder: server.folder }),
    });
    server = running;
    const end = Date.now() + 100 + random() * 500;
    const senders = Array.from({ length: SENDERS }, async () => {
      while (Date.now() < end) {
        const tag = `chaos-${sent++}-end`;
        const ok = await fetch(`${running.url}/hooks/github`, githubHook('push', aPush(tag), { secret: SECRET })).then(
          (response) => response.status === 200,
          () => false,
        );
        if (ok) acknowledged.add(tag);
        else await wait(5);
      }
    });
    await wait(50 + random() * 450);
    await running.stop('SIGKILL');
    await Promise.all(senders);
  }

  server = await startServer({ config, port, ...(server === undefined ? {} : { folder: server.folder }) });
  const { api } = server;
  await until(
    async () => {
      const { deliveries } = await api<{ deliveries: { queued?: number; sending?: number } }>('/api/stats');
      return (deliveries.queued ?? 0) + (deliveries.sending ?? 0) === 0;
    },
    'everything to be delivered',
    60,
  );
  const arrivals = countArrivals(fanout);
  const lost = [...acknowledged].filter((tag) => (arrivals.get(tag)?.size ?? 0) < 2);
  const duplicates = [...arrivals.values()].reduce(
    (sum, ids) => sum + [...ids.values()].reduce((more, times) => more + times - 1, 0),
    0,
  );
  console.log(
    `chaos (seed ${seed}): ${ROUNDS} kills, ${sent} sent, ${acknowledged.size} answered 200, lost ${lost.length}, duplicates ${duplicates}`,
  );
  expect(acknowledged.size).toBeGreaterThan(ROUNDS);
  expect(lost).toEqual([]);
  // Twice is allowed, and then with the same id, so that a receiver can tell: two channels, two ids.
  expect([...arrivals.values()].filter((ids) => ids.size !== 2)).toEqual([]);
}, 240_000);

/** Per push, how often each delivery id came. */
function countArrivals(fake: WebhookFake): ReadonlyMap<string, Map<string, number>> {
  const arrivals = new Map<string, Map<string, number>>();
  for (const { body, headers } of fake.calls) {
    const tag = /chaos-\d+-end/.exec(body)?.[0] ?? body;
    const ids = arrivals.get(tag) ?? new Map<string, number>();
    const id = String(headers['webhook-id']);
    arrivals.set(tag, ids.set(id, (ids.get(id) ?? 0) + 1));
  }
  return arrivals;
}

const aPush = (tag: string): object => ({
  ref: `refs/heads/${tag}`,
  before: '1'.repeat(40),
  after: '2'.repeat(40),
  repository: {
    id: 1,
    name: 'api',
    full_name: 'acme/api',
    html_url: 'https://github.com/acme/api',
    default_branch: 'main',
  },
  pusher: { name: 'mona' },
  sender: { login: 'mona', type: 'User' },
  commits: [
    { id: '2'.repeat(40), message: tag, url: 'https://github.com/acme/api/commit/2', author: { name: 'Mona' } },
  ],
  head_commit: {
    id: '2'.repeat(40),
    message: tag,
    url: 'https://github.com/acme/api/commit/2',
    author: { name: 'Mona' },
  },
});
