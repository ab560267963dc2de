import type { SourceEvent } from '../core/event.ts';

/** Leaves out of the facts what the title says already; values of one or two characters stand in any title by chance. */
export function sayOnce(event: SourceEvent): SourceEvent {
  const title = event.title.toLowerCase();
  const said = (text: string): boolean => text.length > 2 && title.includes(text.toLowerCase());
  const { details, id } = event.facts;
  return {
    ...event,
    facts: {
      ...event.facts,
      eventText: title.startsWith(event.event.toLowerCase()) ? undefined : event.event,
      stateText:
        event.state === undefined || said(event.state) || title.endsWith(`(${event.state})`) ? undefined : event.state,
      details: (Array.isArray(details) ? details : [])
        .filter(({ value }: { readonly value: string }) => value !== id && !said(value))
        .slice(0, MOST_DETAILS),
    },
  };
}

const MOST_DETAILS = 5;
