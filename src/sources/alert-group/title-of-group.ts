import { oneLine } from '../one-line.ts';
import type { AlertGroup } from './payloads.ts';
import { alertNames, isResolved } from './standing.ts';

/** What a source says otherwise than by counting alerts. */
export interface TitleWords {
  /** `No data`, in place of `Firing` or `3 alerts firing`. */
  readonly lead?: string;
  /** In place of the summary that the alerts have in common. */
  readonly detail?: string;
}

/** `3 alerts firing: HighLatency (prod-eu, api)`; of a single alert, its summary too. */
export function titleOfGroup(group: AlertGroup, { lead, detail }: TitleWords = {}): string {
  const names = alertNames(group);
  const places = [PLACES, PARTS]
    .map((keys) => keys.map((key) => group.commonLabels[key]).find(Boolean))
    .filter(Boolean);
  const where = places.length === 0 ? '' : ` (${places.join(', ')})`;
  const what = `${names[0] ?? 'unnamed alert'}${names.length > 1 ? ` and ${names.length - 1} more` : ''}`;
  const said = detail ?? group.commonAnnotations.summary ?? '';
  const more = said === '' || names.length > 1 ? '' : `: ${oneLine(said, 90)}`;
  return oneLine(`${lead ?? leadOf(group)}: ${what}${where}${more}`, 180);
}

const PLACES = ['env', 'environment', 'cluster', 'region', 'namespace'];
const PARTS = ['service', 'app', 'job', 'instance', 'host'];

function leadOf(group: AlertGroup): string {
  const { alerts, truncatedAlerts = 0 } = group;
  const total = alerts.length + truncatedAlerts;
  if (isResolved(group)) return total > 1 ? `${total} alerts resolved` : 'Resolved';
  const ended = alerts.filter((alert) => alert.status === 'resolved').length;
  if (ended > 0) return `${total - ended} firing, ${ended} resolved`;
  return total > 1 ? `${total} alerts firing` : 'Firing';
}
