import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '../../src/http/metrics.ts';
import { FAKE_BOT_TOKEN, type SlackFake, startSlackFake } from '../fakes/slack.ts';
import { until } from '../until.ts';
import { startTestApp, type TestApp } from './app.ts';

const config = (slack: object = {}) => ({
  sources: {
    any: { type: 'generic', verify: 'none', map: { event: '{{payload.event}}', title: 'x' } },
    github: { type: 'github', verify: 'none' },
  },
  channels: { screen: { platform: 'console', pace: false } },
  routes: [{ name: 'all', to: 'screen' }],
  ...slack,
});

/** One line of the text format: https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
const SAMPLE =
  /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|Nan|[+-]Inf)$/;

function samplesOf(text: string) {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
      if (name === undefined) throw new Error(`This is no line of a metric: ${line}`);
      return { name, labels, value: Number(value) };
    });
}

describe('health', () => {
  let bellhop: TestApp;
  beforeAll(async () => {
    bellhop = await startTestApp(config());
  });
  afterAll(() => bellhop.stop());

  it('/healthz says that it lives, /readyz says so part by part', async () => {
    expect(await bellhop.send('/healthz')).toMatchObject({ status: 200, body: { ok: true } });
    const ready = await bellhop.send('/readyz');
    expect(ready.status).toBe(200);
    expect(ready.body).toEqual({
      ok: true,
      parts: {
        overlay: { ok: true, detail: 'in force' },
        store: { ok: true, detail: 'writable' },
        config: { ok: true, detail: 'in force' },
        templates: { ok: true, detail: 'good' },
        console: { ok: true, detail: 'Prints to this terminal.' },
      },
    });
    expect((await bellhop.send('/healthz', { method: 'HEAD' })).status).toBe(200);
  });

  it('/metrics is Prometheus text with every metric that is promised, from the first scrape on', async () => {
    const { text, headers, status } = await bellhop.send('/metrics');
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    for (const [name, { help }] of Object.entries(METRICS)) {
      expect(text).toContain(`# HELP ${name} ${help}\n`);
      expect(text).toMatch(new RegExp(`^# TYPE ${name} (counter|gauge|histogram)$`, 'm'));
    }
    const samples = samplesOf(text);
    expect(samples).toContainEqual({ name: 'bellhop_config_valid', labels: '', value: 1 });
    expect(samples).toContainEqual({ name: 'bellhop_muted_total', labels: '', value: 0 });
    expect(samples).toContainEqual({ name: 'bellhop_ack_seconds_count', labels: '', value: 0 });
  });

  it('names that senders make up do not make series without end, nor break the text', async () => {
    for (let i = 0; i < 320; i++) await bellhop.send('/hooks/any', { body: { event: `made-up-${i}"\\\n{}` } });
    await bellhop.send('/hooks/any', { body: { event: 'made-up-7"\\\n{}' } });
    const samples = samplesOf((await bellhop.send('/metrics')).text).filter(
      ({ name }) => name === 'bellhop_events_total',
    );
    expect(samples).toHaveLength(301);
    expect(samples.reduce((sum, { value }) => sum + value, 0)).toBe(321);
    expect(samples.find(({ labels }) => labels.includes('event="other"'))?.value).toBe(20);
    await bellhop.send('/hooks/github', {
      headers: { 'x-github-event': 'ping' },
      body: { zen: 'x', hook_id: 1, hook: {} },
    });
    const github = samplesOf((await bellhop.send('/metrics')).text).filter(({ labels }) =>
      labels.includes('source="github"'),
    );
    expect(github.length).toBeGreaterThan(0);
  });
});

describe('a platform that is out of reach', () => {
  let slack: SlackFake;
  let bellhop: TestApp;
  beforeAll(async () => {
    slack = await startSlackFake();
    bellhop = await startTestApp(
      config({
        platforms: { slack: { botToken: FAKE_BOT_TOKEN, apiUrl: slack.apiUrl } },
        channels: { ops: { platform: 'slack', id: 'C0123456789' } },
        routes: [{ name: 'all', to: 'ops' }],
      }),
    );
  });
  afterAll(() => bellhop.stop());

  it('is named by /readyz without its token, while hooks are taken', async () => {
    await slack.close();
    const ready = await until(async () => {
      const answer = await bellhop.send('/readyz');
      return answer.status === 503 && answer;
    }, '/readyz to notice');
    expect(ready.body).toMatchObject({ ok: false, parts: { store: { ok: true }, slack: { ok: false } } });
    expect(ready.text).not.toContain(FAKE_BOT_TOKEN);
    const hook = await bellhop.send('/hooks/any', { body: { event: 'x' } });
    expect([hook.status, hook.body.status]).toEqual([200, 'accepted']);
    await until(
      async () => (await bellhop.send('/metrics')).text.includes('bellhop_deliveries_waiting{channel="ops"} 1\n'),
      'the waiting delivery to be counted',
    );
  });
});
