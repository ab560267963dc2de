import { writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { ADMIN_TOKEN, removeFolder, type ServerProcess, startServer } from '../server.ts';
import { until } from '../until.ts';

let server: ServerProcess | undefined;
let receiver: Server | undefined;
const folders = new Set<string>();

afterEach(async () => {
  await server?.stop('SIGKILL');
  receiver?.closeAllConnections();
  receiver?.close();
  for (const folder of folders) await removeFolder(folder);
  folders.clear();
});

const config = (over: object = {}) => ({
  sources: { any: { type: 'generic', verify: 'none', map: { id: '{{payload.id}}', title: 'hook {{payload.id}}' } } },
  channels: { screen: { platform: 'console', pace: false } },
  routes: [{ name: 'all', to: 'screen' }],
  ...over,
});

async function start(over: object, folder?: string): Promise<ServerProcess> {
  server = await startServer({ config: config(over), ...(folder === undefined ? {} : { folder }) });
  folders.add(server.folder);
  const { output } = server;
  // It answers a moment before it listens to signals.
  await until(() => output().includes('Bellhop listens on'), 'the greeting');
  return server;
}

/** Takes a message and never answers. */
async function startSilentReceiver(): Promise<{ readonly url: string; readonly taken: () => number }> {
  let taken = 0;
  const listening = createServer(() => {
    taken++;
  });
  receiver = listening;
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  const { port } = listening.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, taken: () => taken };
}

/** One connection a hook, so that a closed door shows as such. */
function hook(
  { url }: ServerProcess,
  id: string,
): Promise<{ readonly id: string; readonly status: number; readonly text: string }> {
  return new Promise((done) => {
    const outgoing = request(`${url}/hooks/any`, { method: 'POST', agent: false, timeout: 5_000 }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      incoming.on('end', () => done({ id, status: incoming.statusCode ?? 0, text }));
      incoming.on('error', (error) => done({ id, status: -1, text: String(error) }));
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')));
    outgoing.on('error', (error) => done({ id, status: 0, text: String(error) }));
    outgoing.end(JSON.stringify({ id }));
  });
}

const edit = (running: ServerProcess, over: object | string) =>
  writeFile(
    join(running.folder, 'config', 'bellhop.json'),
    typeof over === 'string' ? over : JSON.stringify(config(over), undefined, 2),
  );

it('SIGTERM while hooks flow and a delivery hangs: 503, exit 0 within 10 s, nothing acknowledged is lost', async () => {
  const silent = await startSilentReceiver();
  const over = {
    channels: {
      out: {
        platform: 'webhook',
        url: silent.url,
        secret: 'whsec_c2VjcmV0LW9mLXRoZS10ZXN0LTEyMzQ1Njc4OTA=',
        timeout: '60s',
      },
    },
    routes: [{ name: 'all', to: 'out' }],
  };
  const running = await start(over);
  await hook(running, 'first');
  await until(() => silent.taken() === 1, 'the delivery that hangs');

  const answers: Promise<Awaited<ReturnType<typeof hook>>>[] = [];
  let flowing = true;
  const flow = (async () => {
    for (let i = 0; flowing; i++) {
      answers.push(hook(running, `h${i}`));
      await new Promise((done) => setTimeout(done, 5));
    }
  })();
  await until(() => answers.length > 50, 'hooks to flow');
  const signalled = Date.now();
  const code = await running.stop('SIGTERM');
  const tookMs = Date.now() - signalled;
  flowing = false;
  await flow;

  expect(code).toBe(0);
  expect(tookMs).toBeLessThan(10_000);
  const answered = await Promise.all(answers);
  // 0: the door was shut already, or shut while this one stood in the kernel's queue. Nobody waited in vain.
  expect([...new Set(answered.map(({ status }) => status))].sort()).toEqual([0, 200, 503]);
  expect(answered.filter(({ status, text }) => status === 0 && !/ECONNREFUSED|ECONNRESET/.test(text))).toEqual([]);
  for (const { status, text } of answered) {
    if (status !== 503) continue;
    expect(JSON.parse(text)).toEqual({
      error: { code: 'busy', message: 'Bellhop is shutting down; send it again in a moment.' },
    });
  }

  const again = await start(over, running.folder);
  const { events } = await again.api<{ events: { title: string; deliveries: string[] }[] }>('/api/events?limit=500');
  const stored = events.map(({ title }) => title).sort();
  const accepted = answered.filter(({ status }) => status === 200).map(({ id }) => `hook ${id}`);
  expect(stored).toEqual(['hook first', ...accepted].sort());
  expect(events.every(({ deliveries }) => deliveries.length === 1)).toBe(true);
}, 40_000);

it('SIGHUP reloads the config, and a broken one is logged with file, line and column', async () => {
  const running = await start({});
  const routes = async () => {
    const response = await fetch(`${running.url}/api/explain`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      body: JSON.stringify({ source: 'any', payload: { id: 'x' } }),
    });
    return ((await response.json()) as { routes: { name: string }[] }).routes.map(({ name }) => name);
  };
  await edit(running, { routes: [{ name: 'hung up', to: 'screen' }] });
  running.process.kill('SIGHUP');
  await until(async () => (await routes())[0] === 'hung up', 'the new route');
  await edit(running, '{\n  "routes": [ { "name": }\n');
  running.process.kill('SIGHUP');
  await until(() => /config\/bellhop\.json:2:\d+: /.test(running.output()), 'the mistake in the log');
  const { parts } = (await (await fetch(`${running.url}/readyz`)).json()) as { parts: { config: { detail: string } } };
  expect(parts.config.detail).toMatch(/^config\/bellhop\.json:2:\d+: /);
  expect(await routes()).toEqual(['hung up']);
}, 30_000);

// In a process of its own, so that a lane that runs wild fails the test instead of hanging the suite.
it('a channel that leaves the config keeps what waits, and goes on when it is back', async () => {
  const slow = (pace: object | false) => ({
    channels: { screen: { platform: 'console' }, slow: { platform: 'console', pace } },
    routes: [{ name: 'slow', to: 'slow' }],
  });
  const running = await start(slow({ perSecond: 0.001, burst: 1 }));
  const states = async () => {
    const { deliveries } = await running.api<{ deliveries: { state: string }[] }>(
      '/api/deliveries?channel=slow&limit=500',
      {
        signal: AbortSignal.timeout(3_000),
      },
    );
    return deliveries.map(({ state }) => state).sort();
  };
  for (const id of ['1', '2', '3']) await hook(running, id);
  await until(async () => (await states()).includes('sent'), 'the first to be sent');
  await edit(running, {});
  running.process.kill('SIGHUP');
  let next = 4;
  await until(async () => {
    const { id } = await hook(running, String(next++));
    // As many as fit a page of the answer above, however long the reload takes.
    await pause(20);
    return new RegExp(`hook ${id}\\b`).test(running.output());
  }, 'the other channel');
  const waiting = await states();
  expect(waiting.filter((state) => state === 'sent')).toHaveLength(1);
  expect(waiting.filter((state) => state === 'queued').length).toBeGreaterThanOrEqual(2);
  expect(waiting).not.toContain('dead');
  await edit(running, slow(false));
  running.process.kill('SIGHUP');
  await until(async () => (await states()).every((state) => state === 'sent'), 'what waited to be sent');
  expect(running.output().match(/hook [123]\b/g)).toEqual(['hook 1', 'hook 2', 'hook 3']);
}, 40_000);
