import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import type { Severity } from '../../core/severity.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { deliveryIdOf } from '../delivery-id.ts';
import { readDocument } from '../document.ts';
import { toLabels } from '../happening.ts';
import { toMarkdown } from '../markup/to-markdown.ts';
import { numberText } from '../number-text.ts';
import { plainText } from '../plain-text.ts';
import { SEVERITY_EMOJI } from '../severity-of.ts';
import { inBrackets, oneLine, tookText } from '../wording.ts';
import { type AzureAlert, alertOf } from './alert.ts';
import { healthOf } from './health.ts';
import { alertHook, type Measure } from './payloads.ts';

export const azureMonitor = defineSource({
  type: 'azure-monitor',
  title: 'Azure Monitor',
  docs: 'https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema',
  setUp:
    'In the action group, add an action of the type “Webhook” with the address and its token at the end (`/hooks/<source>/<secret>`), and switch “Enable the common alert schema” on: without it, only alerts on metrics tell when they are over. An action of the type “Secure Webhook” shows a token of Microsoft Entra instead: then the source needs no secret but `"auth": { "entra": { "tenantId": …, "audience": … } }`.',
  verifier: { scheme: 'urlToken' },
  events: {
    'alert.fired': 'A rule fired, or Azure reports an outage or a maintenance.',
    'alert.resolved': 'What a rule watches is well again.',
  },
  ignores: {},
  read,
  // Azure repeats what was not answered, with nothing to tell it by; an alert fires once and is resolved once.
  dedupeKey: deliveryIdOf,
});

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { data: sent } = alertHook.safeParse(reading.document);
  const alert = sent?.data && alertOf(sent.data);
  if (alert === undefined)
    return {
      kind: 'unreadable',
      reason: 'The body is no alert of Azure Monitor: it has neither a rule nor an `alertId`.',
    };
  return { kind: 'events', events: [toEvent(alert, reading.document, hook)] };
}

/** Of Azure's five; `Verbose` and `Informational` say the same to a reader. */
const LEVELS: readonly { readonly name: string; readonly severity: Severity }[] = [
  { name: 'Critical', severity: 'critical' },
  { name: 'Error', severity: 'error' },
  { name: 'Warning', severity: 'warning' },
  { name: 'Notice', severity: 'info' },
  { name: 'Notice', severity: 'info' },
];
const UNTOLD = { name: 'Alert', severity: 'warning' } as const;

function toEvent(alert: AzureAlert, payload: unknown, hook: Hook): SourceEvent {
  const { resolved, key, firedAt, resolvedAt } = alert;
  const level = LEVELS[alert.level ?? -1] ?? UNTOLD;
  const health = healthOf(alert);
  const url = safeWebUrl(alert.url ?? '');
  const severity = health?.severity ?? level.severity;
  return {
    event: resolved ? 'alert.resolved' : 'alert.fired',
    ...(key !== undefined && { key: key.slice(0, 500) }),
    state: resolved ? 'resolved' : 'fired',
    ...(resolved && key !== undefined && { closes: true }),
    severity,
    title: health?.title ?? titleOf(alert, level.name),
    ...(url !== undefined && { url }),
    labels: toLabels({
      rule: alert.rule,
      resource: alert.resource,
      severity: alert.level === undefined ? undefined : `Sev${alert.level}`,
      signal: alert.signal,
      service: alert.service,
      region: alert.activity?.properties?.region,
    }),
    facts: {
      emoji: resolved ? '✅' : SEVERITY_EMOJI[severity],
      tone: resolved ? 'good' : undefined,
      deliveryId: alert.once,
      by: alert.activity?.caller?.includes('@') ? oneLine(alert.activity.caller, 80) : undefined,
      lasted: resolved ? tookText(firedAt, resolvedAt) : undefined,
      description: resolved ? undefined : toMarkdown(health?.text ?? plainText(alert.description ?? '', 800), 'text'),
      resultsUrl: resolved ? undefined : safeWebUrl(alert.measure?.linkToFilteredSearchResultsUI ?? ''),
    },
    payload,
    at: (resolved ? resolvedAt : undefined) ?? firedAt ?? hook.at,
  };
}

/** `Error: CPU of the shop on checkout-1: Percentage CPU 93.4 (> 80)` */
function titleOf({ rule, resource, resolved, measure, spent }: AzureAlert, lead: string): string {
  const on = resource === undefined ? '' : ` on ${oneLine(resource, 60)}`;
  const measured = resolved ? undefined : (measuredText(measure) ?? spent);
  const rest = measured === undefined ? '' : `: ${measured}`;
  return oneLine(`${resolved ? 'Resolved' : lead}: ${oneLine(rule, 100) || 'a rule without a name'}${on}${rest}`, 180);
}

const OPERATORS: ReadonlyMap<string | undefined, string> = new Map([
  ['GreaterThan', '> '],
  ['GreaterThanOrEqual', '≥ '],
  ['LessThan', '< '],
  ['LowerThan', '< '],
  ['LessThanOrEqual', '≤ '],
  ['Equals', '= '],
]);

function measuredText(measure: Measure | undefined): string | undefined {
  const value = Number(measure?.metricValue ?? Number.NaN);
  if (measure === undefined || !Number.isFinite(value)) return undefined;
  const { operator, threshold, metricName, metricMeasureColumn, timeAggregation } = measure;
  const limit = Number(threshold ?? Number.NaN);
  const bound = Number.isFinite(limit) ? `${OPERATORS.get(operator) ?? ''}${numberText(limit)}` : '';
  const name = oneLine(metricName ?? metricMeasureColumn, 60);
  if (name === '' && timeAggregation === 'Count') return `${numberText(value)} rows${inBrackets(bound)}`;
  return `${name === '' ? 'value' : name} ${numberText(value)}${inBrackets(bound)}`;
}
