import type { Delivery } from '../core/delivery.ts';
import { formatDuration } from '../core/duration.ts';
import { reasonOf } from '../core/outcome.ts';
import type { Notice } from './bellhop-source.ts';
import type { LaneContext } from './lane.ts';
import type { NoticeRoute } from './notices.ts';
import type { Operators } from './operators.ts';
import type { ActiveChannel } from './runtime.ts';

/** An outage shorter than this is nobody's business: what waited comes a little later. */
const OUTAGE_TOLD_AFTER_MS = 10 * 60_000;

const OPERATORS: NoticeRoute = 'operators';

/** What tries mean for the people who run Bellhop: decides what the operators are told. */
export function createTroubleReports(operators: Operators): Pick<LaneContext, 'onTried' | 'onOutage' | 'onRecovered'> {
  /** Channels whose trouble was told: their recovery is news, that of the others is not. */
  const told = new Set<string>();

  function tellUnreachable({ config: { name }, platform }: ActiveChannel, detail: string): void {
    told.add(name);
    operators.tell({
      event: 'channel_unreachable',
      ends: 'channel_recovered',
      severity: 'error',
      title: `${name} on ${platform.name} cannot be reached`,
      detail,
      about: `channel:${name}`,
      channel: name,
    });
  }

  return {
    onTried(channel, delivery, { outcome, templateFailure, settlement, read }) {
      // What the operators cannot be told must not become a notice. A receipt of a mute fails like any message.
      if (delivery.route === OPERATORS) return;
      if (templateFailure !== undefined) {
        operators.tell(templateNotice(channel, templateFailure, `${read?.event.type}/${read?.event.event}`));
      }
      const kept = `The message is kept; "bellhop deliveries --retry ${delivery.id}" sends it again.`;
      if ((outcome.kind === 'retry' || outcome.kind === 'dead') && outcome.unreachable) {
        tellUnreachable(channel, `${outcome.reason} ${outcome.kind === 'retry' ? 'Its messages wait.' : kept}`);
      } else if (settlement.state === 'dead') {
        const title = read?.event.title ?? delivery.eventId;
        operators.tell(
          deadNotice(channel, delivery, { reason: reasonOf(outcome), given: outcome.kind === 'dead', title, kept }),
        );
      }
    },
    onOutage(channel, { lastingMs, reason }) {
      if (lastingMs < OUTAGE_TOLD_AFTER_MS) return;
      tellUnreachable(channel, `${reason} That has lasted for ${formatDuration(lastingMs)}; its messages wait.`);
    },
    onRecovered({ config: { name }, platform }) {
      if (!told.delete(name)) return;
      operators.tell({
        event: 'channel_recovered',
        ends: 'channel_unreachable',
        severity: 'info',
        title: `${name} on ${platform.name} takes messages again`,
        detail: 'What waited is being delivered in its order.',
        about: `channel:${name}`,
        channel: name,
      });
    },
  };
}

const templateNotice = ({ config, platform }: ActiveChannel, failure: string, event: string): Notice => ({
  event: 'template_failed',
  severity: 'warning',
  title: `A message in ${config.name} went out in the plain form`,
  detail: `${failure.charAt(0).toUpperCase()}${failure.slice(1)}. "bellhop check" shows what is wrong with the templates.`,
  about: `${event}:${platform.name}`,
});

interface Death {
  readonly reason: string | undefined;
  /** The platform refused for good, at the first try that it saw. */
  readonly given: boolean;
  readonly title: string;
  readonly kept: string;
}

function deadNotice({ config: { name }, retryMs }: ActiveChannel, { tries }: Delivery, death: Death): Notice {
  const waited = retryMs.slice(0, tries).reduce((sum, ms) => sum + ms, 0);
  return {
    event: 'delivery_dead',
    severity: 'error',
    title: `A message for ${name} was given up${death.given ? '' : ` after ${tries + 1} tries in ${formatDuration(waited)}`}`,
    detail: `${death.title}: ${death.reason} ${death.kept}`,
    about: `delivery:${name}:${death.reason}`,
    channel: name,
  };
}
