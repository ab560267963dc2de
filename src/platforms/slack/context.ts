import type { types } from '@slack/bolt';
import { type Inline, inlineText } from '../../core/message.ts';
import { safeWebUrl } from '../../core/url.ts';
import { cleanLine } from '../clean-text.ts';
import { fitInlines } from './fit-inlines.ts';
import { LIMITS, SHARES } from './limits.ts';
import { isPlainInMrkdwn, mrkdwnLink, oneLine, plainText } from './text.ts';

/** The small line. Text stays plain; a link, which plain text cannot hold, is an element of its own. */
export function contextBlocks(context: readonly Inline[]): readonly types.KnownBlock[] {
  const fitted = fitInlines(context, SHARES.context);
  const links = fitted.some((inline) => inline.kind === 'link') && fitted.length <= LIMITS.contextElements;
  const elements = (links ? fitted.map((inline) => [inline]) : [fitted]).flatMap(contextElement);
  return elements.length === 0 ? [] : [{ type: 'context', elements }];
}

function contextElement(inlines: readonly Inline[]): readonly (types.PlainTextElement | types.MrkdwnElement)[] {
  const [first] = inlines;
  const text = cleanLine(inlineText(inlines));
  if (text === '') return [];
  const url = first?.kind === 'link' ? safeWebUrl(first.url) : undefined;
  const linked = url === undefined || !isPlainInMrkdwn(text) ? undefined : mrkdwnLink(url, text);
  if (linked === undefined || linked.length > LIMITS.textObject) return [plainText(text)];
  return [{ type: 'mrkdwn', text: linked, verbatim: true }];
}

/** What Bellhop itself has to say about a message. */
export function noteBlocks(notes: readonly string[]): readonly types.KnownBlock[] {
  const text = oneLine(notes.join(' '), SHARES.notes);
  return text === '' ? [] : [{ type: 'context', elements: [plainText(text)] }];
}
