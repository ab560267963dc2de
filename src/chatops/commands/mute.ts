import { formatDuration } from '../../core/duration.ts';
import type { Block } from '../../core/message.ts';
import type { Mute } from '../../core/overlay.ts';
import { pressId } from '../../core/press.ts';
import { SEVERITIES } from '../../core/severity.ts';
import { clockTime } from '../../pipeline/clock-time.ts';
import type { MuteUntil, WouldHide } from '../../pipeline/mutes.ts';
import { scopeText } from '../../pipeline/scope-text.ts';
import type { ChannelWord, MuteCommand } from '../command.ts';
import type { Asked, Run } from '../context.ts';
import { permissionFor } from '../mute-rights.ts';
import { muteTarget, type Targeted } from '../mute-target.ts';
import { channelOf } from '../names.ts';
import { Refusal } from '../refusal.ts';
import { publicly } from '../reply.ts';
import { resolveEnd } from '../wall-clock.ts';
import { becauseText, counted, hereText, listed, oneLine, paragraph, strong } from '../words.ts';

/** `mute alerts where env:prod for 2h because deploy` */
export const mute: Run<MuteCommand> = async (asks, asked, context) => {
  const { scope, about } = await scopeOf(asks, asked, context);
  const permission = permissionFor(scope, asked);
  await asked.rights.need(permission);
  const atMostMs = await asked.rights.longestMuteMs(permission);
  const until = untilOf(asks, asked, atMostMs);
  if (until.kind === 'resolved' && scope.key === undefined) throw nothingToResolve(asks);
  await asked.rights.needMute(permission, lengthOf(until, asked.now));
  const made = await context.mutes.add({
    scope,
    until,
    by: asked.by,
    ...(asks.because !== undefined && { why: asks.because }),
    ...(asked.here !== undefined && { origin: asked.here }),
    atMostMs,
  });
  return publicly(asked, {
    title: titleOf(made.mute, { until, about, asked }),
    emoji: '🔕',
    body: bodyOf(made.mute, made.wouldHide, asked),
    actions: [{ label: 'Unmute', id: pressId('unmute', made.mute.id) }],
  });
};

async function scopeOf(asks: MuteCommand, asked: Asked, context: Parameters<typeof mute>[2]): Promise<Targeted> {
  const { scope, about } = await muteTarget(asks, asked, context);
  const where = Object.keys(asks.where).length === 0 ? {} : { where: asks.where };
  if (asks.everywhere) return { scope: { ...scope, ...where }, about };
  const word: ChannelWord = asks.in ?? { kind: 'here' };
  const channel = channelOf(word, asked, (other) => ({ ...asks, in: other }));
  return { scope: { channel, ...scope, ...where }, about };
}

/** Without a word about its end: the config's default, or as long as this person may. */
function untilOf({ end }: MuteCommand, { runtime, now, zone }: Asked, atMostMs: number): MuteUntil {
  if (end !== undefined) return resolveEnd(end, { now, zone });
  return { kind: 'for', ms: Math.min(runtime.config.chatops.defaultMuteMs, atMostMs) };
}

/** How long it asks for; what ends by itself is cut to the longest instead. */
function lengthOf(until: MuteUntil, now: Date): number {
  if (until.kind === 'for') return until.ms;
  if (until.kind === 'at') return until.at.getTime() - now.getTime();
  return until.kind === 'forever' ? Number.POSITIVE_INFINITY : 0;
}

const nothingToResolve = (asks: MuteCommand): Refusal =>
  new Refusal(
    'Only one thing with a beginning and an end can be resolved: an alert, a pull request. Say it on its message, or name its key.',
    {
      ...asks,
      end: { kind: 'for', ms: 2 * 3_600_000 },
    },
  );

interface ForTitle {
  readonly until: MuteUntil;
  readonly about: string | undefined;
  readonly asked: Asked;
}

/** `Ana muted alerts where env:prod here for 2 h: deploy` */
function titleOf({ scope, why, by }: Mute, { until, about, asked }: ForTitle): string {
  const what = about === undefined ? scopeText(scope) : `"${oneLine(about, 100)}"`;
  return `${by.name} muted ${what}${hereText(scope, asked.here)} ${endText(until, asked)}${becauseText(why)}`;
}

function endText(until: MuteUntil, asked: Asked): string {
  if (until.kind === 'for') return `for ${formatDuration(until.ms)}`;
  if (until.kind === 'at') return `until ${clockTime(until.at, asked)}`;
  return until.kind === 'resolved' ? 'until it is resolved' : 'without an end';
}

const bodyOf = (made: Mute, wouldHide: WouldHide, asked: Asked): readonly Block[] => [
  paragraph(strong(`#${made.number}`), ` ends ${endOf(made, asked)}. ${hiddenText(wouldHide)} ${criticalText(made)}`),
];

function endOf({ until, untilResolved }: Mute, asked: Asked): string {
  const time = until === undefined ? undefined : clockTime(until, asked);
  if (untilResolved === true) return `when it is resolved${time === undefined ? '' : `, by ${time} at the latest`}`;
  return time === undefined ? 'when somebody unmutes it' : `at ${time}`;
}

function hiddenText({ count, bySeverity, atLeast }: WouldHide): string {
  if (count === 0) return 'In the last 24 h it would have hidden nothing.';
  const severities = [...SEVERITIES].reverse().flatMap((severity) => {
    const some = bySeverity[severity] ?? 0;
    return some === 0 ? [] : [`${some} ${severity}`];
  });
  const detail = severities.length === 0 ? '' : ` (${listed(severities)})`;
  return `In the last 24 h it would have hidden ${atLeast ? 'at least ' : ''}${counted(count, 'message')}${detail}.`;
}

const criticalText = ({ critical }: Mute): string =>
  critical ? 'Critical ones are held back too.' : 'Critical ones still come through.';
