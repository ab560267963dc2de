import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { type Answer, startTestApp, type TestApp } from './app.ts';

const CONFIG = {
  sources: {
    shop: {
      type: 'generic',
      verify: 'none',
      map: {
        event: 'order.{{payload.status}}',
        title: 'Order {{payload.id}}',
        key: 'order:{{payload.id}}',
        severity: '{{payload.severity}}',
        state: '{{payload.status}}',
        labels: { region: '{{payload.region}}' },
      },
    },
    basic: { type: 'generic', auth: { basic: { user: 'mona', password: 'a-password' } } },
  },
  channels: { screen: { platform: 'console', pace: false }, scream: { platform: 'console', pace: false } },
  routes: [{ name: 'all', match: { source: 'shop' }, to: 'screen' }],
  chatops: { timeZone: 'Europe/Berlin', longestMute: '7d' },
};

const ADMIN = { platform: 'api', id: 'admin', name: 'API' };

let bellhop: TestApp;
beforeAll(async () => {
  bellhop = await startTestApp(CONFIG);
});
afterAll(() => bellhop?.stop());

const mute = (body: object | string) => bellhop.api('/api/mutes', { method: 'POST', body });
const end = (id: string | number) => bellhop.api(`/api/mutes/${id}`, { method: 'DELETE' });
const send = async (order: { readonly id: string; readonly region?: string }): Promise<string> => {
  const { body } = await bellhop.send('/hooks/shop', { body: { severity: 'info', status: 'open', ...order } });
  expect(body.status).toBe('accepted');
  const { events } = (await bellhop.api(`/api/events?source=shop&key=order%3A${order.id}`)).body;
  return events[0].id;
};
const refusal = ({ status, body }: Answer) => [status, body.error.code, body.error.message];
/** Makes a mute and ends it again, whatever comes between. */
async function muted(body: object, during: (mute: Answer['body']) => Promise<void>): Promise<Answer['body']> {
  const made = await mute(body);
  expect(made.status).toBe(201);
  try {
    await during(made.body);
  } finally {
    made.body.ended = (await end(made.body.id)).body;
  }
  return made.body.ended;
}

describe('/api/mutes', () => {
  it('makes one, lists it, holds back, counts, shows it at the event, and ends it', async () => {
    await send({ id: 'before', region: 'eu' });
    const order = { source: 'shop', where: { region: ['eu', '!us'] }, channel: 'screen', for: '2h', because: 'deploy' };
    const ended = await muted(order, async (made) => {
      expect(made).toEqual({
        id: expect.stringMatching(/^mute_/),
        number: expect.any(Number),
        scope: { channel: 'screen', source: 'shop', where: { region: ['eu', '!us'] } },
        summary: `#${made.number} shop where region:eu region:-us in screen for 2 h: deploy`,
        who: ADMIN,
        why: 'deploy',
        from: '2026-11-21T12:00:00.000Z',
        until: '2026-11-21T14:00:00.000Z',
        untilResolved: false,
        critical: false,
        held: 0,
        wouldHide: { count: 1, bySeverity: { info: 1 }, atLeast: false },
      });
      const hidden = await send({ id: 'hidden', region: 'eu' });
      const passes = await send({ id: 'passes', region: 'us' });
      const { mutes } = (await bellhop.api('/api/mutes')).body;
      const { wouldHide: _, ...shown } = made;
      expect(mutes).toEqual([{ ...shown, held: 1 }]);
      const event = (await bellhop.api(`/api/events/${hidden}`)).body;
      expect(event.mutes).toMatchObject([{ id: made.id, why: 'deploy' }]);
      expect(event.deliveries).toMatchObject([{ state: 'muted', mute: made.id, attempts: [] }]);
      expect((await bellhop.api(`/api/events/${passes}`)).body.mutes).toEqual([]);
      expect((await bellhop.send('/metrics')).text).toMatch(/^bellhop_muted_total [1-9]/m);
    });
    expect(ended).toMatchObject({
      ended: true,
      held: 1,
      groups: [{ source: 'shop', severity: 'info', count: 1 }],
      openCount: 1,
      open: [{ title: 'Order hidden', severity: 'info', url: null }],
    });
    expect((await bellhop.api('/api/mutes')).body.mutes).toEqual([]);
  });

  it('posts what one holds back when it is asked to', async () => {
    await muted({ source: 'shop', channel: 'screen' }, async ({ id }) => {
      const event = await send({ id: 'posted' });
      expect((await bellhop.api(`/api/mutes/${id}/post`, { method: 'POST', body: {} })).body).toEqual({ posted: 1 });
      await until(
        async () => (await bellhop.api(`/api/events/${event}`)).body.deliveries[0].state === 'sent',
        'what was held back',
      );
    });
  });

  it.each<[string, object, object]>([
    ['the config’s own length', {}, { until: '2026-11-21T13:00:00.000Z' }],
    ['a clock in the config’s zone', { until: '14:30' }, { until: '2026-11-21T13:30:00.000Z' }],
    ['a moment', { until: '2026-11-22T09:00:00+02:00' }, { until: '2026-11-22T07:00:00.000Z' }],
    ['no end: the token is an administrator’s', { until: 'forever' }, { until: null }],
    ['longer than chat may', { for: '30d' }, { until: '2026-12-21T12:00:00.000Z' }],
    ['an end of the thing itself', { key: 'order:7', until: 'resolved' }, { untilResolved: true }],
    ['everywhere', { everywhere: true }, { scope: { source: 'shop' } }],
  ])('takes %s', async (_what, over, shown) => {
    const where = 'everywhere' in over ? {} : { channel: 'screen' };
    await muted({ source: 'shop', ...where, ...over }, async (made) => expect(made).toMatchObject(shown));
  });

  it.each<[string, object | string, string]>([
    ['nowhere', { source: 'shop' }, 'neither "channel" nor "everywhere"; name the channel to mute in (screen, scream)'],
    ['two places', { source: 'shop', channel: 'screen', everywhere: true }, 'both "channel" and "everywhere"'],
    ['a setting that is none', { sorce: 'shop' }, '"sorce" is no setting here; did you mean "source"?'],
    ['no object', '[]', 'is no object; expected JSON'],
    [
      'other types',
      { source: 7, where: 'x', for: 5 },
      'source: is no text; expected the name of a source; where: is no object',
    ],
    [
      'an empty condition',
      { where: { region: [] }, channel: 'screen' },
      'where.region: is empty; expected text, or a list of texts',
    ],
    ['a duration that is none', { source: 'shop', channel: 'screen', for: 'soon' }, 'for: is no duration'],
    ['two ends', { source: 'shop', channel: 'screen', for: '1h', until: '09:00' }, 'both "for" and "until"'],
    ['a time that is none', { source: 'shop', channel: 'screen', until: '25:99' }, '25:99'],
    ['a moment that is over', { source: 'shop', channel: 'screen', until: '2026-11-21T11:00:00Z' }, ''],
    ['a channel that is none', { source: 'shop', channel: 'scren' }, 'scren'],
    ['a reason without an end', { source: 'shop', channel: 'screen', because: 'x'.repeat(501) }, 'longer than 500'],
    ['no JSON', '{', 'The body is no JSON.'],
  ])('refuses %s in a sentence', async (_what, body, sentence) => {
    const [status, code, message] = refusal(await mute(body));
    expect([status, code]).toEqual([400, 'bad_request']);
    expect(message).toContain(sentence);
    expect((await bellhop.api('/api/mutes')).body.mutes).toEqual([]);
  });

  it('ends by number too, and says what is there when there is none', async () => {
    const { body: first } = await mute({ source: 'shop', channel: 'screen' });
    const [status, , message] = refusal(await end('mute_nothing'));
    expect([status, message]).toEqual([404, `There is no mute mute_nothing; in force: #${first.number}.`]);
    expect((await end(`%23${first.number}`)).body).toMatchObject({ ended: true, number: first.number, held: 0 });
    expect((await end(first.number)).status).toBe(404);
    expect([404, 409]).toContain((await end(first.id)).status);
  });
});

describe('/api/routes', () => {
  const route = (body: object) => bellhop.api('/api/routes', { method: 'POST', body });

  it('adds one before those of the files, exports it, and removes it', async () => {
    const { status, body: made } = await route({ source: 'shop', where: { region: 'eu' }, to: 'scream', because: 'x' });
    expect(status).toBe(201);
    expect(made).toMatchObject({
      ...{ name: `chat-${made.number}`, from: 'chat', source: 'shop', event: null, to: ['scream'], mode: 'copy' },
      ...{ where: { region: ['eu'] }, who: ADMIN, why: 'x', until: null },
    });
    const { routes } = (await bellhop.api('/api/routes')).body;
    expect(routes).toMatchObject([made, { name: 'all', from: 'file', match: { source: 'shop' }, to: ['screen'] }]);
    const event = await send({ id: 'routed', region: 'eu' });
    const { deliveries } = (await bellhop.api(`/api/events/${event}`)).body;
    expect(deliveries.map(({ channel }: { channel: string }) => channel).sort()).toEqual(['scream', 'screen']);
    expect((await bellhop.api('/api/export')).body.patch).toContain(`"name": "${made.name}"`);
    const removed = await bellhop.api(`/api/routes/${made.name}`, { method: 'DELETE' });
    expect(removed.body).toEqual({ removed: true, name: made.name, number: made.number });
    expect((await bellhop.api('/api/routes')).body.routes).toHaveLength(1);
  });

  it('leaves the files’ routes to the files', async () => {
    expect(refusal(await bellhop.api('/api/routes/all', { method: 'DELETE' }))).toEqual([
      ...[409, 'conflict'],
      'The route "all" is from the config\'s files; remove it there.',
    ]);
    expect((await bellhop.api('/api/routes/nothing', { method: 'DELETE' })).status).toBe(404);
  });

  it('refuses what is no route in a sentence', async () => {
    expect(refusal(await route({}))).toEqual([
      ...[400, 'bad_request'],
      'The body does not fit: source: is missing; expected the name of a source; to: is missing; expected the name of a channel.',
    ]);
    for (const wrong of [{ to: 'nowhere' }, { source: 'nobody' }, { mode: 'both' }])
      expect((await route({ source: 'shop', to: 'scream', ...wrong })).status).toBe(400);
  });
});

describe('/api/audit', () => {
  it('tells who changed what, newest first, by subject and action', async () => {
    const event = await send({ id: 'again' });
    await bellhop.api(`/api/events/${event}/replay`, { method: 'POST', body: { channel: 'scream' } });
    const { audit } = (await bellhop.api(`/api/audit?subject=${event}&action=replay`)).body;
    expect(audit).toEqual([
      {
        id: expect.stringMatching(/^audit_/),
        at: '2026-11-21T12:00:00.000Z',
        by: ADMIN,
        action: 'replay',
        subject: event,
        channel: null,
        detail: expect.stringContaining('scream'),
      },
    ]);
    const { body: made } = await mute({ source: 'shop', channel: 'screen' });
    await end(made.id);
    const of = (await bellhop.api(`/api/audit?subject=${made.id}`)).body.audit;
    expect(of.map(({ action }: { action: string }) => action)).toEqual(['unmute', 'mute']);
  });

  it('turns pages, and refuses an action that is none', async () => {
    const whole = (await bellhop.api('/api/audit?limit=500')).body.audit;
    const pages: object[] = [];
    let next: string | null = '';
    while (next !== null) {
      const { body } = await bellhop.api(`/api/audit?limit=5&before=${next}`);
      pages.push(...body.audit);
      next = body.next;
    }
    expect(whole.length).toBeGreaterThan(5);
    expect(pages).toEqual(whole);
    expect(refusal(await bellhop.api('/api/audit?action=mutee'))[2]).toContain('did you mean "mute"?');
  });
});

describe('besides', () => {
  it('events are found by what they are about', async () => {
    const id = await send({ id: 'k-1' });
    const { events } = (await bellhop.api('/api/events?source=shop&key=order%3Ak-1')).body;
    expect(events).toMatchObject([{ id, key: 'order:k-1' }]);
  });

  it('a source that wants a password asks for it', async () => {
    const { status, headers } = await bellhop.send('/hooks/basic', { body: {} });
    expect([status, headers['www-authenticate']]).toEqual([401, 'Basic realm="basic"']);
  });
});
