/** What a pattern of signed text may hold: `{timestamp}.{body}`. */
export const PLACEHOLDERS = ['{body}', '{timestamp}', '{id}', '{method}', '{url}'] as const;

/** What is wrong with such a pattern, in sentences; empty for a good one. */
export function patternProblems(pattern: string, known: readonly string[] = PLACEHOLDERS): readonly string[] {
  const strange = [...pattern.matchAll(/\{[^{}]*\}/g)].some(([placeholder]) => !known.includes(placeholder));
  return [
    ...(strange ? [`holds a placeholder that is none of ${known.join(', ')}`] : []),
    ...(pattern.includes('{body}') ? [] : ['does not hold {body}: the signature would not cover what the hook says']),
  ];
}
