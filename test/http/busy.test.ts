import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, startTestApp, type TestApp } from './app.ts';

const config = (server: object) => ({
  server,
  sources: { any: { type: 'generic', verify: 'none', map: { id: '{{payload.id}}' } } },
  channels: { screen: { platform: 'console', pace: false } },
  routes: [{ name: 'all', to: 'screen' }],
});

const told = ({ status, headers, body }: Answer) => [status, body.error?.code ?? body.status, headers['retry-after']];

describe('a store that cannot be written', () => {
  let bellhop: TestApp;
  let other: Database.Database;
  beforeAll(async () => {
    bellhop = await startTestApp(config({}));
    other = new Database(join(bellhop.folder, 'data', 'bellhop.db'));
  });
  afterAll(async () => {
    other.close();
    await bellhop.stop();
  });

  it('has hooks told to come back, in words, and loses and doubles nothing', async () => {
    const hook = (id: string) => bellhop.send('/hooks/any', { body: { id, title: `hook ${id}` } });
    expect(told(await hook('before'))).toEqual([200, 'accepted', undefined]);
    other.exec('BEGIN IMMEDIATE');
    const refused = await hook('during');
    expect(told(refused)).toEqual([503, 'busy', '5']);
    expect(refused.body.error.message).toBe('Bellhop cannot write to its disk now; send it again in a moment.');
    const ready = await bellhop.send('/readyz');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({
      ok: false,
      parts: { store: { ok: false, detail: 'cannot be written; is the disk full?' }, config: { ok: true } },
    });
    expect((await bellhop.send('/healthz')).body).toEqual({ ok: true });
    // A stranger is refused all the same, though nothing of it can be kept.
    expect(told(await bellhop.send('/hooks/nobody', { body: {} }))).toEqual([404, 'unknown_source', undefined]);
    expect((await bellhop.api('/api/events')).body.events).toHaveLength(1);
    other.exec('ROLLBACK');
    expect(told(await hook('during'))).toEqual([200, 'accepted', undefined]);
    expect(told(await hook('during'))).toEqual([200, 'duplicate', undefined]);
    expect((await bellhop.send('/readyz')).status).toBe(200);
    expect((await bellhop.api('/api/events')).body.events).toHaveLength(2);
    expect((await bellhop.api('/api/rejected')).body.rejected).toEqual([]);
    expect((await bellhop.send('/metrics')).text).toContain('bellhop_hooks_total{source="any",status="busy"} 1\n');
  });

  it('has replays and retries answered busy, not internal', async () => {
    const { events } = (await bellhop.api('/api/events')).body;
    other.exec('BEGIN IMMEDIATE');
    const replay = await bellhop.api(`/api/events/${events[0].id}/replay`, { method: 'POST' });
    const retry = await bellhop.api(`/api/deliveries/${events[0].deliveries[0]}/retry`, { method: 'POST' });
    other.exec('ROLLBACK');
    expect([replay.status, replay.body.error.code]).toEqual([503, 'busy']);
    expect([retry.status, retry.body.error.code]).toEqual([503, 'busy']);
  });
});

describe('server.rateLimit', () => {
  let bellhop: TestApp;
  beforeAll(async () => {
    bellhop = await startTestApp(config({ rateLimit: 3, trustProxy: 1 }));
  });
  afterAll(() => bellhop.stop());

  it('tells one address that is too fast to come back, and no other', async () => {
    const from = async (address: string, path = '/hooks/any') =>
      told(await bellhop.send(path, { headers: { 'x-forwarded-for': address }, body: { title: 'x' } }));
    for (let i = 0; i < 3; i++) expect(await from('192.0.2.1')).toEqual([200, 'accepted', undefined]);
    expect(await from('192.0.2.1')).toEqual([503, 'rate_limited', '60']);
    expect(await from('192.0.2.1', '/hooks/nobody')).toEqual([503, 'rate_limited', '60']);
    expect(await from('198.51.100.1, 192.0.2.1')).toEqual([503, 'rate_limited', '60']);
    expect(await from('192.0.2.2')).toEqual([200, 'accepted', undefined]);
    expect((await bellhop.api('/api/rejected')).body.rejected).toEqual([]);
    const { text } = await bellhop.send('/metrics');
    expect(text).toContain('bellhop_hooks_total{source="any",status="rate_limited"} 2\n');
    expect(text).toContain('bellhop_hooks_total{source="unknown",status="rate_limited"} 1\n');
  });

  it('and the proxies that are believed follow a changed config at once', async () => {
    await bellhop.writeConfig(config({ rateLimit: 5, trustProxy: 0 }));
    await bellhop.app.reload();
    const from = async (address: string) =>
      told(await bellhop.send('/hooks/any', { headers: { 'x-forwarded-for': address }, body: { title: 'x' } }))[1];
    const answers = [];
    for (let i = 0; i < 6; i++) answers.push(await from(`203.0.113.${i}`));
    expect(answers).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'accepted', 'rate_limited']);
    await bellhop.writeConfig(config({}));
    await bellhop.app.reload();
    expect(await from('203.0.113.9')).toBe('accepted');
  });
});
