/** Platforms refuse a message for a link that is much longer. */
const LONGEST = 2_000;

/** The address as it may be linked in chat, or undefined: http and https only, no credentials, at most 2,000 characters. */
export function safeWebUrl(text: string): string | undefined {
  const url = safeLink(text);
  return url?.startsWith('mailto:') ? undefined : url;
}

/** Like `safeWebUrl`, and `mailto:` too. Whitespace and control characters end up percent-encoded. */
export function safeLink(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST || !URL.canParse(trimmed)) return undefined;
  const url = new URL(trimmed);
  // Percent-encoded, it is up to nine times as long.
  if (url.href.length > LONGEST) return undefined;
  if (url.protocol === 'mailto:') return url.href;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  // https://bank.example@evil.example reads as the first and opens the second.
  if (url.username !== '' || url.password !== '') return undefined;
  return url.href;
}
