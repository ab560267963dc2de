import type { Severity } from '../../core/severity.ts';
import { severityOf } from '../severity-of.ts';
import { type Context, type Entry, type Happening, hash, keyOf } from './family.ts';
import { capital, colon, inBrackets, oneLine, spoken, words } from './wording.ts';

/** What an action does to an alert, the same for all three kinds. */
export interface AlertEntry extends Entry {
  /** `opened`; with `by`, what somebody did: `dismissed`. */
  readonly says: string;
  /** A person did it, and the title names them. */
  readonly by?: boolean;
  /** The alert is open after it: then it is as severe as the alert, else `info`. */
  readonly open: boolean;
}

export interface AlertKind {
  /** Within a sentence: `code scanning alert`. */
  readonly noun: string;
  /** In the key: `alert:dependabot:acme/api#5`. */
  readonly mark: string;
  readonly events: Readonly<Record<string, AlertEntry>>;
}

export interface AlertDetails {
  /** GitHub's word for how bad it is: `high`. */
  readonly level: string | undefined;
  readonly severity: Severity;
  /** What it is about, on one line. */
  readonly about: string;
  readonly labels: NonNullable<Happening['labels']>;
  readonly facts: NonNullable<Happening['facts']>;
}

/** `Dependabot alert #5 opened in acme/api (high): Prototype pollution in lodash` */
export function readAlert(kind: AlertKind, context: Context, details: AlertDetails): Happening {
  const { payload, actor, repo, place, action, name } = context;
  const alert = payload.alert;
  const entry = kind.events[name];
  const number = hash(alert?.number);
  const noun = words(kind.noun, number);
  const says = entry?.says ?? (spoken(action) || 'changed');
  const reason = entry?.open === false ? spoken(alert?.dismissed_reason ?? alert?.resolution ?? '') : '';
  const head = entry?.by === true ? `${actor} ${says} ${noun}${place}` : `${capital(noun)} ${says}${place}`;
  const open = entry?.open ?? alert?.state === 'open';
  return {
    title: colon(`${head}${inBrackets(details.level, oneLine(reason, 60))}`, details.about),
    url: alert?.html_url,
    key: keyOf(`alert:${kind.mark}`, repo, number),
    state: oneLine(alert?.state, 40) || (open ? 'open' : 'closed'),
    closes: !open,
    severity: open ? details.severity : 'info',
    emoji: open ? OPEN_EMOJI[details.severity] : entry?.emoji,
    tone: open ? undefined : entry?.tone,
    labels: { level: details.level, ...details.labels },
    facts: {
      number: alert?.number,
      level: details.level,
      about: details.about,
      reason: oneLine(reason, 60),
      comment: oneLine(alert?.dismissed_comment ?? alert?.resolution_comment),
      ...details.facts,
    },
    at: alert?.updated_at ?? alert?.created_at,
  };
}

const OPEN_EMOJI: Readonly<Record<Severity, string>> = { critical: '🚨', error: '⚠️', warning: '⚠️', info: '🔵' };

/** GitHub says `moderate` in advisories where it says `medium` in alerts, and `note` for style. */
export function alertSeverity(level: string | undefined): Severity {
  if (level === 'note' || level === 'none') return 'info';
  return severityOf(level) ?? 'warning';
}
