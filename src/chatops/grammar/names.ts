import type { ChannelWord, MuteTarget, Numbered } from '../command.ts';
import { keywordOf, type Word, type Words } from '../tokens.ts';
import type { Draft } from './draft.ts';
import { clauseOf, EVENT_ID, MUTE_ID } from './keywords.ts';
import { found, Mistake } from './mistake.ts';
import { valueAfter } from './value-after.ts';

/** `here`, `ops`, `#ops`, `<#C0123>` or `<#C0123|ops>`. */
export function readChannel(words: Words, clause?: Word): ChannelWord {
  const word = valueAfter(words, clause, { needs: 'a channel: its name, or "here"', typical: 'here' });
  if (word.literal.includes(true)) return { kind: 'name', name: word.text };
  if (keywordOf(word) === 'here') return { kind: 'here' };
  const [, id] = /^<#([^<>|]+)(?:\|[^<>]*)?>$/.exec(word.text) ?? [];
  if (id !== undefined) return { kind: 'id', id };
  const name = word.text.replace(/^#/, '');
  if (name.trim() !== '') return { kind: 'name', name };
  throw new Mistake(`${found(word.text)} names no channel.`, words.instead(word, 'here'));
}

/** `github`, `github:pull_request.*`. */
export function readSource(words: Words, word: Word): { readonly source: string; readonly event?: string } {
  const [source = '', ...rest] = word.text.split(':');
  const event = rest.join(':');
  if (source.trim() !== '' && rest.length === 0) return { source };
  if (source.trim() !== '' && event.trim() !== '') return { source, event };
  if (word.text.trim() === '')
    throw new Mistake('There is nothing between the quotes; a source was expected.', words.instead(word, 'github'));
  const next = words.peek();
  const wasSpaced = source !== '' && next !== undefined && clauseOf(words, next) === undefined;
  throw new Mistake(
    `${found(word.text)} is half of a name; a source was expected, and right after its colon an event: github:pull_request.*`,
    wasSpaced
      ? words.instead({ start: word.end, end: next.start }, '')
      : words.instead(word, source.trim() === '' ? 'github' : source),
  );
}

/** What a mute is about; undefined when a clause comes first. */
export function readTarget(words: Words): MuteTarget | undefined {
  const word = words.peek();
  if (word === undefined || clauseOf(words, word) !== undefined) return undefined;
  words.next();
  switch (keywordOf(word)) {
    case 'this':
      return { kind: 'this' };
    case 'route': {
      const name = valueAfter(words, word, { needs: 'the name of a route', typical: 'prod-alerts' });
      return { kind: 'route', route: name.text };
    }
    case 'key': {
      const name = valueAfter(words, word, { needs: 'a key, as "why" shows it', typical: 'pr:acme/api#12' });
      return { kind: 'key', key: name.text };
    }
    case 'event':
      return { kind: 'event', id: readEventId(words, word) };
    default:
      if (EVENT_ID.test(plain(word))) return { kind: 'event', id: word.text };
      return { kind: 'source', ...readSource(words, word) };
  }
}

export const EXAMPLE_EVENT = 'evt_01kahs2j6gq4x0w9c7r5t3v1';
export const EXAMPLE_MUTE = 'mute_01kahs2j6gq4x0w9c7r5t3v1';

export function readEventId(words: Words, after: Word | undefined): string {
  const word = valueAfter(words, after, {
    needs: 'the id of an event, as "recent" and "why" show it',
    typical: EXAMPLE_EVENT,
  });
  if (EVENT_ID.test(plain(word))) return word.text;
  throw new Mistake(
    `${found(word.text)} is no event's id; "evt_" and letters were expected, as "recent" and "why" show them.`,
    words.instead(word, EXAMPLE_EVENT),
  );
}

export function readMuteId(words: Words, after: Word | undefined): string {
  const word = valueAfter(words, after, { needs: 'the id of a mute', typical: EXAMPLE_MUTE });
  if (MUTE_ID.test(plain(word))) return word.text;
  throw new Mistake(
    `${found(word.text)} is no mute's id; "mute_" and letters were expected.`,
    words.instead(word, EXAMPLE_MUTE),
  );
}

/** `#3`, `3` or a mute's id; `all` leaves the draft as it is. */
export function readMuteNumber(words: Words, draft: Draft, after: Word | undefined): void {
  const word = valueAfter(words, after, {
    needs: 'the number of a mute, as "list mutes" shows it, or "all"',
    typical: '#3',
  });
  if (keywordOf(word) === 'all') return;
  if (MUTE_ID.test(plain(word))) draft.numbered = { id: word.text };
  else draft.numbered = numberOf(word) ?? notNumbered(words, word);
}

/** `#4`, `4` or the name of a chat route. */
export function readRouteNumber(words: Words, draft: Draft, after: Word | undefined): void {
  const word = valueAfter(words, after, {
    needs: 'the number or name of a chat route, as "list routes" shows it',
    typical: '#4',
  });
  const numbered = numberOf(word);
  if (numbered !== undefined) draft.numbered = numbered;
  else if (/^(?:#|\d+$)/.test(plain(word))) notNumbered(words, word);
  else draft.named = word.text;
}

function numberOf(word: Word): Numbered | undefined {
  const [, digits] = /^#?0*([1-9]\d{0,8})$/.exec(plain(word)) ?? [];
  return digits === undefined ? undefined : { number: Number(digits) };
}

function notNumbered(words: Words, word: Word): never {
  throw new Mistake(
    `${found(word.text)} is no number from the list; one such as #3 was expected.`,
    words.instead(word, '#3'),
  );
}

/** The word's text, empty when something of it is quoted. */
const plain = (word: Word): string => (word.literal.includes(true) ? '' : word.text);
