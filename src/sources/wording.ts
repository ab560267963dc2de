import { formatDuration } from '../core/duration.ts';
import { oneLine as toOneLine } from './one-line.ts';

const EXCERPT_LIMIT = 500;
const EXCERPT_LINES = 12;

/** One line of plain text, cut to `max` characters; empty for nothing. */
export const oneLine = (text: string | undefined, max?: number): string => toOneLine(text ?? '', max);

/** The first lines of somebody's Markdown, without HTML comments (the instructions in issue forms); undefined for nothing. */
export function excerpt(markdown: string | undefined): string | undefined {
  const readable = (markdown ?? '')
    .slice(0, EXCERPT_LIMIT * 10)
    .replace(/\r\n?/g, '\n')
    .split('<!--')
    .map((part, index) => (index === 0 ? part : afterComment(part)))
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return readable === '' ? undefined : cutLines(cut(readable, EXCERPT_LIMIT));
}

/** The first line of a commit message. */
export const subjectOf = (message: string | undefined): string =>
  oneLine((message ?? '').slice(0, 4_000).trimStart().split('\n', 1)[0]);

/** `a`, `b` and nothing make `a b`. */
export const words = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' ');

/** `head: tail`, or the one that is there. */
export const colon = (head: string, tail: string): string => [head, tail].filter((part) => part !== '').join(': ');

/** ` (a, b)` of those that are there, or nothing. */
export function inBrackets(...parts: readonly (string | undefined)[]): string {
  const present = parts.filter((part) => part !== undefined && part !== '');
  return present.length === 0 ? '' : ` (${present.join(', ')})`;
}

/** `1 commit`, `1,204 commits`. */
export const count = (amount: number, noun: string): string =>
  `${WITH_COMMAS.format(amount)} ${noun}${amount === 1 ? '' : 's'}`;

// Made once: `toLocaleString` would make one for every commit.
const WITH_COMMAS = new Intl.NumberFormat('en-US');

export const shortSha = (sha: string | undefined): string =>
  /^[0-9a-f]{7,64}$/i.test(sha ?? '') ? (sha ?? '').slice(0, 7) : '';

/** `feat/bell` of `refs/heads/feat/bell`. */
export const refName = (ref: string | undefined): string => oneLine(ref?.replace(/^refs\/(heads|tags)\//, ''));

/** How long it took, in whole minutes once there are some: `42 s`, `4 min`, `1 h 5 min`; undefined where a time is missing. */
export function tookText(from: Date | undefined, to: Date | undefined): string | undefined {
  if (from === undefined || to === undefined || to <= from) return undefined;
  const ms = to.getTime() - from.getTime();
  return formatDuration(ms < 60_000 ? ms : Math.round(ms / 60_000) * 60_000);
}

/** `auto_merge_enabled` as people say it. */
export const spoken = (action: string): string => action.replaceAll(/[_-]+/g, ' ').trim();

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function afterComment(part: string): string {
  const end = part.indexOf('-->');
  return end === -1 ? '' : part.slice(end + 3);
}

/** Ends at a word where one ends near the limit. */
function cut(text: string, max: number): string {
  const characters = [...text];
  if (characters.length <= max) return text;
  const start = characters.slice(0, max - 1).join('');
  const words = start.slice(0, Math.max(start.search(/\s\S{0,40}$/), 0)).trimEnd();
  return `${words || start}…`;
}

/** A list of fifty short lines is no excerpt. */
function cutLines(text: string): string {
  const lines = text.split('\n');
  if (lines.length <= EXCERPT_LINES) return text;
  return `${lines.slice(0, EXCERPT_LINES).join('\n').trimEnd()}\n\n…`;
}
