import type { Tone } from '../../core/message.ts';
import type { Severity } from '../../core/severity.ts';

/** How a build or a deployment ended, as people see and say it. */
export interface Standing {
  readonly says: string;
  readonly emoji: string;
  readonly tone: Tone;
  readonly severity: Severity;
}

const GOOD = { emoji: '✅', tone: 'good', severity: 'info' } as const;
const BAD = { emoji: '❌', tone: 'bad', severity: 'error' } as const;
const POOR = { emoji: '🟡', tone: 'warning', severity: 'warning' } as const;
const CALM = { emoji: '⚪', tone: 'neutral', severity: 'info' } as const;

/** The results of builds and the statuses of a release’s stages, in lower case. */
const STANDINGS: ReadonlyMap<string, Standing> = new Map([
  ['succeeded', { ...GOOD, says: 'succeeded' }],
  ['failed', { ...BAD, says: 'failed' }],
  ['partiallysucceeded', { ...POOR, says: 'succeeded in part' }],
  ['rejected', { ...BAD, says: 'failed or was rejected' }],
  ['canceled', { ...CALM, says: 'was cancelled' }],
  ['stopped', { ...CALM, says: 'was stopped' }],
]);

/** Never undefined: a word that is new tomorrow is said as it is. */
export const standingOf = (state: string): Standing =>
  STANDINGS.get(state.toLowerCase()) ?? { ...CALM, says: state === '' ? 'ended' : `ended: ${state}` };
