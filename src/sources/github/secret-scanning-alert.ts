import { type AlertEntry, type AlertKind, readAlert } from './alerts.ts';
import type { Family } from './family.ts';
import { oneLine, spoken } from './wording.ts';

const EVENTS: Readonly<Record<string, AlertEntry>> = {
  'secret_scanning_alert.created': {
    means: 'A secret was found in the repository.',
    emoji: '🚨',
    says: 'opened',
    open: true,
  },
  'secret_scanning_alert.reopened': {
    means: 'Somebody opened a resolved alert again.',
    emoji: '🚨',
    says: 'reopened',
    by: true,
    open: true,
  },
  'secret_scanning_alert.publicly_leaked': {
    means: 'The secret was found in a public repository.',
    emoji: '🚨',
    says: 'leaked in public',
    open: true,
  },
  'secret_scanning_alert.validated': {
    means: 'GitHub tried the secret; the state says whether it still works.',
    emoji: '🚨',
    says: 'tested',
    open: true,
  },
  'secret_scanning_alert.resolved': {
    means: 'Somebody closed the alert, with a reason.',
    emoji: '✅',
    tone: 'good',
    says: 'resolved',
    by: true,
    open: false,
  },
};

const KIND: AlertKind = { noun: 'secret scanning alert', mark: 'secret-scanning', events: EVENTS };

/** Names what kind of secret it is and never reads the secret itself. */
export const secretScanningAlert: Family = {
  events: EVENTS,
  read(context) {
    const alert = context.payload.alert;
    const kind = oneLine(alert?.secret_type_display_name) || spoken(oneLine(alert?.secret_type));
    const validity = spoken(oneLine(alert?.validity, 40));
    const dead = context.name === 'secret_scanning_alert.validated' && alert?.validity === 'inactive';
    return readAlert(KIND, context, {
      level: validity === '' || validity === 'unknown' ? undefined : validity,
      severity: dead ? 'warning' : 'critical',
      about: kind,
      labels: { secret: alert?.secret_type, validity: alert?.validity },
      facts: {
        secret: kind,
        bypassed: alert?.push_protection_bypassed === true ? 'Push protection was bypassed' : undefined,
      },
    });
  },
};
