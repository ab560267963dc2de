import type { ChatRequest, Reply } from '../core/chat.ts';
import { replyMessage } from '../core/chat.ts';
import { ApiError, CommandError } from '../core/errors.ts';
import type { Block } from '../core/message.ts';
import type { CommandStyle } from '../core/platform.ts';
import type { Command } from './command.ts';
import type { ChatContext } from './context.ts';
import { GrammarError, parseCommand } from './grammar.ts';
import { Refusal } from './refusal.ts';
import { code, oneLine, paragraph } from './words.ts';
import { written } from './written.ts';

const LONGEST_TITLE = 160;
const LONGEST = 2_000;

/** The answer to what could not be done: a refusal's sentence, or an apology whose fault the log names. */
export function refusedReply(
  error: unknown,
  request: ChatRequest,
  { clock, newId, log, commandStyle }: Pick<ChatContext, 'clock' | 'newId' | 'log' | 'commandStyle'>,
): Reply {
  if (error instanceof CommandError || error instanceof ApiError)
    return refusal(error, commandStyle(request.platform), clock.now());
  const fault = newId('fault');
  log.error('a command failed', { fault, error: errorText(error) });
  return {
    audience: 'person',
    message: replyMessage({
      title: 'Sorry, that did not work: a fault in Bellhop',
      emoji: '💥',
      tone: 'bad',
      body: [paragraph('Whoever runs Bellhop finds it in the log as ', code(fault), '.')],
      at: clock.now(),
    }),
  };
}

function refusal(error: Error, style: CommandStyle, at: Date): Reply {
  const [title, rest] = parted(oneLine(error.message, LONGEST));
  const body: Block[] = rest === '' ? [] : [paragraph(rest)];
  const example = exampleOf(error, style);
  if (example !== undefined) body.push(paragraph('For example: ', code(example)));
  if (error instanceof GrammarError && error.topic !== undefined && error.topic !== 'help')
    body.push(paragraph('More: ', code(written({ name: 'help', topic: error.topic }, style))));
  return { audience: 'person', message: replyMessage({ title, emoji: '⚠️', tone: 'warning', body, at }) };
}

/** What is too long for a headline, after its first sentence. */
function parted(message: string): readonly [string, string] {
  if (message.length <= LONGEST_TITLE) return [message, ''];
  const end = message.slice(0, LONGEST_TITLE).search(/[.?!] /);
  return end < 0 ? ['That was not done', message] : [message.slice(0, end + 1), message.slice(end + 2)];
}

/** A command to copy, where the refusal has one. */
function exampleOf(error: Error, style: CommandStyle): string | undefined {
  try {
    const example: Command | undefined =
      error instanceof GrammarError
        ? parseCommand(error.example)
        : error instanceof Refusal
          ? error.example
          : undefined;
    return example && written(example, style);
  } catch {
    // A refusal without its example is worth more than none.
    return undefined;
  }
}

/** With the place in the code, and without what a sender or a person wrote at length. */
const errorText = (error: unknown): string =>
  error instanceof Error ? `${oneLine(String(error), 300)} ${placeOf(error)}`.trim() : oneLine(String(error), 300);

const placeOf = (error: Error): string => /\bat .*/.exec(error.stack ?? '')?.[0] ?? '';
