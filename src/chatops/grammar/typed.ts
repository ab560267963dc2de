import type { ChatOption } from '../../core/chat.ts';
import { type CommandName, LIST_TOPICS, MOST_RECENT } from '../command.ts';
import type { Words } from '../tokens.ts';
import { READ_CLAUSE } from './clauses.ts';
import type { Draft } from './draft.ts';
import { FORMS } from './forms.ts';
import { COMMANDS } from './keywords.ts';
import { oneOf, readCount, readRecentSource } from './subjects.ts';
import { valueAfter } from './value-after.ts';

/** An option with the way its value is read: the same as in a text. */
export interface TypedOption extends ChatOption {
  read(words: Words, draft: Draft): void;
}

export interface TypedForm {
  /** Undefined where only a button or a text asks for it. */
  readonly description?: string;
  /** Required ones first: Discord demands it. */
  readonly options: readonly TypedOption[];
}

type Read = TypedOption['read'];
type Traits = Partial<Pick<ChatOption, 'required' | 'suggests' | 'choices'>>;

const option = (
  name: string,
  description: string,
  { read, ...traits }: Traits & { readonly read: Read },
): TypedOption => ({
  name,
  description,
  required: false,
  suggests: false,
  choices: [],
  ...traits,
  read,
});

/** One of a few words, which becomes the clause of that name. */
function chosen(
  choices: readonly string[],
  clauseOf: (choice: string) => 'everywhere' | 'now' | 'copy' | 'move',
): Read {
  return (words, draft) => {
    const word = valueAfter(words, undefined, { needs: choices.join(' or '), typical: choices[0] ?? '' });
    const choice = choices.find((known) => known === word.text.toLowerCase());
    if (choice === undefined) throw oneOf(words, word, choices);
    READ_CLAUSE[clauseOf(choice)](words, draft);
  };
}

const subject = (command: CommandName): Read => {
  return (words, draft) => FORMS[command].subject(words, draft);
};

const where = option('where', 'Conditions on labels, source, type, event, severity, state: repo:acme/api author:-bot', {
  read: READ_CLAUSE.where,
});
const because = option('because', 'The reason, for everybody to read', { read: READ_CLAUSE.because });
const duration = (description: string): TypedOption =>
  option('for', description, { suggests: true, read: READ_CLAUSE.for });
const to = (description: string, required = false): TypedOption =>
  option('to', description, { required, suggests: true, read: READ_CLAUSE.to });

const YES = ['yes'];
const MODES = ['copy', 'move'];

/** Every command as platforms with typed options know it. */
export const TYPED: Readonly<Record<CommandName, TypedForm>> = {
  help: {
    description: 'What can be said here, or how one command is written',
    options: [option('topic', 'A command', { choices: COMMANDS, read: subject('help') })],
  },
  list: {
    description: 'Routes, mutes, sources and channels, with their numbers',
    options: [option('what', 'Only these', { choices: LIST_TOPICS, read: subject('list') })],
  },
  status: { description: 'Whether all is well: what waits, what is muted, what is out of reach', options: [] },
  mute: {
    description: 'Hold messages back for a while; nothing is lost',
    options: [
      option('what', 'A source, source:event, "route NAME", "key KEY" or "this"', {
        suggests: true,
        read: subject('mute'),
      }),
      where,
      duration('How long, such as 30m, 2h or 3d'),
      option('until', '09:00, 2026-11-22 09:00 Europe/Berlin, resolved, or forever', { read: READ_CLAUSE.until }),
      option('in', 'The channel; otherwise this one', { suggests: true, read: READ_CLAUSE.in }),
      option('everywhere', 'In all channels', { choices: YES, read: chosen(YES, () => 'everywhere') }),
      because,
    ],
  },
  unmute: {
    description: 'End a mute, and tell what it held back',
    options: [option('which', 'Its number, or "all"', { required: true, suggests: true, read: subject('unmute') })],
  },
  route: {
    description: 'Send messages to another channel for a while',
    options: [
      option('what', 'A source, or source:event such as github:pull_request.*', {
        required: true,
        suggests: true,
        read: subject('route'),
      }),
      to('A channel, or "here"', true),
      where,
      duration('How long, such as 2h; otherwise until it is unrouted'),
      option('mode', 'Copy: also there. Move: only there. Otherwise copy', {
        choices: MODES,
        read: chosen(MODES, (mode) => (mode === 'move' ? 'move' : 'copy')),
      }),
      because,
    ],
  },
  unroute: {
    description: 'Remove a route that was added from chat',
    options: [option('which', 'Its number or name', { required: true, suggests: true, read: subject('unroute') })],
  },
  why: {
    description: 'Why a message came, or did not',
    options: [
      option('about', 'An id, a link to a message, or a source, event and conditions; otherwise the newest here', {
        suggests: true,
        read: subject('why'),
      }),
    ],
  },
  recent: {
    description: 'The newest events',
    options: [
      option('count', `How many, from 1 to ${MOST_RECENT}`, { read: readCount }),
      option('source', 'Only from this source', { suggests: true, read: readRecentSource }),
    ],
  },
  replay: {
    description: 'Send an event again',
    options: [
      option('event', 'Its id, as "recent" and "why" show it', {
        required: true,
        suggests: true,
        read: subject('replay'),
      }),
      to('Only to this channel; otherwise by today’s routes'),
      option('now', 'Without showing first how many messages it posts', {
        choices: YES,
        read: chosen(YES, () => 'now'),
      }),
    ],
  },
  test: {
    description: 'Post a sample, to see how it looks',
    options: [
      option('sample', 'A type, or type/sample such as github/pull_request.opened', {
        required: true,
        suggests: true,
        read: subject('test'),
      }),
      to('A channel; otherwise this one'),
    ],
  },
  acknowledge: { options: [option('event', 'Its id', { required: true, read: subject('acknowledge') })] },
  post: { options: [option('mute', 'Its id', { required: true, read: subject('post') })] },
  export: { description: 'What was changed from chat, as a patch to the config files', options: [] },
};
