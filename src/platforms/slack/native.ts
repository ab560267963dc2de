import type { Action, Message } from '../../core/message.ts';
import type { Payload } from '../../core/platform.ts';
import { isRecord } from '../../core/record.ts';
import { pressBlocks } from './actions.ts';
import { checkPayload } from './check.ts';
import { noteBlocks } from './context.ts';
import { mentionBlocks } from './mention.ts';
import { escapeMrkdwn, oneLine } from './text.ts';

/** What a native template may say; where a message goes, and whom it calls, is the config's business. */
const NATIVE_KEYS = [
  'text',
  'blocks',
  'attachments',
  'unfurl_links',
  'unfurl_media',
  'username',
  'icon_emoji',
  'icon_url',
];
const WORD_JOINER = '\u2060';

/**
 * The payload of a native template, with calls in its data made inert; undefined when there is none or Slack would
 * refuse it. Where there is no room for what people can press, it comes without.
 */
export function nativePayload(message: Message): Payload | undefined {
  if (!isRecord(message.native)) return undefined;
  return (
    goodPayload(message.native, message, message.actions) ??
    (message.actions.length > 0 ? goodPayload(message.native, message, []) : undefined)
  );
}

function goodPayload(
  native: Readonly<Record<string, unknown>>,
  message: Message,
  actions: readonly Action[],
): Payload | undefined {
  const chosen = Object.fromEntries(Object.entries(native).filter(([key]) => NATIVE_KEYS.includes(key)));
  const { text, blocks, attachments = [], ...rest } = inert(chosen) as Record<string, unknown>;
  const added = [...mentionBlocks(message.mentions), ...pressBlocks(actions), ...noteBlocks(message.notes)];
  if (blocks !== undefined && !Array.isArray(blocks)) return undefined;
  const payload: Payload = {
    text: text ?? escapeMrkdwn(oneLine(`${message.emoji} ${message.title}`, 300)),
    // Blocks would turn a native `text` into the notification alone.
    ...((blocks !== undefined || added.length > 0) && { blocks: [...(blocks ?? textBlocks(text)), ...added] }),
    attachments,
    unfurl_links: false,
    unfurl_media: false,
    ...rest,
  };
  return checkPayload(payload).length === 0 ? payload : undefined;
}

const textBlocks = (text: unknown): readonly object[] =>
  typeof text === 'string' ? [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }] : [];

/** The same JSON with `verbatim` on every mrkdwn object, and every call in a text broken: data must not call anybody. */
function inert(value: unknown, type?: unknown): unknown {
  if (typeof value === 'string') return type === 'markdown' ? withoutCallsInMarkdown(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((child) => inert(child));
  const own = (value as { readonly type?: unknown }).type;
  const literal = own === 'plain_text' || own === 'text' || own === 'link';
  const entries = Object.entries(value).map(([key, child]): [string, unknown] => {
    if (typeof child !== 'string' || literal || key === 'type' || key.endsWith('url')) return [key, inert(child)];
    return [key, own === 'markdown' ? withoutCallsInMarkdown(child) : withoutCalls(child)];
  });
  return { ...Object.fromEntries(entries), ...(own === 'mrkdwn' && { verbatim: true }) };
}

/** `<!channel>`, `<@U…>` and the like lose their bracket; dates and links stay. */
const withoutCalls = (text: string): string => text.replace(/<(?=@|!(?!date\^))/g, '&lt;');

/** Markdown blocks know no `verbatim`: an invisible joiner keeps the bare words from calling too. */
const withoutCallsInMarkdown = (text: string): string =>
  text.replace(/<(?=[@!#])/g, `<${WORD_JOINER}`).replace(/@(?=here|channel|everyone)/gi, `@${WORD_JOINER}`);
