import type { Payload } from '../../core/platform.ts';
import { isRecord } from '../../core/record.ts';
import { check } from './check.ts';
import { FLAGS } from './limits.ts';
import type { DiscordMentions } from './mentions.ts';

/** What a template may say for itself; the nonce, the mentions and the sender's name are not its business. */
const KEYS = ['content', 'embeds', 'components', 'flags'] as const;
const ALLOWED_FLAGS = FLAGS.suppressEmbeds | FLAGS.suppressNotifications | FLAGS.componentsV2;

export type NativePayload =
  | { readonly kind: 'good'; readonly payload: Payload }
  | { readonly kind: 'bad'; readonly problem: string };

/**
 * A template's own JSON with the config's mentions in front, of which only those can notify anybody, and below it as many
 * of the action rows as it leaves room for.
 */
export function nativePayload(
  native: unknown,
  { text, allowed }: DiscordMentions,
  rows: readonly Payload[] = [],
): NativePayload {
  if (!isRecord(native)) return { kind: 'bad', problem: 'it is no JSON object.' };
  const taken: Record<string, unknown> = {};
  for (const key of KEYS) if (Object.hasOwn(native, key)) taken[key] = native[key];
  if (typeof taken.flags === 'number') taken.flags &= ALLOWED_FLAGS;
  const payload = { ...(text === '' ? taken : mentioning(taken, text)), allowed_mentions: allowed };
  const [problem] = check(payload);
  return problem === undefined ? { kind: 'good', payload: withRows(payload, rows) } : { kind: 'bad', problem };
}

function withRows(payload: Payload, rows: readonly Payload[]): Payload {
  const own = Array.isArray(payload.components) ? payload.components : [];
  for (let count = rows.length; count > 0; count--) {
    const extended = { ...payload, components: [...own, ...rows.slice(0, count)] };
    if (check(extended).length === 0) return extended;
  }
  return payload;
}

function mentioning(payload: Payload, text: string): Payload {
  if (Number(payload.flags) & FLAGS.componentsV2) {
    const components = Array.isArray(payload.components) ? payload.components : [];
    return { ...payload, components: [{ type: 10, content: text }, ...components] };
  }
  const content = typeof payload.content === 'string' ? payload.content : '';
  return { ...payload, content: `${text} ${content}`.trim() };
}
