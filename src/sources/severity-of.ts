import type { Severity } from '../core/severity.ts';

const WORDS: ReadonlyMap<string, Severity> = new Map([
  ...['critical', 'crit', 'page', 'fatal', 'emergency', 'disaster', 'sev0', 'sev1', 'p0', 'p1'].map(
    (word) => [word, 'critical'] as const,
  ),
  ...['error', 'err', 'high', 'major', 'sev2', 'p2'].map((word) => [word, 'error'] as const),
  ...['warning', 'warn', 'medium', 'average', 'minor', 'sev3', 'p3'].map((word) => [word, 'warning'] as const),
  ...['info', 'information', 'notice', 'low', 'none', 'debug', 'ok'].map((word) => [word, 'info'] as const),
]);

/** A sender's word for how bad it is (`page`, `High`, `P1`) as one of the four; undefined for a word that says nothing. */
export const severityOf = (word: string | undefined): Severity | undefined =>
  WORDS.get((word ?? '').trim().toLowerCase());

/** The same four signs in every message that has no better one. */
export const SEVERITY_EMOJI = {
  info: '🔵',
  warning: '🟠',
  error: '🔴',
  critical: '🚨',
} as const satisfies Record<Severity, string>;
