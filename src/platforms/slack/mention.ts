import type { types } from '@slack/bolt';
import type { Mention } from '../../core/message.ts';

const BROADCAST = /^!?(here|channel|everyone)$/;
const USER = /^[UW][A-Z0-9]{2,}$/;
const USER_GROUP = /^S[A-Z0-9]{2,}$/;

/**
 * The mrkdwn that calls somebody by the id in the config (`U…`, `S…`, `here`); undefined for an id that is none of
 * Slack's.
 */
export function mentionMarkup(id: string): string | undefined {
  const [, broadcast] = BROADCAST.exec(id) ?? [];
  if (broadcast !== undefined) return `<!${broadcast}>`;
  if (USER.test(id)) return `<@${id}>`;
  return USER_GROUP.test(id) ? `<!subteam^${id}>` : undefined;
}

/** A line that calls them all, apart from every text that came with an event; empty when nobody is called here. */
export function mentionBlocks(mentions: readonly Mention[]): readonly types.KnownBlock[] {
  const calls = new Set(mentions.flatMap(({ slack }) => mentionMarkup(slack ?? '') ?? []));
  // Fifty of the longest ids stay under the 3,000 characters of a text object.
  const text = [...calls].slice(0, 50).join(' ');
  return text === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }];
}
