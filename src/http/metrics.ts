import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics } from '../core/metrics.ts';
import type { Store } from '../core/store.ts';

/** Every metric, with what it means: the README's table is made from this. */
export const METRICS = {
  bellhop_hooks_total: { labels: ['source', 'status'], help: 'Hooks by source and by what they were answered.' },
  bellhop_events_total: { labels: ['source', 'event'], help: 'New events by source and name.' },
  bellhop_deliveries_total: {
    labels: ['channel', 'platform', 'outcome'],
    help: 'Attempts by channel, platform and outcome.',
  },
  bellhop_deliveries_waiting: { labels: ['channel'], help: 'Deliveries that wait, by channel.' },
  bellhop_delivery_lag_seconds: {
    labels: [],
    help: 'From a hook’s receipt to its platform’s acceptance, throttled time included.',
  },
  bellhop_ack_seconds: {
    labels: [],
    help: 'From a hook’s first byte to its answer, with its commit to disk in between.',
  },
  bellhop_muted_total: { labels: [], help: 'Deliveries that a mute held back.' },
  bellhop_rate_limited_total: { labels: ['platform'], help: 'Times a platform asked to wait.' },
  bellhop_config_valid: {
    labels: [],
    help: '1 when the config on disk is in force, 0 when it has mistakes and the previous one is.',
  },
} as const;

type MetricName = keyof typeof METRICS;

/**
 * Event names per source with a series of their own, the rest counted as `other`: senders make up names, and every series
 * costs memory here and in Prometheus. More than GitHub has, with all its actions.
 */
const MOST_EVENT_NAMES = 300;

export interface PrometheusMetrics extends Metrics {
  text(): Promise<{ readonly contentType: string; readonly text: string }>;
}

export function createMetrics(store: Pick<Store, 'stats'>): PrometheusMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const settings = (name: MetricName) => ({
    name,
    help: METRICS[name].help,
    labelNames: METRICS[name].labels,
    registers: [registry],
  });
  const hooks = new Counter<string>(settings('bellhop_hooks_total'));
  const events = new Counter<string>(settings('bellhop_events_total'));
  const deliveries = new Counter<string>(settings('bellhop_deliveries_total'));
  const rateLimited = new Counter<string>(settings('bellhop_rate_limited_total'));
  const muted = new Counter<string>(settings('bellhop_muted_total'));
  const valid = new Gauge<string>(settings('bellhop_config_valid'));
  const ack = new Histogram<string>({
    ...settings('bellhop_ack_seconds'),
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  });
  const lag = new Histogram<string>({
    ...settings('bellhop_delivery_lag_seconds'),
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 14400],
  });
  new Gauge<string>({
    ...settings('bellhop_deliveries_waiting'),
    async collect() {
      this.reset();
      // A store that cannot be read must not hide the other metrics, which say so.
      const { waiting } = await store.stats().catch(() => ({ waiting: [] }));
      for (const { channel, count } of waiting) this.set({ channel }, count);
    },
  });
  const named = createNames();
  return {
    hook: (source, status) => hooks.inc({ source, status }),
    event: (source, event) => events.inc({ source, event: named(source, event) }),
    acknowledged: (seconds) => ack.observe(seconds),
    attempt: (channel, platform, outcome) => deliveries.inc({ channel, platform, outcome }),
    delivered: (seconds) => lag.observe(seconds),
    muted: (count) => muted.inc(count),
    rateLimited: (platform) => rateLimited.inc({ platform }),
    configValid: (ok) => valid.set(ok ? 1 : 0),
    text: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

/** The first so many names of each source as they are; `other` for the rest. */
function createNames(): (source: string, event: string) => string {
  const known = new Map<string, Set<string>>();
  return (source, event) => {
    const names = known.get(source) ?? new Set();
    known.set(source, names);
    if (names.size < MOST_EVENT_NAMES) names.add(event);
    return names.has(event) ? event : 'other';
  };
}
