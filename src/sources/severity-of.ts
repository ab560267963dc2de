import type { Tone } from '../core/message.ts';
import { type Severity, severityRank } from '../core/severity.ts';

const WORDS: ReadonlyMap<string, Severity> = new Map([
  ...['critical', 'crit', 'page', 'fatal', 'emergency', 'disaster', 'sev0', 'sev1', 'p0', 'p1'].map(
    (word) => [word, 'critical'] as const,
  ),
  ...['error', 'err', 'high', 'urgent', 'major', 'sev2', 'p2'].map((word) => [word, 'error'] as const),
  ...['warning', 'warn', 'medium', 'average', 'minor', 'sev3', 'p3'].map((word) => [word, 'warning'] as const),
  ...['info', 'information', 'notice', 'low', 'none', 'debug', 'ok'].map((word) => [word, 'info'] as const),
]);

/** A sender's word for how bad it is (`page`, `High`, `P1`) as one of the four; undefined for a word that says nothing. */
export const severityOf = (word: string | undefined): Severity | undefined =>
  WORDS.get((word ?? '').trim().toLowerCase());

/** The same four signs in every message that has no better one. */
export const SEVERITY_EMOJI = {
  info: '🔵',
  warning: '🟡',
  error: '🔴',
  critical: '🚨',
} as const satisfies Record<Severity, string>;

const GOOD_STATES = new Set(
  'ok success succeeded successful passed resolved recovered up healthy fixed done completed finished paid delivered'.split(
    ' ',
  ),
);

/** What stands before the title: the severity's sign, or ✅ for good news. */
export function signOf(
  severity: Severity,
  state: string | undefined,
): { readonly emoji: string; readonly tone: Tone | undefined } {
  if (severity === 'info' && GOOD_STATES.has((state ?? '').toLowerCase())) return { emoji: '✅', tone: 'good' };
  return { emoji: SEVERITY_EMOJI[severity], tone: undefined };
}

export const worst = (first: Severity, ...more: readonly Severity[]): Severity =>
  more.reduce((found, next) => (severityRank(next) > severityRank(found) ? next : found), first);
