import { CommandError } from '../../core/errors.ts';
import { pressId } from '../../core/press.ts';
import type { Command } from '../command.ts';
import type { Run } from '../context.ts';
import { channelOf } from '../names.ts';
import { privately, publicly } from '../reply.ts';
import { bullets, code, counted, listed, oneLine, paragraph } from '../words.ts';
import { written } from '../written.ts';

/** `replay evt_… [to ops]`. More than one message is shown before it is posted. */
export const replay: Run<Extract<Command, { readonly name: 'replay' }>> = async (asks, asked, { replayer }) => {
  await asked.rights.need('replay');
  const to = asks.to && channelOf(asks.to, asked, (other) => ({ ...asks, to: other }));
  const { event, destinations } = await replayer.planReplay(asks.event, to);
  const title = oneLine(event.title, 100);
  if (destinations.length === 0)
    throw new CommandError(
      `No route of today takes "${title}", so nothing would be posted. Name a channel: to here, to ops.`,
    );
  if (destinations.length > 1 && asks.now !== true) {
    return privately(asked, {
      title: `${counted(destinations.length, 'message')} would be posted again: ${title}`,
      emoji: '🔁',
      body: [
        bullets(destinations.map(({ channel, route }) => [`${channel}, by route ${route}`])),
        paragraph('Go ahead: ', code(written({ ...asks, now: true }, asked.style))),
      ],
      actions: [{ label: `Post ${destinations.length} messages`, id: pressId('replay', event.id), style: 'primary' }],
    });
  }
  const { here, by } = asked;
  const sent = await replayer.replayEvent(event.id, to, { by, ...(here !== undefined && { channel: here }) });
  const channels = sent.map(({ channel }) => channel);
  return publicly(asked, {
    title: `${by.name} replays "${title}" in ${listed(channels)}`,
    emoji: '🔁',
    body: [paragraph(`${counted(sent.length, 'message')}, each marked as replayed.`)],
  });
};
