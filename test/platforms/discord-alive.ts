import type { Payload } from '../../src/core/platform.ts';

/** Addresses that the tests' own messages link on purpose. */
const OURS = /^https:\/\/(example\.com|grafana\.example)\//;

/**
 * What Discord's clients would act on in a message's texts, beyond what Bellhop's own markup says: a small reader of
 * Discord's Markdown that knows nothing of how it was written.
 */
export function aliveInDiscord(payload: Payload): readonly string[] {
  const found: string[] = [];
  const { parse } = (payload.allowed_mentions ?? {}) as { parse?: readonly unknown[] };
  if (!Array.isArray(parse) || parse.length > 0) found.push('allowed_mentions');
  for (const { title, description, fields = [] } of (payload.embeds ?? []) as Embed[]) {
    for (const text of [title, description, ...fields.flatMap(({ name, value }) => [name, value])]) {
      if (text !== undefined) found.push(...aliveIn(text));
    }
  }
  return found;
}

interface Embed {
  readonly title?: string;
  readonly description?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
}

export function aliveIn(text: string): readonly string[] {
  const found: string[] = [];
  const bare = text
    // Escapes and code first, left to right, as the clients do.
    .replace(/\\[^0-9A-Za-z\s]|```[\s\S]*?```|(`+)[\s\S]*?[^`]\1(?!`)/g, (match) =>
      match.startsWith('\\') ? 'x' : ' ',
    )
    .replace(/<https?:\/\/[^\s>]*>/g, ' ');
  for (const [, url = ''] of bare.matchAll(/\]\(([^)]*)\)/g)) if (!OURS.test(url)) found.push(`masked link to ${url}`);
  const signs = [/<[@#:/at]/, /<id:/, /@(everyone|here)/, /\|\|/, /__/, /[\u0000-\u0009\u000B-\u001F\u202A-\u202E]/];
  for (const sign of signs) if (sign.test(bare)) found.push(`${sign} in ${JSON.stringify(bare)}`);
  return found;
}
