import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { alertFacts } from '../alert-group/alert-facts.ts';
import { labelsOfGroup } from '../alert-group/labels-of-group.ts';
import { type AlertGroup, alertGroup } from '../alert-group/payloads.ts';
import { isResolved, keyOf, severityOfGroup } from '../alert-group/standing.ts';
import { titleOfGroup } from '../alert-group/title-of-group.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { SEVERITY_EMOJI } from '../severity-of.ts';
import { alertsLink, silenceLink } from './links.ts';

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
  const parsed = alertGroup.safeParse(reading.document);
  if (!parsed.success || (parsed.data.alerts.length === 0 && parsed.data.status === undefined))
    return {
      kind: 'unreadable',
      reason: 'The body is no Alertmanager notification: it has neither `status` nor `alerts`.',
    };
  return { kind: 'events', events: [toEvent(parsed.data, reading.document, hook)] };
}

function toEvent(group: AlertGroup, payload: unknown, hook: Hook): SourceEvent {
  const resolved = isResolved(group);
  const url = alertsLink(group);
  const severity = severityOfGroup(group) ?? 'info';
  return {
    event: resolved ? 'alert.resolved' : 'alert.firing',
    ...(group.groupKey !== undefined && { key: keyOf(group.groupKey) }),
    state: resolved ? 'resolved' : 'firing',
    ...(resolved && { closes: true }),
    severity,
    title: titleOfGroup(group),
    ...(url !== undefined && { url }),
    labels: labelsOfGroup(group),
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
