import { safeWebUrl } from '../../core/url.ts';
import type { Alert, AlertGroup } from '../alert-group/payloads.ts';

/** The panel or dashboard that all alerts of the group belong to. */
export const dashboardLink = ({ alerts }: AlertGroup): string | undefined =>
  shared(alerts, 'panelURL') ?? shared(alerts, 'dashboardURL');

/** The rule that all of them come from; else that of the first. */
export const ruleLink = ({ alerts }: AlertGroup): string | undefined =>
  shared(alerts, 'generatorURL') ?? safeWebUrl(alerts[0]?.generatorURL ?? '');

function shared(alerts: readonly Alert[], field: 'panelURL' | 'dashboardURL' | 'generatorURL'): string | undefined {
  const found = new Set(alerts.map((alert) => alert[field]));
  const [url, ...more] = found;
  return more.length === 0 ? safeWebUrl(url ?? '') : undefined;
}

/** The form for a silence that fits every alert of the group and no other rule; undefined where no such one can be said. */
export function silenceLink({ alerts, commonLabels, externalURL = '' }: AlertGroup): string | undefined {
  const [only, ...more] = alerts;
  if (more.length === 0) return safeWebUrl(only?.silenceURL ?? '');
  if (commonLabels.alertname === undefined || !URL.canParse(externalURL)) return undefined;
  const url = new URL(`${externalURL.replace(/\/$/, '')}/alerting/silence/new`);
  url.searchParams.set('alertmanager', 'grafana');
  for (const [name, value] of Object.entries(commonLabels)) url.searchParams.append('matcher', `${name}=${value}`);
  return safeWebUrl(url.href);
}
