import type { Severity } from '../../core/severity.ts';
import { plainText } from '../plain-text.ts';
import { inBrackets, oneLine } from '../wording.ts';
import type { AzureAlert } from './alert.ts';

/** What Azure says of its own services, and of one's resources. */
export interface Health {
  readonly title: string;
  readonly severity: Severity;
  readonly text: string | undefined;
}

/** https://learn.microsoft.com/azure/service-health/service-health-notifications-properties */
const KINDS: ReadonlyMap<string, { readonly lead: string; readonly severity: Severity }> = new Map([
  ['Incident', { lead: 'Azure outage', severity: 'error' }],
  ['Maintenance', { lead: 'Azure maintenance', severity: 'info' }],
  ['ActionRequired', { lead: 'Azure asks for action', severity: 'warning' }],
  ['Security', { lead: 'Azure security', severity: 'warning' }],
  ['Informational', { lead: 'Azure notice', severity: 'info' }],
]);

const STATES: ReadonlyMap<string, { readonly word: string; readonly severity: Severity }> = new Map([
  ['Unavailable', { word: 'is unavailable', severity: 'error' }],
  ['Degraded', { word: 'is degraded', severity: 'warning' }],
  ['Unknown', { word: 'does not say how it is', severity: 'warning' }],
  ['Available', { word: 'is available again', severity: 'info' }],
]);

/** Undefined for an alert that is not about health. */
export function healthOf({ activity, resource, rule, resolved }: AzureAlert): Health | undefined {
  const { title, communication, incidentType, service, region, currentHealthStatus } = activity?.properties ?? {};
  const state = STATES.get(currentHealthStatus ?? '');
  if (state !== undefined) {
    const why = title === undefined || resolved ? '' : `: ${oneLine(title, 100)}`;
    const name = oneLine(resource ?? rule, 60) || 'A resource';
    return { title: oneLine(`${name} ${state.word}${why}`, 180), severity: state.severity, text: undefined };
  }
  const kind = KINDS.get(incidentType ?? '');
  if (kind === undefined) return undefined;
  const place = inBrackets(oneLine(service, 60), oneLine(region, 60));
  const lead = resolved ? 'Resolved' : kind.lead;
  return {
    title: oneLine(`${lead}: ${oneLine(title ?? rule, 110)}${place}`, 180),
    severity: kind.severity,
    text: plainText(communication ?? '', 800) || undefined,
  };
}
