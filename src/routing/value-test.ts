import { RE2JS, RE2JSException } from 're2js';
import type { Condition, ConditionOperators, Scalar } from '../core/config.ts';
import { isSeverity, severityRank } from '../core/severity.ts';
import { elementsOf, textOf } from './lookup.ts';
import { fitsWildcard, hasWildcard } from './wildcard.ts';

/** One condition on one value. */
export interface ValueTest {
  holds(found: unknown): boolean;
  /** What is asked, as a person would say it. */
  readonly expected: string;
}

/** A condition that cannot be used; the message is what the config's reader is told. */
export class ConditionError extends Error {
  readonly operator: string;

  constructor(operator: string, message: string) {
    super(message);
    this.name = 'ConditionError';
    this.operator = operator;
  }
}

/** Compiles the value side of a condition. Throws `ConditionError` for an expression that is none. */
export function compileCondition(condition: Condition): ValueTest {
  if (isOperators(condition)) return allOf(operatorTests(condition));
  return patterns(listOf(condition));
}

/** The values a condition allows, where it is nothing but a choice among literals; what the index is built from. */
export function literalsOf(condition: Condition): readonly string[] | undefined {
  const values = isOperators(condition) ? onlyLiterals(condition) : listOf(condition);
  if (values === undefined || values.length === 0) return undefined;
  const texts = values.map(String);
  const exact = isOperators(condition) && condition.is !== undefined;
  if (!exact && texts.some((text) => text.startsWith('!') || hasWildcard(text))) return undefined;
  return texts;
}

const isOperators = (condition: Condition): condition is ConditionOperators =>
  typeof condition === 'object' && !Array.isArray(condition);

const listOf = (values: Scalar | readonly Scalar[]): readonly Scalar[] =>
  typeof values === 'object' ? values : [values];

function onlyLiterals(operators: ConditionOperators): readonly Scalar[] | undefined {
  if (operators.is !== undefined) return [operators.is];
  return operators.in?.every((value) => !String(value).startsWith('!')) ? operators.in : undefined;
}

/** A list of patterns: any of the positives, and none of the `!` ones. */
function patterns(values: readonly Scalar[]): ValueTest {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  for (const value of values) {
    if (typeof value === 'string' && value.startsWith('!')) unwanted.push(value.slice(1));
    else wanted.push(String(value));
  }
  const fitsWanted = anyPattern(wanted);
  const fitsUnwanted = anyPattern(unwanted);
  return {
    expected: [
      wanted.length > 0 ? oneOf(wanted) : undefined,
      unwanted.length > 0 ? `not ${oneOf(unwanted)}` : undefined,
    ]
      .filter(Boolean)
      .join(' and '),
    holds(found) {
      const texts = elementsOf(found).map(textOf);
      return (wanted.length === 0 || texts.some(fitsWanted)) && !texts.some(fitsUnwanted);
    },
  };
}

function anyPattern(list: readonly string[]): (text: string | undefined) => boolean {
  const literals = new Set(list.filter((pattern) => !hasWildcard(pattern)));
  const wildcards = list.filter(hasWildcard);
  return (text) =>
    text !== undefined && (literals.has(text) || wildcards.some((pattern) => fitsWildcard(pattern, text)));
}

function operatorTests(operators: ConditionOperators): readonly ValueTest[] {
  const tests: ValueTest[] = [];
  const text = (expected: string, fits: (text: string) => boolean): void => {
    tests.push({ expected, holds: (found) => elementsOf(found).some((element) => fits(textOf(element) ?? '')) });
  };
  const amount = (expected: string, fits: (amount: number) => boolean): void => {
    tests.push({ expected, holds: (found) => elementsOf(found).some((element) => fits(numberOf(element))) });
  };
  const { is, not, contains, startsWith, endsWith, matches, exists, gt, gte, lt, lte, atLeast } = operators;
  if (is !== undefined) {
    const wanted = String(is);
    tests.push({
      expected: `exactly ${quote(is)}`,
      holds: (found) => elementsOf(found).some((element) => textOf(element) === wanted),
    });
  }
  if (not !== undefined) tests.push(noneOf(listOf(not)));
  if (operators.in !== undefined) {
    const fits = anyPattern(operators.in.map(String));
    tests.push({
      expected: oneOf(operators.in.map(String)),
      holds: (found) => elementsOf(found).some((element) => fits(textOf(element))),
    });
  }
  if (contains !== undefined) text(`containing ${quote(contains)}`, (value) => value.includes(contains));
  if (startsWith !== undefined) text(`starting with ${quote(startsWith)}`, (value) => value.startsWith(startsWith));
  if (endsWith !== undefined) text(`ending with ${quote(endsWith)}`, (value) => value.endsWith(endsWith));
  if (matches !== undefined) {
    const expression = compileExpression(matches);
    text(`matching /${matches}/`, (value) => expression.test(value));
  }
  if (exists !== undefined) {
    tests.push({
      expected: exists ? 'something' : 'nothing',
      holds: (found) => (found !== undefined && found !== null) === exists,
    });
  }
  if (gt !== undefined) amount(`above ${gt}`, (value) => value > gt);
  if (gte !== undefined) amount(`${gte} or more`, (value) => value >= gte);
  if (lt !== undefined) amount(`below ${lt}`, (value) => value < lt);
  if (lte !== undefined) amount(`${lte} or less`, (value) => value <= lte);
  if (atLeast !== undefined) tests.push(severityAtLeast(atLeast));
  return tests;
}

function noneOf(values: readonly Scalar[]): ValueTest {
  const fits = anyPattern(values.map(String));
  return {
    expected: `not ${oneOf(values.map(String))}`,
    holds: (found) => !elementsOf(found).some((element) => fits(textOf(element))),
  };
}

function severityAtLeast(word: string): ValueTest {
  if (!isSeverity(word))
    throw new ConditionError('atLeast', `"${word}" is no severity; expected info, warning, error or critical`);
  const least = severityRank(word);
  return {
    expected: `at least ${word}`,
    holds: (found) => elementsOf(found).some((element) => isSeverity(element) && severityRank(element) >= least),
  };
}

/** Linear time whatever the text: RE2's way of matching, which is why back-references and look-around are refused. */
function compileExpression(expression: string): RE2JS {
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new ConditionError(
      'matches',
      `"${expression}" is no regular expression Bellhop can use (${error.message}); RE2 syntax is expected, without back-references or look-around`,
    );
  }
}

const allOf = (tests: readonly ValueTest[]): ValueTest => ({
  expected: tests.map((test) => test.expected).join(' and '),
  holds: (found) => tests.every((test) => test.holds(found)),
});

const numberOf = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;

const quote = (value: Scalar): string => (typeof value === 'string' ? `"${value}"` : String(value));

const oneOf = (values: readonly string[]): string =>
  values.length === 1 ? quote(values[0] ?? '') : `one of ${values.map(quote).join(', ')}`;
