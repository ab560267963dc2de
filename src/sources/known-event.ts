import type { Mood } from './mood.ts';

/** An event of a sender of payments, as its table of events has it. */
export interface KnownEvent {
  /** How the title begins. */
  readonly says: string;
  readonly means: string;
  readonly mood: Mood;
  /** That of the mood where absent. */
  readonly emoji?: string;
  /** Nothing more is expected of this object. */
  readonly closes?: true;
}

export const good = (says: string, means: string): KnownEvent => ({ says, means, mood: 'good' });
export const info = (says: string, means: string): KnownEvent => ({ says, means, mood: 'info' });
export const warning = (says: string, means: string): KnownEvent => ({ says, means, mood: 'warning' });
export const bad = (says: string, means: string): KnownEvent => ({ says, means, mood: 'bad' });
export const critical = (says: string, means: string): KnownEvent => ({ says, means, mood: 'critical' });
export const last = (event: KnownEvent): KnownEvent => ({ ...event, closes: true });
