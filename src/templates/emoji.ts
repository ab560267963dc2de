import type { Tone } from '../core/message.ts';

// TypeScript takes the flag for one of a later language version when it can read it; Node 20 knows it.
const UNICODE_SETS: string = 'v';
const EMOJI = new RegExp('^\\p{RGI_Emoji}$', UNICODE_SETS);

/** One emoji as people see one, of however many code points; also one whose picture form is not spelled out (⚠). */
export const isEmoji = (text: string): boolean =>
  text.length <= 40 && (EMOJI.test(text) || EMOJI.test(`${text}\ufe0f`));

export const TONE_EMOJI: Readonly<Record<Tone, string>> = {
  neutral: '⚪',
  good: '🟢',
  info: '🔵',
  warning: '🟡',
  bad: '🔴',
  critical: '🚨',
};
