import type { Tone } from '../core/message.ts';
import type { Severity } from '../core/severity.ts';

/** How good or bad news are: the tone of an event's message, from which its severity and its emoji follow. */
export type Mood = Exclude<Tone, 'neutral'>;

export const SEVERITY_OF_MOOD = {
  good: 'info',
  info: 'info',
  warning: 'warning',
  bad: 'error',
  critical: 'critical',
} as const satisfies Record<Mood, Severity>;

export const EMOJI_OF_MOOD = {
  good: '✅',
  info: '🔵',
  warning: '🟡',
  bad: '❌',
  critical: '🚨',
} as const satisfies Record<Mood, string>;
