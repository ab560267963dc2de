import type { ChannelWord, Command, CommandName } from '../command.ts';
import { printCommand } from '../print.ts';
import { keywordOf, type Word, type Words } from '../tokens.ts';
import type { Draft } from './draft.ts';
import type { Clause } from './keywords.ts';
import { Mistake } from './mistake.ts';
import {
  EXAMPLE_EVENT,
  EXAMPLE_MUTE,
  readEventId,
  readMuteId,
  readMuteNumber,
  readRouteNumber,
  readSource,
  readTarget,
} from './names.ts';
import { readListTopic, readRecent, readSample, readTopic } from './subjects.ts';
import { valueAfter } from './value-after.ts';
import { readAbout } from './why.ts';

/** How one command is written. */
export interface Form {
  /** A whole command that can be copied. */
  readonly example: string;
  /** Reads what the command is about. `name` is the command's own word; absent for a typed option. */
  subject(words: Words, draft: Draft, name?: Word): void;
  /** What may follow, in any order. */
  readonly clauses: readonly Clause[];
  /** Throws `Mistake` when something is missing. */
  command(draft: Draft): Command;
}

const nothing = (): void => undefined;

export const FORMS: Readonly<Record<CommandName, Form>> = {
  help: {
    example: 'help mute',
    subject: readTopic,
    clauses: [],
    command: ({ topic }) => ({ name: 'help', ...given({ topic }) }),
  },
  list: {
    example: 'list mutes',
    subject: readListTopic,
    clauses: [],
    command: ({ what }) => ({ name: 'list', ...given({ what }) }),
  },
  status: { example: 'status', subject: nothing, clauses: [], command: () => ({ name: 'status' }) },
  mute: {
    example: 'mute github for 2h because deploy',
    subject(words, draft) {
      const target = readTarget(words);
      if (target !== undefined) draft.target = target;
    },
    clauses: ['where', 'for', 'until', 'forever', 'in', 'everywhere', 'because'],
    command({ target, where, end, in: channel, everywhere = false, because }) {
      if (target === undefined && where === undefined)
        throw new Mistake(
          'Say what to mute: a source, "route" and its name, "key" and a key, "this", or "where" and conditions.',
        );
      const rest = given({ target, end, in: channel, because });
      return { name: 'mute', where: Object.fromEntries(where ?? []), everywhere, ...rest };
    },
  },
  unmute: {
    example: 'unmute #3',
    subject: readMuteNumber,
    clauses: [],
    command: ({ numbered }) => ({ name: 'unmute', which: numbered ?? 'all' }),
  },
  route: {
    example: 'route alerts where env:prod to war-room for 2h because incident 42',
    subject(words, draft, name) {
      const mode = name === undefined ? '' : keywordOf(words.peek());
      if (mode === 'copy' || mode === 'move') {
        draft.mode = mode;
        words.next();
      }
      const needs = 'a source before anything else, such as alerts or github:pull_request.*';
      Object.assign(draft, readSource(words, valueAfter(words, name, { needs, typical: 'alerts' })));
    },
    clauses: ['where', 'to', 'for', 'copy', 'move', 'because'],
    command({ source = '', event, where, to, mode = 'copy', end, because }) {
      const forMs = end?.kind === 'for' ? end.ms : undefined;
      const rest = given({ event, forMs, because });
      const routeTo = (channel: ChannelWord): Command => ({
        name: 'route',
        source,
        where: Object.fromEntries(where ?? []),
        to: channel,
        mode,
        ...rest,
      });
      if (to !== undefined) return routeTo(to);
      throw new Mistake(
        'Say where to: "to" and the name of a channel, or "to here".',
        printCommand(routeTo({ kind: 'here' })),
      );
    },
  },
  unroute: {
    example: 'unroute #4',
    subject: readRouteNumber,
    clauses: [],
    command: ({ numbered, named = '' }) => ({ name: 'unroute', which: numbered ?? named }),
  },
  why: {
    example: 'why github pull_request.opened repo:acme/api',
    subject(words, draft) {
      draft.about = readAbout(words);
    },
    clauses: [],
    command: ({ about = { kind: 'this' } }) => ({ name: 'why', about }),
  },
  recent: {
    example: 'recent 5 github',
    subject: readRecent,
    clauses: [],
    command: ({ count, source }) => ({ name: 'recent', ...given({ count, source }) }),
  },
  replay: {
    example: `replay ${EXAMPLE_EVENT} to here`,
    subject(words, draft, name) {
      draft.id = readEventId(words, name);
    },
    clauses: ['to', 'now'],
    command: ({ id = '', to, now }) => ({ name: 'replay', event: id, ...given({ to, now }) }),
  },
  test: {
    example: 'test github/pull_request.opened to here',
    subject: readSample,
    clauses: ['to'],
    command: ({ type = '', sample, to }) => ({ name: 'test', type, ...given({ sample, to }) }),
  },
  acknowledge: {
    example: `ack ${EXAMPLE_EVENT}`,
    subject(words, draft, name) {
      draft.id = readEventId(words, name);
    },
    clauses: [],
    command: ({ id = '' }) => ({ name: 'acknowledge', event: id }),
  },
  post: {
    example: `post ${EXAMPLE_MUTE}`,
    subject(words, draft, name) {
      draft.id = readMuteId(words, name);
    },
    clauses: [],
    command: ({ id = '' }) => ({ name: 'post', mute: id }),
  },
  export: { example: 'export', subject: nothing, clauses: [], command: () => ({ name: 'export' }) },
};

/** Only what is there: an absent field stays absent. */
const given = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };
