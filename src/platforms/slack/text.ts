import type { types } from '@slack/bolt';
import { cleanLine } from '../clean-text.ts';
import { cutText } from '../cut.ts';

/** One clean line of at most `max` characters, counted after escaping. */
export function oneLine(text: string, max: number): string {
  // Cut roughly first: collapsing the spaces of a line of megabytes helps nobody.
  return cutText(cleanLine(text.slice(0, max * 20)), max, escapedLength);
}

/**
 * Escapes all that Slack's mrkdwn lets one escape; `*`, `_`, `~`, backticks and `:name:` have none.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export const escapeMrkdwn = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** How long a literal text is for Slack, which counts after escaping. */
export function escapedLength(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x26) length += 4;
    else if (unit === 0x3c || unit === 0x3e) length += 3;
  }
  return length;
}

/** Whether mrkdwn shows this text as it is once escaped: nothing in it formats, quotes, or names an emoji. */
export const isPlainInMrkdwn = (text: string): boolean => !/[*_~`]|:[^\s:]+:|^[ \t]*>/m.test(text);

/** `<url|label>`; the address is one that `safeLink` let through, the label plain in mrkdwn. */
export const mrkdwnLink = (url: string, label: string): string =>
  `<${escapeMrkdwn(url.replace(/\|/g, '%7C'))}|${escapeMrkdwn(label).replace(/\|/g, '¦')}>`;

/** A text object in which nothing is parsed, `:name:` included. */
export const plainText = (text: string): types.PlainTextElement => ({ type: 'plain_text', text, emoji: false });
