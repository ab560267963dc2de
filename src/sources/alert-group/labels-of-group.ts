import type { Labels } from '../../core/event.ts';
import type { AlertGroup } from './payloads.ts';
import { alertNames } from './standing.ts';

/** What routes and mutes can match of a group; the labels that all its alerts share have the last word. */
export function labelsOfGroup(group: AlertGroup): Labels {
  const names = alertNames(group);
  return {
    ...(names.length > 0 && { alertname: names.length === 1 ? (names[0] ?? '') : names }),
    ...(group.receiver && { receiver: group.receiver }),
    ...(group.notification_reason && { notification_reason: group.notification_reason }),
    ...group.commonLabels,
  };
}
