/** How bad an event is, in rising order. */
export const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** 0 for `info` up to 3 for `critical`; what `atLeast` compares. */
export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);

export const isSeverity = (value: unknown): value is Severity => SEVERITIES.some((known) => known === value);
