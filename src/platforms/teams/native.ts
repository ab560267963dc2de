import type { Message } from '../../core/message.ts';
import { valueAt } from '../../core/path.ts';
import type { Payload } from '../../core/platform.ts';
import { isRecord } from '../../core/record.ts';
import { cardActions } from './card-actions.ts';
import { CARD_TYPE, CARD_VERSION } from './limits.ts';
import { mentionParts } from './mentions.ts';

/**
 * The activity of a message's native form: an Adaptive Card, or a whole activity, with the config's mentions and
 * Bellhop's own buttons added to its card. Not checked yet. Undefined when it is neither.
 */
export function nativeActivity(message: Message): Payload | undefined {
  const { native } = message;
  if (!isRecord(native)) return undefined;
  if (native.type === 'AdaptiveCard') {
    const summary = [message.emoji, message.title].filter((part) => part !== '').join(' ');
    return { type: 'message', summary, attachments: [attached(native, message)] };
  }
  if (native.type !== 'message' || !Array.isArray(native.attachments)) return undefined;
  const [first, ...rest] = native.attachments;
  if (!isRecord(first) || !isRecord(first.content)) return { ...native };
  return { ...native, attachments: [{ ...first, ...attached(first.content, message) }, ...rest] };
}

function attached(native: Payload, message: Message): Payload {
  const card = withActions(native, message);
  const { element, entities } = mentionParts(message.mentions);
  if (element === undefined || !Array.isArray(card.body)) return { contentType: CARD_TYPE, content: card };
  const own = valueAt(card, ['msteams', 'entities']);
  const msteams = {
    ...(isRecord(card.msteams) && card.msteams),
    entities: [...(Array.isArray(own) ? own : []), ...entities],
  };
  return { contentType: CARD_TYPE, content: { ...card, msteams, body: [...card.body, element] } };
}

function withActions(card: Payload, message: Message): Payload {
  const own = card.actions ?? [];
  // What is broken is left as it is, for the check to name.
  if (message.actions.length === 0 || !Array.isArray(own)) return card;
  const shown = own.filter((action: unknown) => valueAt(action, ['mode']) !== 'secondary').length;
  const actions = [...own, ...cardActions(message.actions, shown)];
  // Older versions know no Action.Execute, and every card of theirs is also one of the newest.
  const known = typeof card.version === 'string' && /^1\.[0-5]$/.test(card.version);
  return { ...card, ...(known && { version: CARD_VERSION }), actions };
}
