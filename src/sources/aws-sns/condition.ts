import { formatDuration } from '../../core/duration.ts';
import type { Trigger } from './payloads.ts';

const SIGNS: ReadonlyMap<string | undefined, string> = new Map([
  ['GreaterThanThreshold', '>'],
  ['GreaterThanOrEqualToThreshold', '≥'],
  ['LessThanThreshold', '<'],
  ['LessThanOrEqualToThreshold', '≤'],
]);

/** `p99 > 2 s`; undefined of what no single number says: arithmetic over several metrics, a band of what is expected. */
export function conditionOf(trigger: Trigger | undefined): string | undefined {
  const sign = SIGNS.get(trigger?.ComparisonOperator);
  if (trigger?.Threshold === undefined || sign === undefined || trigger.MetricName === undefined) return undefined;
  const statistic = statisticOf(trigger);
  return `${statistic === undefined ? '' : `${statistic} `}${sign} ${amountOf(trigger.Threshold, trigger)}`;
}

/** `for 5 min`, `in 3 of 5 periods of 1 min`. */
export function timesOf({ Period, EvaluationPeriods, DatapointsToAlarm }: Trigger): string | undefined {
  if (Period === undefined || EvaluationPeriods === undefined || Period * EvaluationPeriods <= 0) return undefined;
  if (DatapointsToAlarm === undefined || DatapointsToAlarm === EvaluationPeriods)
    return `for ${formatDuration(Period * EvaluationPeriods * 1_000)}`;
  return `in ${DatapointsToAlarm} of ${EvaluationPeriods} periods of ${formatDuration(Period * 1_000)}`;
}

const STATISTICS: ReadonlyMap<string | undefined, string> = new Map([
  ['AVERAGE', 'average'],
  ['MAXIMUM', 'maximum'],
  ['MINIMUM', 'minimum'],
  ['SUM', 'sum'],
  ['SAMPLECOUNT', 'count'],
]);

const statisticOf = ({ ExtendedStatistic, Statistic }: Trigger): string | undefined =>
  ExtendedStatistic ?? STATISTICS.get(Statistic?.toUpperCase());

const UNITS: ReadonlyMap<string | undefined, string> = new Map([
  ['Seconds', ' s'],
  ['Milliseconds', ' ms'],
  ['Microseconds', ' µs'],
  ['Percent', '%'],
  ['Bytes', ' B'],
  ['Bytes/Second', ' B/s'],
  ['Count/Second', '/s'],
]);
/** An alarm seldom says its unit, and these have one each. */
const UNITS_OF_METRICS: ReadonlyMap<string | undefined, string> = new Map([
  ['TargetResponseTime', ' s'],
  ['ApproximateAgeOfOldestMessage', ' s'],
  ['ReplicaLag', ' s'],
  ['IntegrationLatency', ' ms'],
]);
const AMOUNT = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

function amountOf(threshold: number, { Unit, MetricName = '' }: Trigger): string {
  const unit = UNITS.get(Unit) ?? UNITS_OF_METRICS.get(MetricName) ?? (/Utilization$/.test(MetricName) ? '%' : '');
  return `${AMOUNT.format(threshold)}${unit}`;
}
