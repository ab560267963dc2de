import { inlineText, type Message, toPlainText } from '../../core/message.ts';
import { cutText } from '../cut.ts';
import { WORDS_CHARS } from './limits.ts';
import { literal, literalLine } from './text-runs.ts';

/** A message in the words that answer a button, for who pressed it. */
export interface PlainWords {
  readonly text: string;
  /** Nothing was left out: no button, no address, no words. */
  readonly whole: boolean;
}

/** Whether Teams reads these words as Markdown is not documented: nothing in them may become a link or a tag. */
export function plainWords(message: Message): PlainWords {
  const line = [literalLine(message.emoji).slice(0, 16), literalLine(message.title)]
    .filter((part) => part !== '')
    .join(' ');
  const fields = message.fields.map(({ name, value }) => `${literalLine(name)}: ${inlineText(value)}`);
  const lines = [line, toPlainText(message.body), ...fields, inlineText(message.context), ...message.notes];
  const words = inert(literal(lines.filter((part) => part.trim() !== '').join('\n')));
  const text = cutText(words, WORDS_CHARS);
  const asks = message.actions.length > 0 || message.buttons.length > 0 || message.url !== undefined;
  return { text, whole: text === words && !asks };
}

const inert = (text: string): string => text.replace(/\](?=\()/g, ']\u200B').replace(/<(?=[a-z/!])/gi, '<\u200B');
