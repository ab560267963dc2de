import { type AlertEntry, type AlertKind, alertSeverity, readAlert } from './alerts.ts';
import type { Family } from './family.ts';
import { oneLine, words } from './wording.ts';

const EVENTS: Readonly<Record<string, AlertEntry>> = {
  'dependabot_alert.created': {
    means: 'A dependency has a known vulnerability.',
    emoji: '⚠️',
    says: 'opened',
    open: true,
  },
  'dependabot_alert.reopened': {
    means: 'Somebody opened a dismissed alert again.',
    emoji: '⚠️',
    says: 'reopened',
    by: true,
    open: true,
  },
  'dependabot_alert.auto_reopened': {
    means: 'A rule no longer dismisses the alert.',
    emoji: '⚠️',
    says: 'reopened by a rule',
    open: true,
  },
  'dependabot_alert.reintroduced': {
    means: 'A vulnerability that was fixed is back.',
    emoji: '⚠️',
    says: 'is back',
    open: true,
  },
  'dependabot_alert.fixed': {
    means: 'The dependency was updated.',
    emoji: '✅',
    tone: 'good',
    says: 'fixed',
    open: false,
  },
  'dependabot_alert.dismissed': {
    means: 'Somebody dismissed the alert, with a reason.',
    emoji: '⚪',
    tone: 'neutral',
    says: 'dismissed',
    by: true,
    open: false,
  },
  'dependabot_alert.auto_dismissed': {
    means: 'A rule dismissed the alert.',
    emoji: '⚪',
    tone: 'neutral',
    says: 'dismissed by a rule',
    open: false,
  },
};

const KIND: AlertKind = { noun: 'Dependabot alert', mark: 'dependabot', events: EVENTS };

export const dependabotAlert: Family = {
  events: EVENTS,
  read(context) {
    const alert = context.payload.alert;
    const pack = alert?.dependency?.package;
    const advisory = alert?.security_advisory;
    const vulnerability = alert?.security_vulnerability;
    const level = oneLine(vulnerability?.severity ?? advisory?.severity, 20) || undefined;
    const summary = oneLine(advisory?.summary);
    const name = oneLine(pack?.name, 80);
    return readAlert(KIND, context, {
      level,
      severity: alertSeverity(level),
      // Most summaries name the package; the others need it.
      about: summary.includes(name) ? summary : words(summary, summary === '' ? name : `in ${name}`),
      labels: { package: pack?.name, ecosystem: pack?.ecosystem, advisory: advisory?.ghsa_id, cve: advisory?.cve_id },
      facts: {
        package: words(name, inRange(vulnerability?.vulnerable_version_range)),
        fix: oneLine(vulnerability?.first_patched_version?.identifier, 60),
        manifest: oneLine(alert?.dependency?.manifest_path, 100),
        advisory: oneLine(advisory?.cve_id ?? advisory?.ghsa_id, 40),
      },
    });
  },
};

const inRange = (range: string | undefined): string => oneLine(range, 60);
