import { formatDuration } from '../core/duration.ts';
import type { LaneContext } from './lane.ts';
import type { Operators } from './operators.ts';
import type { ActiveChannel } from './runtime.ts';

/** What a try means for the people who run Bellhop: decides what the operators are told. */
export function reportTrouble(operators: Operators): LaneContext['onTried'] {
  return (channel, delivery, { outcome, templateFailure, settlement, read }) => {
    const { name } = channel.config;
    // A notice that fails must not become a notice.
    if (delivery.route === 'operators') return;
    if (templateFailure !== undefined) {
      operators.tell({
        event: 'template_failed',
        severity: 'warning',
        title: `A message in ${name} went out in the plain form`,
        detail: `${capital(templateFailure)}. "bellhop check" shows what is wrong with the templates.`,
        about: `${read?.event.type}/${read?.event.event}:${channel.platform.name}`,
      });
    }
    if ((outcome.kind === 'retry' || outcome.kind === 'dead') && outcome.unreachable) {
      operators.tell({
        event: 'channel_unreachable',
        severity: 'error',
        title: `${name} on ${channel.platform.name} cannot be reached`,
        detail: `${outcome.reason} ${outcome.kind === 'retry' ? 'Its messages wait.' : `The message is kept; "bellhop deliveries --retry ${delivery.id}" sends it again.`}`,
        about: `channel:${name}`,
        channel: name,
      });
    } else if (settlement.state === 'dead') {
      const reason = outcome.kind === 'sent' ? '' : outcome.reason;
      const tried = `after ${delivery.tries + 1} tries in ${formatDuration(channel.retryMs.slice(0, delivery.tries).reduce((sum, ms) => sum + ms, 0))}`;
      operators.tell({
        event: 'delivery_dead',
        severity: 'error',
        title: `A message for ${name} was given up${outcome.kind === 'dead' ? '' : ` ${tried}`}`,
        detail: `${read?.event.title ?? delivery.eventId}: ${reason} It is kept; "bellhop deliveries --retry ${delivery.id}" sends it again.`,
        about: `delivery:${name}:${reason}`,
        channel: name,
      });
    }
  };
}

/** Tells that an outage is over. */
export function reportRecovery(operators: Operators): (channel: ActiveChannel) => void {
  return ({ config, platform }) => {
    operators.tell({
      event: 'channel_recovered',
      severity: 'info',
      title: `${config.name} on ${platform.name} takes messages again`,
      detail: 'What waited is being delivered in its order.',
      about: `recovered:${config.name}`,
      channel: config.name,
    });
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
