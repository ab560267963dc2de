import { formatDuration } from '../../core/duration.ts';
import { pressId } from '../../core/press.ts';
import { clockTime } from '../../pipeline/clock-time.ts';
import { chatRouteText } from '../../pipeline/scope-text.ts';
import type { RouteCommand } from '../command.ts';
import type { Run } from '../context.ts';
import { channelOf, sourceOf } from '../names.ts';
import { publicly } from '../reply.ts';
import { becauseText, paragraph, strong } from '../words.ts';

/** `route alerts where env:prod to war-room for 2h because incident 42` */
export const route: Run<RouteCommand> = async (asks, asked, { routes }) => {
  const source = sourceOf(asks.source, asked, (other) => ({ ...asks, source: other }));
  const to = channelOf(asks.to, asked, (other) => ({ ...asks, to: other }));
  await asked.rights.need('route');
  const made = await routes.add({
    source,
    ...(asks.event !== undefined && { event: asks.event }),
    ...(Object.keys(asks.where).length > 0 && { where: asks.where }),
    to,
    mode: asks.mode,
    ...(asks.forMs !== undefined && { forMs: asks.forMs }),
    by: asked.by,
    ...(asks.because !== undefined && { why: asks.because }),
    ...(asked.here !== undefined && { origin: asked.here }),
  });
  const time = asks.forMs === undefined ? '' : ` for ${formatDuration(asks.forMs)}`;
  const end = made.until === undefined ? 'when somebody removes it' : `at ${clockTime(made.until, asked)}`;
  const how =
    made.mode === 'copy' ? 'A copy: they still go where they went before.' : 'Moved: they go nowhere else meanwhile.';
  return publicly(asked, {
    title: `${made.by.name} routes ${chatRouteText(made)}${time}${becauseText(made.why)}`,
    emoji: '🔀',
    body: [paragraph(strong(`#${made.number}`), ` ends ${end}. ${how}`)],
    actions: [{ label: 'Undo', id: pressId('unroute', made.name) }],
  });
};
