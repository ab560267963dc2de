import type { MuteCommand, MuteTarget } from '../chatops/command.ts';
import { GrammarError, parseCommand } from '../chatops/grammar.ts';
import { printDuration, printUntil } from '../chatops/print.ts';
import { CommandError } from '../core/errors.ts';
import { openApi, type ServerOptions } from './api-client.ts';
import type { MuteRow } from './mutes.ts';
import { oneLine, print, printJson } from './output.ts';
import { readSettings } from './settings.ts';

export interface MuteOptions extends ServerOptions {
  readonly channel?: string;
  readonly everywhere?: boolean;
  readonly where: readonly string[];
  readonly for?: string;
  readonly until?: string;
  readonly because?: string;
}

interface Muted extends MuteRow {
  readonly wouldHide: {
    readonly count: number;
    readonly bySeverity: Readonly<Record<string, number>>;
    readonly atLeast: boolean;
  };
}

/** `bellhop mute <what…>`: as in chat, by words or by options, with the channel named. */
export async function mute(what: readonly string[], options: MuteOptions): Promise<number> {
  const { url, json } = options;
  const order = orderOf(what, options);
  const api = await openApi(readSettings(), url);
  const muted = await api.post<Muted>('/api/mutes', order);
  if (json) printJson(muted);
  else print(`${oneLine(muted.summary)}\n${wouldHideText(muted.wouldHide)}`);
  return 0;
}

/** The order as the API takes it; the words are read by the grammar of the chat. */
function orderOf(what: readonly string[], { where, because, channel, ...options }: MuteOptions): object {
  const words = what.map(asWord);
  // All that follows it is the reason.
  const reasonAt = words.includes('because') ? words.indexOf('because') : words.length;
  const command = read([
    'mute',
    ...words.slice(0, reasonAt),
    ...(where.length === 0 ? [] : ['where', ...where.map(asCondition)]),
    ...(options.for === undefined ? [] : ['for', options.for]),
    ...(options.until === undefined ? [] : ['until', options.until]),
    ...(options.everywhere === true ? ['everywhere'] : []),
    ...words.slice(reasonAt),
  ]);
  const there = channel ?? (command.in?.kind === 'name' ? command.in.name : undefined);
  if ((there === undefined) !== command.everywhere)
    throw new CommandError('Say where: --channel and a name, or --everywhere; one of them was expected.', 2);
  const { end } = command;
  const reason = because ?? command.because;
  return {
    ...targetOf(command.target),
    ...(Object.keys(command.where).length > 0 && { where: command.where }),
    ...(there === undefined ? { everywhere: true } : { channel: there }),
    ...(end !== undefined && (end.kind === 'for' ? { for: printDuration(end.ms) } : { until: printUntil(end) })),
    ...(reason !== undefined && { because: reason }),
  };
}

function read(words: readonly string[]): MuteCommand {
  try {
    const command = parseCommand(words.join(' '));
    if (command.name === 'mute') return command;
  } catch (error) {
    if (error instanceof GrammarError)
      throw new CommandError(`${error.message} For example: bellhop ${withChannel(error.example)}`, 2);
    throw error;
  }
  throw new CommandError('Expected what to mute, as in "bellhop mute alerts --channel ops".', 2);
}

const withChannel = (example: string): string =>
  / (?:everywhere|in) ?/.test(example) ? example : `${example} --channel NAME`;

/** The shell has taken the quotes away from what holds a space. */
const asWord = (word: string): string => (/\s/.test(word) ? JSON.stringify(word) : word);

function asCondition(condition: string): string {
  const [, key = '', value = ''] = /^([^:\s]+:)(.*\s.*)$/s.exec(condition) ?? [];
  return value === '' ? condition : `${key}${JSON.stringify(value)}`;
}

function targetOf(target: MuteTarget | undefined): object {
  switch (target?.kind) {
    case undefined:
      return {};
    case 'route':
      return { route: target.route };
    case 'key':
      return { key: target.key };
    case 'source': {
      const { source, event } = target;
      // `*:pull_request.*`, or the pattern alone, is that event of every source.
      if (event === undefined) return /[*?]/.test(source) ? { event: source } : { source };
      return source === '*' ? { event } : { source, event };
    }
    default:
      throw new CommandError('"this" means a message, and there is none here; name a source, a route or a key.', 2);
  }
}

function wouldHideText({ count, bySeverity, atLeast }: Muted['wouldHide']): string {
  if (count === 0) return 'It would have hidden nothing in the last 24 h.';
  const parts = Object.entries(bySeverity).map(([severity, of]) => `${of} ${severity}`);
  return `It would have hidden ${atLeast ? 'at least ' : ''}${count} in the last 24 h: ${parts.join(', ')}.`;
}
