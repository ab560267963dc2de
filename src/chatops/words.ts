import type { Block, Inline } from '../core/message.ts';
import type { MuteScope } from '../core/overlay.ts';
import { safeWebUrl } from '../core/url.ts';
import { nameText, oneLine, placeText } from '../pipeline/scope-text.ts';

export { nameText, oneLine };

/** A piece of running text, or a string that becomes one. */
export type Words = Inline | string;

export const paragraph = (...words: readonly Words[]): Block => ({ kind: 'paragraph', children: inlines(words) });

/** One line an item. */
export const bullets = (items: readonly (readonly Words[])[]): Block => ({
  kind: 'list',
  ordered: false,
  start: 1,
  items: items.map((words) => [paragraph(...words)]),
});

export const strong = (text: string): Inline => ({ kind: 'strong', children: [{ kind: 'text', text }] });

export const code = (text: string): Inline => ({ kind: 'code', text });

/** A link, or its text alone where there is no address that may be linked. */
export function link(text: string, address: string | undefined): Inline {
  const url = address === undefined ? undefined : safeWebUrl(address);
  const children: readonly Inline[] = [{ kind: 'text', text }];
  return url === undefined ? { kind: 'text', text } : { kind: 'link', url, children };
}

const inlines = (words: readonly Words[]): readonly Inline[] =>
  words.map((word) => (typeof word === 'string' ? { kind: 'text', text: word } : word));

/** `: deploy`, after what was done; nothing where nobody said why. */
export const becauseText = (why: string | undefined): string => (why === undefined ? '' : `: ${oneLine(why, 100)}`);

/** `a`, `a and b`, `a, b and c`; of more than `most`, the rest as a count. */
export function listed(words: readonly string[], { most = 8, last = 'and' } = {}): string {
  const shown = words.length > most ? [...words.slice(0, most), `${words.length - most} more`] : words;
  if (shown.length <= 1) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} ${last} ${shown.at(-1)}`;
}

/** `1 message`, `2 messages`. */
export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** Where a scope holds, after what it covers: ` here`, ` in ops`, ` everywhere`. */
export const hereText = (scope: MuteScope, here: string | undefined): string =>
  ` ${scope.channel !== undefined && scope.channel === here ? 'here' : placeText(scope)}`;
