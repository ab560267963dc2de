import { SEVERITIES, type Severity } from '../../core/severity.ts';
import { severityOf } from '../severity-of.ts';
import type { AlertGroup } from './payloads.ts';

/** A group fires until all of it is resolved. */
export function isResolved({ status, alerts }: AlertGroup): boolean {
  if (status !== undefined) return status.toLowerCase() === 'resolved';
  return alerts.every((alert) => alert.status === 'resolved');
}

/** The names of the alerts, each once. */
export function alertNames(group: AlertGroup): readonly string[] {
  const names = [group.commonLabels, group.groupLabels, ...group.alerts.map((alert) => alert.labels)]
    .map((labels) => labels.alertname)
    .filter((name) => name !== undefined);
  return [...new Set(names)].slice(0, 50);
}

/**
 * That of the worst alert; undefined where no label says so. Resolved alerts keep theirs, so that the good news takes
 * the same route as the bad.
 */
export function severityOfGroup({ commonLabels, alerts }: AlertGroup): Severity | undefined {
  const words = [commonLabels.severity, ...alerts.map((alert) => alert.labels.severity)];
  const found = new Set(words.map(severityOf));
  return SEVERITIES.findLast((severity) => found.has(severity));
}

/** A key has to end somewhere: some groups carry every label they have. */
export const keyOf = (groupKey: string): string => groupKey.slice(0, 1_000);
