import type { SignedTime, Verdict } from '../../core/source.ts';
import { OK } from './finding.ts';

/** What a sender wrote as its time, in milliseconds since 1970; undefined for what is none. */
export function readTime(text: string | undefined, unit: SignedTime['unit']): number | undefined {
  if (unit === 'iso') {
    const at = ISO.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
    return Number.isNaN(at) ? undefined : at;
  }
  if (!/^\d{1,15}$/.test(text ?? '')) return undefined;
  const count = Number(text);
  if (unit !== undefined) return unit === 'ms' ? count : count * 1_000;
  // Read as seconds, milliseconds lie beyond the year 5000.
  return count > 1e11 ? count : count * 1_000;
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Only asked about a signature that fits: a stranger learns nothing about this server's clock. */
export function checkTime(atMs: number, now: Date, toleranceMs: number): Verdict {
  const aheadSeconds = Math.floor(atMs / 1_000) - Math.floor(now.getTime() / 1_000);
  if (Math.abs(aheadSeconds) * 1_000 <= toleranceMs) return OK;
  const away = `${Math.abs(aheadSeconds)} s ${aheadSeconds < 0 ? 'behind' : 'ahead of'}`;
  const reason = `The signed time is ${away} this server’s clock; ${toleranceMs / 1_000} s are allowed.`;
  return { ok: false, code: 'stale_timestamp', reason };
}

/** As the sender would write it. */
export function writeTime(at: Date, unit: SignedTime['unit']): string {
  if (unit === 'iso') return at.toISOString();
  return String(unit === 'ms' ? at.getTime() : Math.floor(at.getTime() / 1_000));
}

export const timeForm = (unit: SignedTime['unit']): string =>
  unit === 'iso'
    ? 'is no time as in 2026-11-21T12:00:00Z'
    : `is not a whole number of ${unit === 'ms' ? 'milliseconds' : 'seconds'}`;
