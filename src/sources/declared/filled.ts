/** The text, or undefined where there is none: nothing, what a sender's own template left unfilled, and the year 1 that Go writes for "no value". */
export const filled = (text: string): string | undefined => (text === '' || UNFILLED.test(text) ? undefined : text);

const UNFILLED = /^(?:\*\w{1,60}\*|\$[A-Z_]{1,60}|\$\{\w{1,60}\}|\{\{.{0,80}\}\}|0001-01-01T00:00:00Z|null|undefined)$/;
