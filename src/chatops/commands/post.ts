import { CommandError } from '../../core/errors.ts';
import { scopeText } from '../../pipeline/scope-text.ts';
import type { Command } from '../command.ts';
import type { Run } from '../context.ts';
import { muteNamed, needsMute } from '../mute-rights.ts';
import { publicly } from '../reply.ts';
import { counted, nameText } from '../words.ts';

/** A receipt's button: what a mute holds back, or held back until it ended, is posted now. */
export const post: Run<Extract<Command, { readonly name: 'post' }>> = async ({ mute: id }, asked, context) => {
  const mute = await muteNamed({ id }, context);
  await needsMute(mute, asked);
  const { count } = await context.mutes.post(mute.id, asked.by);
  if (count === 0)
    throw new CommandError(
      `Mute #${mute.number} holds nothing back any more; it has been posted, or there was nothing.`,
    );
  return publicly(asked, {
    title: `${nameText(asked.by.name)} posts ${counted(count, 'message')} that mute #${mute.number} (${scopeText(mute.scope)}) held back`,
    emoji: '📬',
  });
};
