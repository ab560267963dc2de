import type { Message } from '../../core/message.ts';
import { valueAt } from '../../core/path.ts';
import type { Payload } from '../../core/platform.ts';
import { isRecord } from '../../core/record.ts';
import { CARD_TYPE } from './limits.ts';
import { mentionParts } from './mentions.ts';

/**
 * The activity of a message's native form: an Adaptive Card, or a whole activity, with the config's mentions added to
 * its card. Not checked yet. Undefined when it is neither.
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

function attached(card: Payload, message: Message): Payload {
  const { element, entities } = mentionParts(message.mentions);
  if (element === undefined || !Array.isArray(card.body)) return { contentType: CARD_TYPE, content: card };
  const own = valueAt(card, ['msteams', 'entities']);
  const msteams = {
    ...(isRecord(card.msteams) && card.msteams),
    entities: [...(Array.isArray(own) ? own : []), ...entities],
  };
  return { contentType: CARD_TYPE, content: { ...card, msteams, body: [...card.body, element] } };
}
