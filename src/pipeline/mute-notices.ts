import { formatDuration } from '../core/duration.ts';
import type { Mute, MuteEnd } from '../core/overlay.ts';
import { pressId } from '../core/press.ts';
import { SEVERITIES, type Severity } from '../core/severity.ts';
import type { Held } from '../core/store.ts';
import type { Notice } from './bellhop-source.ts';
import { clockTime, type ReadAt } from './clock-time.ts';
import type { WouldHide } from './mutes.ts';
import { nameText, oneLine, placeText, scopeText, sentence } from './scope-text.ts';

/** Of what is still open, as many as a person reads. */
const OPEN_SHOWN = 5;

/** Told where a mute holds and it was not said. */
export function muteStarted(mute: Mute, wouldHide: WouldHide, readAt: ReadAt): Notice {
  const facts = { ...factsOf(mute), until: untilText(mute, readAt), hides: hidesText(wouldHide) };
  return {
    event: 'mute_started',
    severity: 'info',
    title: `Muted ${lengthText(mute)}: ${facts.what}`,
    detail: `${facts.who} muted it ${facts.place} ${facts.until}. ${facts.hides}`,
    about: muteKey(mute.id),
    facts,
    actions: [{ label: 'Unmute', id: pressId('unmute', mute.id) }],
  };
}

/** The receipt: how long, by whom, why, what was held back and what of it is still open. */
export function muteEnded(mute: Mute, held: Held, ended: MuteEnd): Notice {
  const facts = {
    ...factsOf(mute),
    lasted: formatDuration(Math.max(0, ended.at.getTime() - mute.from.getTime())),
    end: sentence(endText(ended)),
    held: held.count,
    posted: held.posted,
    groups: groupsOf(held),
    open: held.open.slice(0, OPEN_SHOWN).map(({ title, url, severity }) => ({ title: oneLine(title), url, severity })),
    openCount: held.openCount,
    more: Math.max(0, held.openCount - Math.min(OPEN_SHOWN, held.open.length)),
  };
  return {
    event: 'mute_ended',
    severity: 'info',
    title: `Mute #${mute.number} ended: ${countsText(held)}`,
    detail: [
      `${facts.who} muted ${facts.what} ${facts.place} for ${facts.lasted}. ${facts.end}`,
      ...facts.groups.map(({ source, counts }) => `${source}: ${counts}`),
    ].join('\n'),
    about: muteKey(mute.id),
    facts,
    mute: { ...mute, ended },
    actions: held.count === 0 ? [] : [{ label: 'Post them now', id: pressId('post', mute.id), style: 'primary' }],
  };
}

/** The key of everything that is said about a mute. */
export const muteKey = (id: string): string => `mute:${id}`;

/** One line for the audit log: `#3 alerts where env:prod in ops for 2 h: deploy`. */
export const auditText = (mute: Mute): string => {
  const { number, what, place, why } = factsOf(mute);
  return `#${number} ${what} ${place} ${lengthText(mute)}${why === undefined ? '' : `: ${why}`}`;
};

/** `Ana ended it`, `its time was over`. */
export function endText({ reason, by }: MuteEnd): string {
  if (by !== undefined) return `${nameText(by.name)} ended it`;
  return reason === 'resolved' ? 'what it was about is resolved' : 'its time was over';
}

const factsOf = ({ number, scope, by, why, critical }: Mute) => ({
  number,
  what: scopeText(scope),
  place: placeText(scope),
  who: nameText(by.name),
  why: why === undefined ? undefined : oneLine(why),
  critical,
});

function lengthText({ from, until, untilResolved }: Mute): string {
  if (untilResolved) return 'until it is resolved';
  return until === undefined ? 'until somebody unmutes it' : `for ${formatDuration(until.getTime() - from.getTime())}`;
}

function untilText({ until, untilResolved }: Mute, readAt: ReadAt): string {
  if (until === undefined) return 'until somebody unmutes it';
  const time = clockTime(until, readAt);
  return untilResolved ? `until it is resolved, ${time} at the latest` : `until ${time}`;
}

function hidesText({ count, bySeverity, atLeast }: WouldHide): string {
  if (count === 0) return 'In the last 24 h it would have hidden nothing more.';
  return `In the last 24 h this was ${atLeast ? 'at least ' : ''}${count} ${count === 1 ? 'message' : 'messages'}: ${severitiesText(bySeverity)}.`;
}

function countsText({ count, posted, openCount }: Held): string {
  const total = count + posted;
  if (total === 0) return 'nothing was held back';
  if (count === 0) return `${total} held back, ${total === 1 ? 'posted' : 'all posted'} already`;
  const before = posted === 0 ? '' : `, ${posted} of them posted already`;
  return `${total} held back${before}, ${openCount === 0 ? 'nothing still open' : `${openCount} still open`}`;
}

/** One line a source, in the order of the store: the most severe first. */
function groupsOf({ groups }: Held): readonly { readonly source: string; readonly counts: string }[] {
  const bySource = new Map<string, Partial<Record<Severity, number>>>();
  for (const { source, severity, count } of groups)
    bySource.set(source, { ...bySource.get(source), [severity]: count });
  return [...bySource].map(([source, counts]) => ({ source, counts: severitiesText(counts) }));
}

/** `1 critical, 10 warning`. */
const severitiesText = (counts: Readonly<Partial<Record<Severity, number>>>): string =>
  [...SEVERITIES]
    .reverse()
    .flatMap((severity) => (counts[severity] === undefined ? [] : `${counts[severity]} ${severity}`))
    .join(', ');
