import { type AlertEntry, type AlertKind, alertSeverity, readAlert } from './alerts.ts';
import type { Family } from './family.ts';
import { oneLine, refName } from './wording.ts';

const EVENTS: Readonly<Record<string, AlertEntry>> = {
  'code_scanning_alert.created': {
    means: 'A scan found something new in the code.',
    emoji: '⚠️',
    says: 'opened',
    open: true,
  },
  'code_scanning_alert.reopened': {
    means: 'A scan found again what was fixed.',
    emoji: '⚠️',
    says: 'reopened',
    open: true,
  },
  'code_scanning_alert.reopened_by_user': {
    means: 'Somebody opened a dismissed alert again.',
    emoji: '⚠️',
    says: 'reopened',
    by: true,
    open: true,
  },
  'code_scanning_alert.appeared_in_branch': {
    means: 'A known alert was found in one more branch.',
    emoji: '⚠️',
    says: 'appeared in another branch',
    open: true,
  },
  'code_scanning_alert.fixed': {
    means: 'A scan no longer finds it.',
    emoji: '✅',
    tone: 'good',
    says: 'fixed',
    open: false,
  },
  'code_scanning_alert.closed_by_user': {
    means: 'Somebody dismissed the alert, with a reason.',
    emoji: '⚪',
    tone: 'neutral',
    says: 'dismissed',
    by: true,
    open: false,
  },
};

const KIND: AlertKind = { noun: 'code scanning alert', mark: 'code-scanning', events: EVENTS };

export const codeScanningAlert: Family = {
  events: EVENTS,
  read(context) {
    const { alert, ref } = context.payload;
    const rule = alert?.rule;
    const level = oneLine(rule?.security_severity_level ?? rule?.severity, 20) || undefined;
    const found = alert?.most_recent_instance;
    const branch = refName(found?.ref ?? ref);
    const path = oneLine(found?.location?.path, 100);
    const line = found?.location?.start_line;
    return readAlert(KIND, context, {
      level,
      severity: alertSeverity(level),
      about: oneLine(rule?.description) || oneLine(rule?.name ?? rule?.id),
      labels: { rule: rule?.id, tool: alert?.tool?.name, branch },
      facts: {
        rule: oneLine(rule?.id, 80),
        tool: oneLine(alert?.tool?.name, 60),
        branch,
        file: path === '' || line === undefined ? path : `${path}:${line}`,
      },
    });
  },
};
