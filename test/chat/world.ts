import { systemClock } from '../../src/core/clock.ts';
import type { MessagePlace } from '../../src/core/platform.ts';
import { startTestApp, type TestApp } from '../http/app.ts';
import { until } from '../until.ts';
import type { Door, Posted } from './doors.ts';

/** Bellhop with one door open, and what a scenario can do to it from outside. */
export interface World {
  readonly app: TestApp;
  /** A firing alert comes in, and is where it goes: its event's id. */
  alert(labels?: Readonly<Record<string, string>>): Promise<string>;
  /** The same alert is over. */
  resolved(labels?: Readonly<Record<string, string>>): Promise<string>;
  /** Bo mutes by the API, where nobody is told but by lane. Its id. */
  mute(order: object): Promise<string>;
  mutes(): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** The states of an event's deliveries, as `team sent`. */
  deliveries(event: string): Promise<readonly string[]>;
  /** Where an event's message stands in the door's channel. */
  placeOf(event: string): Promise<MessagePlace>;
  /** A message that Bellhop posted in the door's channel. */
  posted(words: RegExp): Promise<Posted>;
}

export async function startWorld(door: Door, channel: object = {}): Promise<World & { stop(): Promise<void> }> {
  const app = await startTestApp(
    {
      sources: { alerts: { type: 'alertmanager', verify: 'none' }, github: { type: 'github', verify: 'none' } },
      platforms: door.settings.platforms,
      channels: { team: { ...door.settings.channel, ...channel }, 'war-room': { platform: 'console' } },
      routes: [{ name: 'prod-alerts', match: { source: 'alerts' }, to: ['team'] }],
      chatops: { timeZone: 'Europe/Berlin', permissions: [{ who: door.settings.bo, may: 'admin' }] },
    },
    { clock: systemClock },
  );
  await door.open(`http://127.0.0.1:${app.app.address.port}`);
  const healthy = async () => {
    const { body } = await app.send('/readyz');
    return Object.entries(body.parts as Record<string, { ok: boolean }>)
      .filter(([name]) => name.endsWith('-chat'))
      .every(([, part]) => part.ok);
  };
  await until(healthy, 'the door to open');

  let count = 0;
  async function notify(status: 'firing' | 'resolved', labels: Readonly<Record<string, string>>): Promise<string> {
    count += 1;
    const all = { alertname: 'DiskFull', env: 'prod', severity: 'warning', ...labels };
    const body = {
      version: '4',
      receiver: 'bellhop',
      status,
      groupKey: `{}:{alertname="${all.alertname}"}`,
      groupLabels: { alertname: all.alertname },
      commonLabels: all,
      commonAnnotations: { summary: `The disk is ${90 + count} % full` },
      externalURL: 'https://alerts.example.com',
      alerts: [
        {
          status,
          labels: all,
          annotations: { summary: `The disk is ${90 + count} % full` },
          startsAt: new Date(Date.now() - 60_000).toISOString(),
          endsAt: status === 'firing' ? '0001-01-01T00:00:00Z' : new Date().toISOString(),
          generatorURL: 'https://prometheus.example.com/graph',
          fingerprint: 'b1f1c2d3e4a59681',
        },
      ],
    };
    const { body: answer } = await app.send('/hooks/alerts', { body });
    if (answer?.status !== 'accepted') throw new Error(`the alert was ${JSON.stringify(answer)}`);
    const { body: list } = await app.api('/api/events?source=alerts&limit=1');
    const id = String(list.events[0].id);
    await until(
      async () => (await deliveries(id)).every((one) => !/queued|sending/.test(one)),
      `${id} to be delivered`,
    );
    return id;
  }

  async function deliveries(event: string): Promise<readonly string[]> {
    const { body } = await app.api(`/api/events/${event}`);
    return body.deliveries.map(({ channel, state }: Record<string, string>) => `${channel} ${state}`);
  }

  return {
    app,
    alert: (labels = {}) => notify('firing', labels),
    resolved: (labels = {}) => notify('resolved', labels),
    async mute(order) {
      const { status, body, text } = await app.api('/api/mutes', { body: order });
      if (status !== 201) throw new Error(`the mute was refused: ${text}`);
      return String(body.id);
    },
    mutes: async () => (await app.api('/api/mutes')).body.mutes,
    deliveries,
    async placeOf(event) {
      const { body } = await app.api(`/api/events/${event}`);
      const { channel, message } = body.deliveries[0].ref;
      return { channel, message };
    },
    posted: (words) => until(() => door.posted().find(({ text }) => words.test(text)), `a message like ${words}`),
    stop: () => app.stop(),
  };
}
