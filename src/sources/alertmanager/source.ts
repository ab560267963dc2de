import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { SEVERITIES, type Severity } from '../../core/severity.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { oneLine } from '../one-line.ts';
import { SEVERITY_EMOJI, severityOf } from '../severity-of.ts';
import { alertFacts } from './alert-facts.ts';
import { alertsLink, silenceLink } from './links.ts';
import { type Notification, notification } from './payloads.ts';

export const alertmanager = defineSource({
  type: 'alertmanager',
  title: 'Alertmanager',
  docs: 'https://prometheus.io/docs/alerting/latest/configuration/#webhook_config',
  verifier: { scheme: 'bearer' },
  setUp:
    'In `alertmanager.yml`, add a receiver with `webhook_configs: [{ url: "<address>", http_config: { authorization: { credentials: "<secret>" } } }]` and route alerts to it. Leave `send_resolved` on: it tells when the group is over.',
  events: {
    'alert.firing': 'A group of alerts fires, has changed, or is repeated while it fires.',
    'alert.resolved': 'Every alert of the group is resolved.',
  },
  ignores: {},
  // A group of some hundred alerts with long annotations.
  maxBody: 4 * 1024 * 1024,
  read,
  /**
   * None: Alertmanager names no delivery, and the identical body comes again at `repeat_interval` on purpose. A second
   * message is better than a swallowed alert.
   */
  dedupeKey: () => undefined,
});

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const parsed = notification.safeParse(reading.document);
  if (!parsed.success || (parsed.data.alerts.length === 0 && parsed.data.status === undefined))
    return {
      kind: 'unreadable',
      reason: 'The body is no Alertmanager notification: it has neither `status` nor `alerts`.',
    };
  return { kind: 'events', events: [toEvent(parsed.data, reading.document, hook)] };
}

function toEvent(group: Notification, payload: unknown, hook: Hook): SourceEvent {
  const resolved = isResolved(group);
  const names = alertNames(group);
  const url = alertsLink(group);
  const severity = severityOfGroup(group);
  return {
    event: resolved ? 'alert.resolved' : 'alert.firing',
    ...(group.groupKey !== undefined && { key: group.groupKey.slice(0, MAX_KEY) }),
    state: resolved ? 'resolved' : 'firing',
    ...(resolved && { closes: true }),
    severity,
    title: titleOf(group, names, resolved),
    ...(url !== undefined && { url }),
    labels: {
      ...(names.length > 0 && { alertname: names.length === 1 ? (names[0] ?? '') : names }),
      ...(group.receiver && { receiver: group.receiver }),
      ...(group.notification_reason && { notification_reason: group.notification_reason }),
      ...group.commonLabels,
    },
    facts: {
      ...alertFacts(group, hook.at),
      emoji: resolved ? '✅' : SEVERITY_EMOJI[severity],
      silenceUrl: silenceLink(group),
      // Of every alert's first notification it is no news.
      reason: group.notification_reason === 'first notification' ? undefined : group.notification_reason,
    },
    payload,
    // A notification carries no time of its own, and the times of its alerts go back when one leaves the group.
    at: hook.at,
  };
}

const MAX_KEY = 1_000;

/** A group fires until all of it is resolved. */
function isResolved({ status, alerts }: Notification): boolean {
  if (status !== undefined) return status.toLowerCase() === 'resolved';
  return alerts.every((alert) => alert.status === 'resolved');
}

function alertNames(group: Notification): readonly string[] {
  const names = [group.commonLabels, group.groupLabels, ...group.alerts.map((alert) => alert.labels)]
    .map((labels) => labels.alertname)
    .filter((name) => name !== undefined);
  return [...new Set(names)].slice(0, 50);
}

/** Resolved alerts keep theirs, so that the good news takes the same route as the bad. */
function severityOfGroup({ commonLabels, alerts }: Notification): Severity {
  const words = [commonLabels.severity, ...alerts.map((alert) => alert.labels.severity)];
  const found = new Set(words.map(severityOf));
  return SEVERITIES.findLast((severity) => found.has(severity)) ?? 'info';
}

/** `3 alerts firing: HighLatency (prod-eu, api)`; of a single alert, its summary too. */
function titleOf(group: Notification, names: readonly string[], resolved: boolean): string {
  const places = [PLACES, PARTS]
    .map((keys) => keys.map((key) => group.commonLabels[key]).find(Boolean))
    .filter(Boolean);
  const where = places.length === 0 ? '' : ` (${places.join(', ')})`;
  const what = `${names[0] ?? 'unnamed alert'}${names.length > 1 ? ` and ${names.length - 1} more` : ''}`;
  const summary = group.commonAnnotations.summary ?? '';
  const detail = summary === '' || names.length > 1 ? '' : `: ${oneLine(summary, 90)}`;
  return oneLine(`${lead(group, resolved)}: ${what}${where}${detail}`, 180);
}

const PLACES = ['env', 'environment', 'cluster', 'region', 'namespace'];
const PARTS = ['service', 'app', 'job', 'instance', 'host'];

function lead({ alerts, truncatedAlerts = 0 }: Notification, resolved: boolean): string {
  const total = alerts.length + truncatedAlerts;
  if (resolved) return total > 1 ? `${total} alerts resolved` : 'Resolved';
  const ended = alerts.filter((alert) => alert.status === 'resolved').length;
  if (ended > 0) return `${total - ended} firing, ${ended} resolved`;
  return total > 1 ? `${total} alerts firing` : 'Firing';
}
