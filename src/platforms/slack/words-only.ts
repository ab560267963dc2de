import type { Payload } from '../../core/platform.ts';
import { isRecord } from '../../core/record.ts';
import { cleanText } from '../clean-text.ts';
import { cutText } from '../cut.ts';
import { LIMITS } from './limits.ts';
import { escapedLength, plainText } from './text.ts';

/**
 * The last form there is: the payload's words in one section of plain text, which Slack has no reason to refuse,
 * and its calls. For a message whose plain form has to follow a form that Slack refused.
 */
export function wordsOnly(payload: Payload): Payload {
  const top = listOf(payload.blocks);
  const calls = top.filter((block) => isRecord(block) && block.type === 'section');
  const rest = top.filter((block) => !calls.includes(block));
  const below = listOf(payload.attachments).flatMap((attachment) =>
    isRecord(attachment) ? listOf(attachment.blocks) : [],
  );
  // The labels of what can no longer be pressed are no words of the message.
  const spoken = [...rest, ...below].filter((block) => !(isRecord(block) && block.type === 'actions'));
  const words = spoken.map(textOf).filter((text) => text.trim() !== '');
  const text = cleanText(words.join('\n')) || String(payload.text ?? '');
  const section = { type: 'section', text: plainText(cutText(text, LIMITS.textObject, escapedLength)) };
  return { ...payload, blocks: [section, ...calls], attachments: [] };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Every text inside, in order. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join('');
  if (!isRecord(value)) return '';
  return Object.entries(value)
    .map(([key, child]) => (key === 'text' && typeof child === 'string' ? child : textOf(child)))
    .join('');
}
