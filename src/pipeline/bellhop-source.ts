import type { Reading } from '../core/event.ts';
import type { Severity } from '../core/severity.ts';
import type { SourceType } from '../core/source.ts';

/** Something the operators should know. */
export interface Notice {
  readonly event: keyof typeof BELLHOP_EVENTS;
  readonly severity: Severity;
  readonly title: string;
  /** What happened and what to do, in sentences. */
  readonly detail: string;
  /** What it is about: the same thing is not told twice within the hour. */
  readonly about: string;
  /** The event about the same thing that this one ends: when it comes again, it is news. */
  readonly ends?: keyof typeof BELLHOP_EVENTS;
  /** The channel in trouble: it is not the one to be told. */
  readonly channel?: string;
}

const BELLHOP_EVENTS = {
  channel_unreachable: 'A channel cannot be posted in: a person must act, or its platform is out of reach.',
  channel_recovered: 'A channel takes messages again.',
  template_failed: 'A template could not be used; the message went out in the plain form.',
  delivery_dead: 'A message was given up.',
  config_refused: 'A changed config was refused; the previous one stays in force.',
} as const;

/** The type of Bellhop's own events. It is no source: nobody outside can send one. */
export const bellhopSource: SourceType = {
  type: 'bellhop',
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
          ...(notice.event === 'channel_recovered' ? { closes: true } : {}),
          severity: notice.severity,
          title: notice.title,
          labels: notice.channel === undefined ? {} : { channel: notice.channel },
          facts: { detail: notice.detail, lines: notice.detail.split('\n') },
          payload: notice,
          at: hook.at,
        },
      ],
    };
  },
};
