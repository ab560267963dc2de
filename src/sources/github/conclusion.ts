import type { Tone } from '../../core/message.ts';
import type { Severity } from '../../core/severity.ts';
import { spoken } from './wording.ts';

/** How a run, a check or a deployment stands, as people see and say it. */
export interface Standing {
  readonly says: string;
  readonly emoji: string;
  readonly tone: Tone;
  readonly severity: Severity;
}

/** The statuses and conclusions of workflow runs and checks: https://docs.github.com/en/rest/checks/runs */
const STANDINGS: Readonly<Record<string, Standing>> = {
  success: { says: 'passed', emoji: '✅', tone: 'good', severity: 'info' },
  failure: { says: 'failed', emoji: '❌', tone: 'bad', severity: 'error' },
  timed_out: { says: 'timed out', emoji: '⏱️', tone: 'bad', severity: 'error' },
  startup_failure: { says: 'could not start', emoji: '❌', tone: 'bad', severity: 'error' },
  action_required: { says: 'needs action', emoji: '✋', tone: 'warning', severity: 'warning' },
  cancelled: { says: 'was cancelled', emoji: '⚪', tone: 'neutral', severity: 'info' },
  skipped: { says: 'was skipped', emoji: '⚪', tone: 'neutral', severity: 'info' },
  neutral: { says: 'ended neutral', emoji: '⚪', tone: 'neutral', severity: 'info' },
  stale: { says: 'went stale', emoji: '⚪', tone: 'neutral', severity: 'info' },
  completed: { says: 'ended', emoji: '⚪', tone: 'neutral', severity: 'info' },
  queued: { says: 'is queued', emoji: '⏳', tone: 'info', severity: 'info' },
  pending: { says: 'is queued', emoji: '⏳', tone: 'info', severity: 'info' },
  waiting: { says: 'is waiting', emoji: '⏳', tone: 'info', severity: 'info' },
  in_progress: { says: 'is running', emoji: '🔄', tone: 'info', severity: 'info' },
};

/** Never undefined: a word that GitHub adds tomorrow is said as it is. */
export function standingOf(state: string): Standing {
  const known = Object.hasOwn(STANDINGS, state) ? STANDINGS[state] : undefined;
  return known ?? { says: `is ${spoken(state)}`, emoji: '⚪', tone: 'neutral', severity: 'info' };
}
