import { CommandError } from '../../core/errors.ts';
import type { Where } from '../../core/overlay.ts';
import type { MuteTarget } from '../command.ts';
import type { Run } from '../context.ts';
import type { CustomMute } from '../read-input.ts';
import { privately } from '../reply.ts';
import { code, paragraph } from '../words.ts';
import { written } from '../written.ts';

/** The button "Something else…": the command that would mute this, to be changed and sent. */
export const customMute: Run<CustomMute> = async ({ event: id }, asked, { store }) => {
  await asked.rights.need('ask');
  const event = (await store.event(id))?.event;
  if (event === undefined)
    throw new CommandError('Bellhop keeps this event no longer, so it cannot say how to mute it.');
  const { source, key } = event;
  const all: MuteTarget = { kind: 'source', source, event: event.event };
  const mute = (target: MuteTarget, where: Where = {}) =>
    written(
      {
        name: 'mute',
        target,
        where,
        end: { kind: 'for', ms: 2 * 3_600_000 },
        everywhere: false,
        because: 'a deploy is running',
      },
      asked.style,
    );
  return privately(asked, {
    title: 'Copy this, change it and send it',
    emoji: '🔕',
    body: [
      ...(key === undefined ? [] : [paragraph('This one: ', code(mute({ kind: 'key', key }, { source: [source] })))]),
      paragraph('All of its sort: ', code(mute(all))),
      paragraph(
        'Also: until 09:00, until resolved, everywhere, where env:prod. ',
        code(written({ name: 'help', topic: 'mute' }, asked.style)),
      ),
    ],
  });
};
