import type { HookEvent } from '../core/event.ts';
import {
  type Block,
  type Field,
  type Inline,
  type Message,
  type MessageSubject,
  type Tone,
  toneOfSeverity,
} from '../core/message.ts';
import { safeWebUrl } from '../core/url.ts';
import { TONE_EMOJI } from './emoji.ts';
import { cutText, oneLine, textOf } from './value.ts';

const MOST_LABELS = 4;
const LONGEST_TITLE = 250;
const LONGEST_VALUE = 100;
const LONGEST_BODY = 500;
const SUMMARIES = ['summary', 'detail', 'body', 'advice'] as const;

/** The built-in form: short literal text only, so that no template and no platform can fail on it. */
export function plainMessage(event: HookEvent, note?: string): Message {
  const url = event.url === undefined ? undefined : safeWebUrl(event.url);
  const tone = toneOf(event);
  return {
    title: titleOf(event),
    emoji: TONE_EMOJI[tone],
    ...(url !== undefined && { url }),
    tone,
    body: bodyOf(event),
    fields: fieldsOf(event),
    buttons: [],
    context: words(`${event.source} · ${event.event}`),
    actions: [],
    mentions: [],
    notes: note === undefined ? [] : [note],
    at: event.at,
    about: subjectOf(event),
  };
}

/** The event as programs want it beside the words. */
export function subjectOf({ id, source, event, severity, state, key, labels }: HookEvent): MessageSubject {
  return {
    eventId: id,
    source,
    event,
    severity,
    ...(state !== undefined && { state }),
    ...(key !== undefined && { key }),
    labels,
  };
}

/** The event's own line; its name where the sender gave no words. */
export const titleOf = (event: HookEvent): string =>
  shortLine(event.title, LONGEST_TITLE) || shortLine(event.event, LONGEST_TITLE);

/** What an event feels like when no template says so. */
export function toneOf({ severity, closes }: HookEvent): Tone {
  if (closes) return 'good';
  return toneOfSeverity(severity);
}

export const shortLine = (value: unknown, length: number): string => cutText(oneLine(textOf(value)).trim(), length);

function fieldsOf(event: HookEvent): readonly Field[] {
  const labels = Object.entries(event.labels)
    .map(([name, value]) => [name, shortLine(value, LONGEST_VALUE)] as const)
    .filter(([, value]) => value !== '')
    .slice(0, MOST_LABELS);
  const all = [['severity', event.severity], ['state', shortLine(event.state, LONGEST_VALUE)], ...labels] as const;
  return all
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ({ name: capital(shortLine(name, LONGEST_VALUE)), value: words(value) }));
}

function bodyOf({ facts }: HookEvent): readonly Block[] {
  for (const name of SUMMARIES) {
    const text = Object.hasOwn(facts, name) ? shortLine(facts[name], LONGEST_BODY) : '';
    if (text !== '') return [{ kind: 'paragraph', children: words(text) }];
  }
  return [];
}

const words = (text: string): readonly Inline[] => [{ kind: 'text', text: shortLine(text, LONGEST_BODY) }];

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
