import type { Labels, Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { valueAt } from '../../core/path.ts';
import type { Severity } from '../../core/severity.ts';
import type { SourceAnswer, SourceType } from '../../core/source.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { deliveryIdOf } from '../delivery-id.ts';
import { readDocument } from '../document.ts';
import { toEventName } from '../event-name.ts';
import { guessEvent } from '../guess.ts';
import { handshakes } from '../handshakes/index.ts';
import { oneLine } from '../one-line.ts';
import { readTime } from '../read-time.ts';
import { sayOnce } from '../say-once.ts';
import { severityOf, signOf } from '../severity-of.ts';
import type { Declaration } from './declaration.ts';
import type { Value } from './value.ts';
import { type RenderText, type ValueContext, valueText } from './value-text.ts';

/** More in one list than anybody wants as single messages. */
const MAX_EVENTS = 100;
const LONGEST_TITLE = 180;

/** A type of source made of data alone. Whatever is sent, reading it gives events or a sentence, never an exception. */
export function declareSource(declaration: Declaration, renderText: RenderText): SourceType {
  const { type, title, docs, setUp, verifier, events, ignores = {} } = declaration;
  const { maxBody, takesGet, handshake, eventHeader, answer } = declaration;
  return defineSource({
    ...{ type, title, docs, setUp, verifier, events, ignores },
    ...(maxBody !== undefined && { maxBody }),
    ...(takesGet !== undefined && { takesGet }),
    ...(handshake !== undefined && { handshake: handshakes[handshake] }),
    ...(eventHeader !== undefined && { eventHeader }),
    ...(answer !== undefined && { answerTo: (hook) => answerTo(answer, hook, renderText) }),
    read: (hook) => read(declaration, hook, renderText),
    dedupeKey: deliveryIdOf,
    isDated: (hook, event) => hook.body.length > 0 && event.at !== hook.at,
  });
}

function read(declaration: Declaration, hook: Hook, renderText: RenderText): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const payload = reading.document;
  const items = itemsOf(declaration, payload);
  const found = items.flatMap((item): readonly SourceEvent[] => {
    const view = { payload, headers: hook.headers, query: hook.query, item };
    const context: ValueContext = { view, renderText };
    return valueText(declaration.requires, context) === undefined
      ? []
      : [toEvent(declaration, { hook, payload, item, context })];
  });
  if (found.length === 0) return { kind: 'unreadable', reason: `The body is no document of ${declaration.title}.` };
  const { ignores = {} } = declaration;
  const events = found.filter(({ event }) => !Object.hasOwn(ignores, event));
  const [ignored] = found;
  if (events.length === 0 && ignored !== undefined)
    return { kind: 'ignored', reason: ignores[ignored.event] ?? 'It is left out on purpose.' };
  return { kind: 'events', events };
}

function answerTo(
  { when, ...answer }: NonNullable<Declaration['answer']>,
  hook: Hook,
  renderText: RenderText,
): SourceAnswer | undefined {
  if (when === undefined) return answer;
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return undefined;
  const view = { payload: reading.document, headers: hook.headers, query: hook.query, item: reading.document };
  return valueText(when, { view, renderText }) === undefined ? undefined : answer;
}

function itemsOf({ each }: Declaration, payload: unknown): readonly unknown[] {
  if (each === undefined) return [payload];
  const [, ...path] = each.split('.');
  const list = valueAt(payload, path);
  // What comes without its list is about one thing.
  if (list === undefined) return [payload];
  return Array.isArray(list) ? list.slice(0, MAX_EVENTS) : [];
}

interface ToRead {
  readonly hook: Hook;
  readonly payload: unknown;
  readonly item: unknown;
  readonly context: ValueContext;
}

function toEvent(declaration: Declaration, { hook, payload, item, context }: ToRead): SourceEvent {
  const value = (written: Value | undefined): string | undefined => valueText(written, context);
  const named = toEventName(value(declaration.event)) ?? 'event';
  const listed = Object.hasOwn(declaration.events, named);
  const state = value(declaration.state)?.toLowerCase();
  const key = value(declaration.key);
  const closes = [named, state].some((word) => word !== undefined && declaration.closes?.includes(word));
  const id = value(declaration.id);
  const at = readTime(value(declaration.at));
  const own = value(declaration.titles[named] ?? declaration.titles.default);
  // Of what is not listed, a guess says more than a name.
  const guessed = listed ? undefined : guessEvent(item, hook, named);
  const severity: Severity =
    severityOf(value(declaration.severity)) ?? (closes ? undefined : guessed?.severity) ?? 'info';
  const url = safeWebUrl(value(declaration.url) ?? '') ?? guessed?.url;
  const read: SourceEvent = {
    event: named,
    ...(listed || Object.hasOwn(declaration.ignores ?? {}, named) ? {} : { unlisted: true }),
    ...(key !== undefined && { key }),
    ...(state !== undefined && { state }),
    ...(closes && key !== undefined && { closes }),
    severity,
    title: oneLine(own ?? guessed?.title ?? `${declaration.title}: ${named}`, LONGEST_TITLE),
    ...(url !== undefined && { url }),
    labels: textsOf(declaration.labels, value),
    facts: {
      ...guessed?.facts,
      ...signOf(closes && severity !== 'critical' ? 'info' : severity, closes ? 'ok' : state),
      ...textsOf(declaration.facts, value),
      ...(id !== undefined && { deliveryId: id }),
    },
    payload,
    at: at ?? hook.at,
  };
  return guessed === undefined ? read : sayOnce(read);
}

function textsOf(
  values: Readonly<Record<string, Value>> | undefined,
  value: (written: Value) => string | undefined,
): Labels & Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([name, written]) => {
      const text = value(written);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}
