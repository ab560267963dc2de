import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { isRecord } from '../../core/record.ts';
import type { ReadOptions, SourceType } from '../../core/source.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { guessEvent } from '../guess.ts';
import { sayOnce } from '../say-once.ts';
import { mapEvent, type RenderText } from './map.ts';

/** Any sender: JSON, XML, a form, text or a query, read by the config's `map`, or by the names its fields go by. */
export function createGeneric(renderText: RenderText): SourceType {
  return defineSource({
    type: 'generic',
    title: 'Generic webhook',
    docs: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
    verifier: { scheme: 'none' },
    takesGet: true,
    setUp:
      'Post JSON, XML, a form or text to the address, or call it with a query. Say in `auth` how the sender proves itself (`hmac`, `token`, `bodyToken`, `queryToken`, `bearer`, `basic` or `urlToken`); with a `secret` and no `auth`, it sends the header `Authorization: Bearer <secret>`. A `map` names the fields that hold the event, its title, key, state and link; without one they are guessed from their names.',
    events: {},
    ignores: {},
    read: (hook, options) => read(hook, options, renderText),
    dedupeKey: (_hook, event) => (typeof event.facts.id === 'string' ? event.facts.id : undefined),
  });
}

/** More in one list than anybody wants as single messages: they become one. */
const MAX_EVENTS = 50;

function read(hook: Hook, { map }: ReadOptions, renderText: RenderText): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { document } = reading;
  if (document === null || document === '') return { kind: 'unreadable', reason: 'The body holds no value.' };
  if (Array.isArray(document) && document.length === 0) return { kind: 'ignored', reason: 'The list is empty.' };
  const payloads: readonly unknown[] = isListOfEvents(document) ? document : [document];
  const events = payloads.map((payload) => {
    const guessed = guessEvent(payload, hook);
    return sayOnce(map === undefined ? guessed : mapEvent(guessed, { map, hook, renderText }));
  });
  return { kind: 'events', events: withOwnIds(events) };
}

const isListOfEvents = (document: unknown): document is readonly unknown[] =>
  Array.isArray(document) && document.length <= MAX_EVENTS && document.every(isRecord);

/** An id from a header is the hook's, not the element's: without a number, one element would pass for the copy of another. */
function withOwnIds(events: readonly SourceEvent[]): readonly SourceEvent[] {
  const seen = new Set<unknown>();
  return events.map((event, at) => {
    const { id } = event.facts;
    if (id === undefined || !seen.has(id)) {
      seen.add(id);
      return event;
    }
    return { ...event, facts: { ...event.facts, id: `${id}#${at}` } };
  });
}
