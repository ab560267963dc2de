import { formatDuration } from '../../core/duration.ts';
import { valueAt } from '../../core/path.ts';
import { safeWebUrl } from '../../core/url.ts';
import { dateTime } from '../human-time.ts';
import { adfToMarkdown, toMarkdown } from '../markup/to-markdown.ts';
import { formatAmount, formatMoney } from '../money.ts';
import { oneLine } from '../one-line.ts';
import { plainText } from '../plain-text.ts';
import type { Value } from './declaration.ts';

/** Renders one mustache template as plain text, nothing escaped. */
export type RenderText = (template: string, view: object) => string;

export interface ValueContext {
  readonly view: object;
  readonly renderText: RenderText;
}

const LONGEST_LINE = 500;
const LONGEST_TEXT = 1_000;
const UNIT_MS = { ms: 1, s: 1_000, min: 60_000 } as const;

/** What a declared value comes to for one document; undefined when it has none. Never throws. */
export function valueText(value: Value | undefined, context: ValueContext): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return filled(oneLine(rendered(value, context), LONGEST_LINE));
  if (isList(value)) {
    for (const one of value) {
      const text = valueText(one, context);
      if (text !== undefined) return text;
    }
    return undefined;
  }
  if ('from' in value) return mapped(value, context);
  if ('time' in value) {
    const at = readTime(valueText(value.time, context));
    return at && dateTime(at);
  }
  if ('duration' in value) {
    const amount = Number(valueText(value.duration, context));
    return amount > 0 ? formatDuration(amount * UNIT_MS[value.unit]) : undefined;
  }
  if ('money' in value) {
    const amount = valueText(value.money, context);
    if (amount === undefined) return undefined;
    return (value.minor === true ? formatMoney : formatAmount)(Number(amount), valueText(value.currency, context));
  }
  if ('text' in value) return longText(value.text, context);
  if ('markdown' in value) return markdownText(value, context);
  if ('adf' in value) return filled(adfToMarkdown(valueAt(context.view, value.adf.split('.'))));
  if ('part' in value) return partOf(value, context);
  if ('say' in value) return saidText(value, context);
  if ('origin' in value) return originOf(value, context);
  if ('since' in value) {
    const since = readTime(valueText(value.since, context))?.getTime();
    const until = readTime(valueText(value.until, context))?.getTime();
    return since !== undefined && until !== undefined && until > since ? formatDuration(until - since) : undefined;
  }
  if ('there' in value) {
    const isThere = valueAt(context.view, value.there.split('.')) !== undefined;
    return isThere ? valueText(value.take, context) : undefined;
  }
  if ('first' in value) return firstOf(value, context);
  if ('list' in value) return listText(value, context);
  const text = valueText(value.cut, context);
  return text === undefined ? undefined : [...text].slice(0, value.to).join('');
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

function mapped(
  { from, map, otherwise }: Extract<Value, { readonly from: Value }>,
  context: ValueContext,
): string | undefined {
  const word = valueText(from, context)?.toLowerCase() ?? '';
  const found = Object.entries(map).find(([key]) => key.toLowerCase() === word)?.[1];
  return valueText(found ?? otherwise, context);
}

function longText(value: Value, context: ValueContext): string | undefined {
  if (typeof value !== 'string') return valueText(value, context);
  return filled(plainText(rendered(value, context), LONGEST_TEXT));
}

function markdownText(
  { markdown, of }: Extract<Value, { readonly markdown: Value }>,
  context: ValueContext,
): string | undefined {
  const written = typeof markdown === 'string' ? filled(rendered(markdown, context)) : valueText(markdown, context);
  return written === undefined ? undefined : filled(toMarkdown(written, of));
}

function partOf(
  { part, after, before }: Extract<Value, { readonly part: Value }>,
  context: ValueContext,
): string | undefined {
  const whole = valueText(part, context) ?? '';
  const start = after === undefined ? 0 : whole.indexOf(after) + after.length;
  const end = before === undefined ? whole.length : whole.indexOf(before, start);
  const found = after === undefined || whole.includes(after);
  return found && end !== -1 ? filled(whole.slice(start, end).trim()) : undefined;
}

/** The named values stand beside `payload` and the others; one that has none is absent, so that a section can leave out what goes with it. */
function saidText(
  { say, with: values }: Extract<Value, { readonly say: string }>,
  context: ValueContext,
): string | undefined {
  const named = Object.entries(values).flatMap(([name, value]) => {
    const text = valueText(value, context);
    return text === undefined ? [] : [[name, text] as const];
  });
  return valueText(say, { ...context, view: { ...context.view, ...Object.fromEntries(named) } });
}

function firstOf(
  { first, where, is, take }: Extract<Value, { readonly first: string }>,
  context: ValueContext,
): string | undefined {
  const elements = elementsAt(first, context);
  return valueText(take, elements.find((element) => valueText(where, element) === is) ?? NOWHERE);
}

function listText(
  { list, as, most = 5 }: Extract<Value, { readonly list: string }>,
  context: ValueContext,
): string | undefined {
  const texts = elementsAt(list, context).flatMap((element) => valueText(as, element) ?? []);
  const shown = texts.slice(0, most);
  const more = texts.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return texts.length === 0 ? undefined : shown.join(', ');
}

/** Longer lists are looked through to here: each element costs a template. */
const MOST_ELEMENTS = 200;

/** A context for each element of a list. */
function elementsAt(path: string, { view, renderText }: ValueContext): readonly ValueContext[] {
  const list = valueAt(view, path.split('.'));
  if (!Array.isArray(list)) return [];
  return list.slice(0, MOST_ELEMENTS).map((found: unknown) => ({ view: { ...view, found }, renderText }));
}

/** Nothing has a value there. */
const NOWHERE: ValueContext = { view: {}, renderText: () => '' };

function originOf(
  { origin, before, path }: Extract<Value, { readonly origin: Value }>,
  context: ValueContext,
): string | undefined {
  const written = valueText(origin, context) ?? '';
  if (safeWebUrl(written) === undefined) return undefined;
  const url = new URL(written);
  const end = before === undefined ? 0 : Math.max(url.pathname.indexOf(before), 0);
  return `${url.origin}${url.pathname.slice(0, end)}${valueText(path, context) ?? ''}`;
}

/** Templates are checked when they are read; one that fails all the same on one document is an empty value. */
function rendered(template: string, { view, renderText }: ValueContext): string {
  try {
    return renderText(template, view);
  } catch {
    return '';
  }
}

/** What a sender's own template left unfilled, and the year 1 that Go writes for "no value". */
const UNFILLED = /^(?:\*\w{1,60}\*|\$[A-Z_]{1,60}|\$\{\w{1,60}\}|\{\{.{0,80}\}\}|0001-01-01T00:00:00Z|null|undefined)$/;

const filled = (text: string): string | undefined => (text === '' || UNFILLED.test(text) ? undefined : text);

/** A time as senders write it: ISO text, or seconds or milliseconds since 1970; undefined for nonsense and for the year 1. */
export function readTime(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{9,14}(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
  // JavaScript takes a short number for a year or a month; of a sender it is a count, or 0 for none.
  if (number === undefined && /^\d{1,14}(?:\.\d+)?$/.test(text)) return undefined;
  const at = new Date(number === undefined ? text : number > 1e11 ? number : number * 1_000);
  return at.getTime() > 0 ? at : undefined;
}
