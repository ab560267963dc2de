import type { ChatopsConfig } from '../core/config.ts';
import { formatDuration } from '../core/duration.ts';
import { CommandError } from '../core/errors.ts';
import type { ChatRoute, Mute, MuteScope, Where } from '../core/overlay.ts';
import { clockTime } from './clock-time.ts';
import type { MuteOrder } from './mutes.ts';
import { checkLength, checkName, checkWhere, LONGEST_SAID_MS } from './overlay-names.ts';
import type { Runtime } from './runtime.ts';
import { placeText } from './scope-text.ts';

/** A scope as it is kept: without parts that hold for everything. Refuses one that would hide everything, and unknown names. */
export function checkedScope(
  asked: MuteScope,
  { runtime, chatRoutes }: { readonly runtime: Runtime; readonly chatRoutes: readonly ChatRoute[] },
): MuteScope {
  const scope = withoutStars(asked);
  const { channel, source, event, route, key, where } = scope;
  if (channel !== undefined) checkName('channel', channel, [...runtime.channels.keys()]);
  const isNamed = [source, route, key].some((part) => part !== undefined) || !isBlank(event ?? '*');
  if (!isNamed && !restricts(where ?? {}))
    throw new CommandError(
      `That would hide everything ${placeText(scope)}; name a source, an event, a route, what it is about or a label, as in "alerts where env:prod".`,
    );
  if (source !== undefined) checkName('source', source, [...runtime.sources.keys()]);
  if (route !== undefined)
    checkName(
      'route',
      route,
      [...runtime.config.routes, ...chatRoutes].map(({ name }) => name),
    );
  if (event !== undefined) checkLength('The event', event);
  if (key !== undefined) checkLength('The key', key);
  if (where !== undefined) checkWhere(runtime, where);
  return scope;
}

/** When a mute ends. Refuses an end in the past, one that is further away than this person may ask for, and none at all. */
export function endOf(
  { scope, until, atMostMs }: Pick<MuteOrder, 'scope' | 'until' | 'atMostMs'>,
  { chatops, now }: { readonly chatops: ChatopsConfig; readonly now: Date },
): Pick<Mute, 'until' | 'untilResolved'> {
  const longestMs = atMostMs ?? chatops.longestMuteMs;
  const inMs = (ms: number): Date => new Date(now.getTime() + ms);
  if (until?.kind === 'forever') {
    if (longestMs === Number.POSITIVE_INFINITY) return {};
    throw new CommandError(
      `A mute ends: here it may last ${formatDuration(longestMs)} at most. An administrator may mute for ever.`,
    );
  }
  if (until?.kind === 'resolved') {
    if (scope.key === undefined)
      throw new CommandError(
        '"until resolved" needs something that can be resolved; name a key, as in "mute key pr:acme/api#12 until resolved", or say it about one message.',
      );
    return { until: inMs(Math.min(longestMs, chatops.longestMuteMs)), untilResolved: true };
  }
  const ms = until === undefined ? Math.min(chatops.defaultMuteMs, longestMs) : lengthOf(until, now);
  if (Number.isNaN(ms)) throw new CommandError('That end is no time; say "for 2h" or "until 09:00".');
  if (ms <= 0)
    throw new CommandError(
      `That end is not in the future: it is ${clockTime(now, { zone: chatops.timeZone, now })} now. Say "for 2h" or "until 09:00".`,
    );
  if (ms > longestMs)
    throw new CommandError(
      `That would last ${formatDuration(ms)}; a mute may last ${formatDuration(longestMs)} at most here. An administrator may ask for longer.`,
    );
  if (ms > LONGEST_SAID_MS)
    throw new CommandError(`That would last ${formatDuration(ms)}; say "forever", or at most a year.`);
  return { until: inMs(ms) };
}

const lengthOf = (until: { readonly at: Date } | { readonly ms: number }, now: Date): number =>
  'at' in until ? until.at.getTime() - now.getTime() : until.ms;

function withoutStars(scope: MuteScope): MuteScope {
  const { source, event, where, ...rest } = scope;
  const asked = Object.entries(where ?? {}).filter(([, values]) => values.length > 0);
  return {
    ...rest,
    ...(source !== undefined && !isStars(source) && { source }),
    ...(event !== undefined && !isStars(event) && { event }),
    ...(asked.length > 0 && { where: Object.fromEntries(asked) }),
  };
}

/** Whether conditions leave something out. */
const restricts = (where: Where): boolean =>
  Object.values(where).some((values) => {
    const wanted = values.filter((value) => !value.startsWith('!'));
    return wanted.length < values.length || !wanted.some(isBlank);
  });

const isStars = (pattern: string): boolean => /^\*+$/.test(pattern);

/** Whether a pattern alone is no condition: `?*` is whatever has a name. Beside others it stays as it was said. */
const isBlank = (pattern: string): boolean => /^[*?]*\*[*?]*$/.test(pattern);
