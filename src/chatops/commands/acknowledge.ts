import { isSamePerson } from '../../core/overlay.ts';
import { clockTime } from '../../pipeline/clock-time.ts';
import type { Command } from '../command.ts';
import type { Run } from '../context.ts';
import { privately, publicly } from '../reply.ts';
import { bullets, oneLine, paragraph } from '../words.ts';

/** The button "Acknowledge": who presses it looks after it, and its message says so. */
export const acknowledge: Run<Extract<Command, { readonly name: 'acknowledge' }>> = async (asks, asked, context) => {
  await asked.rights.need('acknowledge');
  const { event, before, shown, notShown } = await context.acknowledger.acknowledge(asks.event, asked.by);
  const title = oneLine(event.title, 120);
  if (before !== undefined) {
    return privately(asked, {
      title: `${isSamePerson(before.by, asked.by) ? 'You look' : `${before.by.name} looks`} after it already, since ${clockTime(before.at, asked)}: ${title}`,
      emoji: '👀',
    });
  }
  return publicly(asked, {
    title: `${asked.by.name} looks after it: ${title}`,
    emoji: '👀',
    body: [
      ...(shown.length > 0 || notShown.length === 0 ? [] : [paragraph('Its message could not be changed:')]),
      ...(notShown.length === 0
        ? []
        : [bullets(notShown.map(({ channel, reason }) => [`${channel}: ${oneLine(reason)}`]))]),
    ],
  });
};
