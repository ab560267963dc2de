import type { Severity } from '../../core/severity.ts';
import { severityOf } from '../severity-of.ts';

/** Of Sentry's `fatal`, `error`, `warning`, `info`, `debug` and `sample`; an error where none is told: that is what Sentry collects. */
export const severityOfLevel = (level: string | undefined): Severity =>
  level === 'sample' ? 'info' : (severityOf(level) ?? 'error');

export const levelOf = (level: string | undefined): string | undefined => level?.toLowerCase();
