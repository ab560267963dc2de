import type { ChatPerson } from './chat.ts';

/**
 * Whether `who` of a grant (`*`, `slack:U…`, `discord:<id>`, `discord:role:<id>`, `teams:<object id>`) means this person, by
 * what their platform said of them. A user group is no such thing: it has to be asked for.
 */
export function isNamed(who: string, { platform, id, roles }: Pick<ChatPerson, 'platform' | 'id' | 'roles'>): boolean {
  if (who === '*') return true;
  const [of, rest] = parted(who);
  if (of !== platform || rest === '') return false;
  if (platform === 'discord' && rest.startsWith('role:')) return roles.includes(rest.slice('role:'.length));
  // Object ids are GUIDs, which are written in either case.
  if (platform === 'teams') return rest.toLowerCase() === id.toLowerCase();
  return rest === id;
}

/** The user group that `who` names on this person's platform: Slack's begin with an S, its people with U or W. */
export function groupIn(who: string, { platform }: Pick<ChatPerson, 'platform'>): string | undefined {
  const [of, rest] = parted(who);
  return of === 'slack' && platform === 'slack' && rest.startsWith('S') ? rest : undefined;
}

function parted(who: string): readonly [string, string] {
  const at = who.indexOf(':');
  return at < 0 ? [who, ''] : [who.slice(0, at), who.slice(at + 1)];
}
