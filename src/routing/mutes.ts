import { isOwn } from '../core/event.ts';
import type { Mute, MuteMatcher } from '../core/overlay.ts';
import type { Subject } from '../core/route.ts';
import { scopeOf } from './scope.ts';

/** Nothing is muted. */
const NO_MUTES: MuteMatcher = { find: () => undefined };

/** Compiles the mutes of an overlay. The one with the lowest number wins; what Bellhop itself says is never muted. */
export function compileMutes(mutes: readonly Mute[]): MuteMatcher {
  const compiled = mutes
    .filter(({ ended }) => ended === undefined)
    .sort((a, b) => a.number - b.number)
    .map((mute) => ({ mute, until: mute.until?.getTime() ?? Number.POSITIVE_INFINITY, covers: scopeOf(mute.scope) }));
  if (compiled.length === 0) return NO_MUTES;
  return {
    find(subject, to, now) {
      if (isOwn(subject.event)) return undefined;
      const time = now.getTime();
      return compiled.find(({ mute, until, covers }) => time < until && !breaks(subject, mute) && covers(subject, to))
        ?.mute;
    },
  };
}

/** The end of a story is no rise, however bad the story was. */
const breaks = ({ event }: Subject, { critical }: Mute): boolean =>
  event.severity === 'critical' && event.closes !== true && !critical;
