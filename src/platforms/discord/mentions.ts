import type { Mention } from '../../core/message.ts';

/** Whom Discord may notify: nobody but these, whatever the texts say. */
export interface AllowedMentions {
  readonly parse: readonly [];
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

export interface DiscordMentions {
  /** What stands in the message: `<@&1> <@2>`; empty without mentions. */
  readonly text: string;
  readonly allowed: AllowedMentions;
}

/** Together at most 1,300 of the 2,000 characters of a message, so that its line always has room. */
const MOST = 50;

/**
 * Mentions as the config names them: `role:ID`, `user:ID` or a bare user id. Anything else is left out.
 * https://docs.discord.com/developers/resources/message#allowed-mentions-object
 */
export function discordMentions(mentions: readonly Mention[]): DiscordMentions {
  const roles = new Set<string>();
  const users = new Set<string>();
  const texts = new Set<string>();
  for (const { discord = '' } of mentions.slice(0, MOST)) {
    const [, kind, id] = /^(?:(role|user):)?(\d{1,20})$/.exec(discord.trim()) ?? [];
    if (id === undefined) continue;
    texts.add(kind === 'role' ? `<@&${id}>` : `<@${id}>`);
    (kind === 'role' ? roles : users).add(id);
  }
  return { text: [...texts].join(' '), allowed: { parse: [], roles: [...roles], users: [...users] } };
}
