import type { Tone } from '../../core/message.ts';
import type { Severity } from '../../core/severity.ts';
import type { Entry } from '../happening.ts';
import { spoken } from '../wording.ts';

/** How a pipeline, a job or a deployment stands, as people see and say it. */
export interface Standing {
  readonly says: string;
  readonly emoji: string;
  readonly tone: Tone;
  readonly severity: Severity;
  /** Nothing more comes of it, unless somebody tries again. */
  readonly ends: boolean;
}

/** https://docs.gitlab.com/ci/pipelines/#pipeline-statuses */
const STANDINGS: Readonly<Record<string, Standing>> = {
  success: { says: 'passed', emoji: '✅', tone: 'good', severity: 'info', ends: true },
  failed: { says: 'failed', emoji: '❌', tone: 'bad', severity: 'error', ends: true },
  canceled: { says: 'was cancelled', emoji: '⚪', tone: 'neutral', severity: 'info', ends: true },
  skipped: { says: 'was skipped', emoji: '⚪', tone: 'neutral', severity: 'info', ends: true },
  manual: { says: 'waits for a manual job', emoji: '✋', tone: 'info', severity: 'info', ends: false },
  blocked: { says: 'waits for approval', emoji: '✋', tone: 'warning', severity: 'info', ends: false },
  running: { says: 'is running', emoji: '🔄', tone: 'info', severity: 'info', ends: false },
};

/** Never undefined: a word that GitLab adds tomorrow is said as it is. */
export function standingOf(status: string): Standing {
  const known = Object.hasOwn(STANDINGS, status) ? STANDINGS[status] : undefined;
  const says = status === '' ? 'changed' : `is ${spoken(status)}`;
  return known ?? { says, emoji: '⚪', tone: 'neutral', severity: 'info', ends: false };
}

/** An event for each of the statuses that people care about, each with its meaning. */
export const statusEvents = (kind: string, means: Readonly<Record<string, string>>): Readonly<Record<string, Entry>> =>
  Object.fromEntries(
    Object.entries(means).map(([status, meaning]) => {
      const { emoji, tone } = standingOf(status);
      return [`${kind}.${status}`, { means: meaning, emoji, tone }];
    }),
  );

/** The statuses that are no news, with one reason for all of them. */
export const statusIgnores = (
  kind: string,
  statuses: readonly string[],
  reason: string,
): Readonly<Record<string, string>> => Object.fromEntries(statuses.map((status) => [`${kind}.${status}`, reason]));
