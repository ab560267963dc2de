import { OWN_SOURCE, type Reading } from '../core/event.ts';
import type { Action } from '../core/message.ts';
import type { Mute } from '../core/overlay.ts';
import type { Severity } from '../core/severity.ts';
import type { SourceType } from '../core/source.ts';

export type BellhopEvent = keyof typeof BELLHOP_EVENTS;

/** Something that Bellhop itself has to say. It is kept as JSON: what is a time here comes back as text. */
export interface Notice {
  readonly event: BellhopEvent;
  readonly severity: Severity;
  readonly title: string;
  /** What happened and what to do, in sentences. */
  readonly detail: string;
  /** What it is about: operators are not told the same thing twice within the hour. */
  readonly about: string;
  /** The event about the same thing that this one ends: when it comes again, it is news. */
  readonly ends?: BellhopEvent;
  /** The channel in trouble: it is not the one to be told. */
  readonly channel?: string;
  /** What people can ask for below it. */
  readonly actions?: readonly Action[];
  /** What its template prints. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Of `mute_ended`: the mute with its end. Here it is looked up when it is no longer in the overlay. */
  readonly mute?: Mute;
}

const BELLHOP_EVENTS = {
  channel_unreachable: 'A channel cannot be posted in: a person must act, or its platform is out of reach.',
  channel_recovered: 'A channel takes messages again.',
  template_failed: 'A template could not be used; the message went out in the plain form.',
  delivery_dead: 'A message was given up.',
  config_refused: 'A changed config was refused; the previous one stays in force.',
  mute_started: 'Somebody muted something, for how long and why.',
  mute_ended: 'A mute ended: what it held back and what is still open.',
  route_started: 'Somebody added a route while Bellhop runs.',
  route_ended: 'Such a route ended.',
  route_replaced: 'Such a route gave way to one of the config that has its name.',
} as const;

/** Events that end what an earlier one of the same key began. */
const CLOSING: ReadonlySet<BellhopEvent> = new Set([
  'channel_recovered',
  'mute_ended',
  'route_ended',
  'route_replaced',
]);

/** The type of Bellhop's own events. It is no source: nobody outside can send one. */
export const bellhopSource: SourceType = {
  type: OWN_SOURCE,
  title: 'Bellhop',
  docs: '',
  setUp: '',
  verifier: { scheme: 'none' },
  events: BELLHOP_EVENTS,
  ignores: {},
  dedupeKey: () => undefined,
  read(hook): Reading {
    const notice = JSON.parse(hook.body.toString()) as Notice;
    return {
      kind: 'events',
      events: [
        {
          event: notice.event,
          key: notice.about,
          ...(CLOSING.has(notice.event) ? { closes: true } : {}),
          severity: notice.severity,
          title: notice.title,
          labels: notice.channel === undefined ? {} : { channel: notice.channel },
          facts: { detail: notice.detail, lines: notice.detail.split('\n'), ...notice.facts },
          payload: notice,
          at: hook.at,
        },
      ],
    };
  },
};
