import type { Condition, ConditionOperators, MatchConfig } from '../core/config.ts';
import type { FailedCondition, RouteTrace } from '../core/route.ts';
import { listed, oneLine } from './words.ts';

/** Headers and queries may hold what proves a sender: neither they nor what is wanted of them is told in chat. */
const SECRET = /(?:^|[^\w])(?:headers|query)\./i;

/** A route's conditions as a person would say them: `source alerts, severity at least warning`. */
export function matchText(match: MatchConfig): string {
  const parts = Object.entries(match).flatMap(([key, condition]) =>
    condition === undefined ? [] : [keyText(key, condition)],
  );
  return parts.length === 0 ? 'it takes everything' : oneLine(parts.join(', '));
}

function keyText(key: string, condition: Condition | readonly MatchConfig[]): string {
  const nested = NESTED[key];
  if (nested !== undefined)
    return `${nested} (${(condition as readonly MatchConfig[]).map(matchText).join(key === 'all' ? '; ' : ' or ')})`;
  if (SECRET.test(key)) return `a condition on ${key}`;
  return `${key} ${conditionText(condition as Condition)}`;
}

const NESTED: Readonly<Record<string, string | undefined>> = { all: 'all of', any: 'any of', none: 'none of' };

function conditionText(condition: Condition): string {
  if (typeof condition !== 'object') return valueText(condition);
  if (Array.isArray(condition)) return listed(condition.map(valueText), { last: 'or' });
  return Object.entries(condition as ConditionOperators)
    .map(([operator, value]) => operatorText(operator as keyof ConditionOperators, value))
    .join(' and ');
}

const valueText = (value: unknown): string =>
  typeof value === 'string' && value.startsWith('!') ? `not ${value.slice(1)}` : String(value);

function operatorText(operator: keyof ConditionOperators, value: unknown): string {
  if (operator === 'exists') return value === false ? 'missing' : 'there';
  const values = Array.isArray(value) ? listed(value.map(String), { last: 'or' }) : String(value);
  return `${OPERATORS[operator]} ${values}`;
}

const OPERATORS: Readonly<Record<Exclude<keyof ConditionOperators, 'exists'>, string>> = {
  is: 'exactly',
  not: 'not',
  in: 'one of',
  contains: 'with',
  startsWith: 'beginning with',
  endsWith: 'ending with',
  matches: 'matching',
  gt: 'over',
  gte: 'at least',
  lt: 'under',
  lte: 'at most',
  atLeast: 'at least',
};

/** Why a route did not take an event: `severity is info, wanted at least warning`. */
export function traceText({ matched, failed, skipped }: RouteTrace): string {
  if (matched) return 'matches';
  if (skipped !== undefined) return `skipped: ${oneLine(skipped)}`;
  return failed === undefined ? 'does not match' : failedText(failed);
}

export function failedText({ path, expected, found }: FailedCondition): string {
  if (SECRET.test(path) || SECRET.test(expected)) return 'a condition on the request does not hold';
  if (expected === 'not to hold') return `its exception ${path} holds`;
  if (expected.startsWith('any of: ')) return `wanted ${oneLine(expected)}`;
  const key = path.replace(/^match\.(?:(?:all|any|none)\.\d+\.)*/, '');
  const wanted = `wanted ${oneLine(expected)}`;
  return found === undefined ? `there is no ${key}, ${wanted}` : `${key} is ${foundText(found)}, ${wanted}`;
}

const foundText = (found: unknown): string =>
  oneLine(Array.isArray(found) ? found.map(String).join(', ') : String(found), 80) || '""';
