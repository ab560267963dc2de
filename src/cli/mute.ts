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

/** `bellhop mute <what…>`: as in chat, with the channel named. */
export async function mute(what: readonly string[], { url, json, where, ...rest }: MuteOptions): Promise<number> {
  const scope = scopeOf(what);
  if ((rest.channel === undefined) === (rest.everywhere === undefined))
    throw new CommandError('Say where: --channel and a name, or --everywhere; one of them was expected.', 2);
  const conditions = whereOf(where);
  const api = await openApi(readSettings(), url);
  const muted = await api.post<Muted>('/api/mutes', {
    ...scope,
    ...(where.length === 0 ? {} : { where: conditions }),
    ...rest,
  });
  if (json) printJson(muted);
  else print(`${oneLine(muted.summary)}\n${wouldHideText(muted.wouldHide)}`);
  return 0;
}

const EXPECTED = 'a source, source:event-glob, route NAME or key KEY';

function scopeOf(what: readonly string[]): Readonly<Record<string, string>> {
  const [first = '', second, ...others] = what;
  if ((first === 'route' || first === 'key') && second !== undefined && others.length === 0) return { [first]: second };
  if (second !== undefined)
    throw new CommandError(`"${what.join(' ')}" is nothing that can be muted; expected ${EXPECTED}.`, 2);
  const colon = first.indexOf(':');
  const source = colon < 0 ? first : first.slice(0, colon);
  const event = colon < 0 ? undefined : first.slice(colon + 1);
  if (source === '' || event === '')
    throw new CommandError(`"${first}" lacks what stands before or after the colon; expected ${EXPECTED}.`, 2);
  // `*:pull_request.*` is that event of every source.
  return { ...(source === '*' && event !== undefined ? {} : { source }), ...(event === undefined ? {} : { event }) };
}

/** `author:-bot` as it is typed in chat: what has another author. */
function whereOf(written: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const condition of written) {
    const [, key = '', minus = '', value = ''] = /^([^:]+):(-?)([^-].*)$/s.exec(condition) ?? [];
    if (value === '')
      throw new CommandError(`--where is "${condition}"; label:value was expected, as in env:prod or author:-bot.`, 2);
    found.set(key, [...(found.get(key) ?? []), minus === '' ? value : `!${value}`]);
  }
  return Object.fromEntries(found);
}

function wouldHideText({ count, bySeverity, atLeast }: Muted['wouldHide']): string {
  if (count === 0) return 'It would have hidden nothing in the last 24 h.';
  const parts = Object.entries(bySeverity).map(([severity, of]) => `${of} ${severity}`);
  return `It would have hidden ${atLeast ? 'at least ' : ''}${count} in the last 24 h: ${parts.join(', ')}.`;
}
