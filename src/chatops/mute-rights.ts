import { CommandError } from '../core/errors.ts';
import type { Mute } from '../core/overlay.ts';
import { scopeText } from '../pipeline/scope-text.ts';
import type { Asked, ChatContext } from './context.ts';
import { listed } from './words.ts';

/** Whoever may mute there may end it and post what it holds back; so may who made it. */
export async function needsMute({ scope, by }: Pick<Mute, 'scope' | 'by'>, asked: Asked): Promise<void> {
  const isTheirs = by.id !== '' && by.id === asked.by.id && by.platform === asked.by.platform;
  if (isTheirs) return;
  await asked.rights.need(scope.channel !== undefined && scope.channel === asked.here ? 'mute' : 'mute-everywhere');
}

/** The mute of this number or id; refuses with those there are. */
export async function muteNamed(
  which: { readonly number: number } | { readonly id: string },
  { mutes }: Pick<ChatContext, 'mutes'>,
): Promise<Mute> {
  const inForce = (await mutes.list()).map(({ mute }) => mute);
  const found = 'id' in which ? await mutes.find(which.id) : inForce.find(({ number }) => number === which.number);
  if (found !== undefined) return found;
  const named = 'id' in which ? 'such a mute' : `a mute #${which.number}`;
  const known = inForce.map(({ number, scope }) => `#${number} ${scopeText(scope)}`);
  throw new CommandError(
    `There is not, or no longer, ${named}. ${known.length === 0 ? 'Nothing is muted.' : `In force: ${listed(known)}.`}`,
  );
}
