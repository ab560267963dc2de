import type { Reply } from '../../core/chat.ts';
import { CommandError } from '../../core/errors.ts';
import { isSamePerson, type Mute } from '../../core/overlay.ts';
import { scopeText } from '../../pipeline/scope-text.ts';
import type { Command } from '../command.ts';
import type { Asked, ChatContext, Run } from '../context.ts';
import { muteNamed, needsMute } from '../mute-rights.ts';
import { privately } from '../reply.ts';
import { listed, oneLine } from '../words.ts';

type Unmute = Extract<Command, { readonly name: 'unmute' }>;

/** `unmute #3`, `unmute all`. The receipt that everybody sees is the mutes' own. */
export const unmute: Run<Unmute> = async ({ which }, asked, context) => {
  if (which === 'all') return unmuteAll(asked, context);
  const found = await muteNamed(which, context);
  await needsMute(found, asked);
  const { mute } = await context.mutes.end(found.id, asked.by);
  return ended([mute], asked);
};

async function unmuteAll(asked: Asked, context: ChatContext): Promise<Reply> {
  const { here, rights } = asked;
  const inForce = (await context.mutes.list()).map(({ mute }) => mute);
  const ofHere = inForce.filter(({ scope }) => here !== undefined && scope.channel === here);
  const ofAll = inForce.filter(({ scope }) => scope.channel === undefined);
  const mayEverywhere = ofAll.length > 0 && (await rights.may('mute-everywhere'));
  const chosen = mayEverywhere ? [...ofHere, ...ofAll] : ofHere;
  if (chosen.length === 0) {
    if (ofAll.length > 0) await rights.need('mute-everywhere');
    throw new CommandError(
      here === undefined
        ? 'This place is no channel of the config, so nothing is muted here.'
        : 'Nothing is muted here.',
    );
  }
  if (ofHere.length > 0) await rights.need('mute');
  const gone: Mute[] = [];
  for (const { id } of chosen) {
    const mute = await endedByUs(id, asked, context);
    if (mute !== undefined) gone.push(mute);
  }
  if (gone.length === 0) throw new CommandError('Somebody else has just ended them.');
  return ended(gone, asked);
}

/** Undefined when somebody else ended it meanwhile: that is what was wanted. */
async function endedByUs(id: string, { by }: Asked, { mutes }: ChatContext): Promise<Mute | undefined> {
  try {
    return (await mutes.end(id, by)).mute;
  } catch (error) {
    const ended = (await mutes.find(id))?.ended;
    // Still in force: it could not be ended.
    if (ended === undefined) throw error;
    const isOurs = ended.by !== undefined && isSamePerson(ended.by, by);
    if (isOurs) throw error;
    return undefined;
  }
}

function ended(gone: readonly Mute[], asked: Asked): Reply {
  const names = gone.map(({ number, scope }) => `#${number} (${scopeText(scope)})`);
  const places = [
    ...new Set(gone.map(({ scope, origin }) => scope.channel ?? origin).filter((name) => name !== undefined)),
  ];
  const where = places.length === 0 ? '' : ` in ${listed(places)}`;
  return privately(asked, {
    title: oneLine(`You unmuted ${listed(names)}; what was held back is told${where}`),
    emoji: '🔔',
    tone: 'good',
  });
}
