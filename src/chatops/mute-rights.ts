import { CommandError } from '../core/errors.ts';
import { isSamePerson, type Mute, type MuteScope } from '../core/overlay.ts';
import { scopeText } from '../pipeline/scope-text.ts';
import type { Asked, ChatContext } from './context.ts';
import type { MutePermission } from './permissions.ts';
import { listed } from './words.ts';

/** What somebody needs for a mute of this scope, where they said it. */
export const permissionFor = ({ channel }: MuteScope, { here }: Pick<Asked, 'here'>): MutePermission =>
  channel !== undefined && channel === here ? 'mute' : 'mute-everywhere';

/** Whoever may mute there may end it and post what it holds back; so may who made it. */
export async function needsMute({ scope, by }: Pick<Mute, 'scope' | 'by'>, asked: Asked): Promise<void> {
  if (!isSamePerson(by, asked.by)) await asked.rights.need(permissionFor(scope, asked));
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
