import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { type Block, type Button, type Inline, toPlainText } from '../../core/message.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { cutBlocks } from '../markup/cut-blocks.ts';
import { emojiOf } from '../markup/emoji-names.ts';
import { mrkdwnBlocks } from '../markup/mrkdwn.ts';
import { writeMarkdown } from '../markup/write-markdown.ts';
import { oneLine } from '../one-line.ts';
import { attachmentBlocks, attachmentButtons } from './attachments.ts';
import { blocksOf, buttonsOf } from './block-kit.ts';
import { type Mood, moodOfColor, moodOfEmoji } from './mood.ts';
import { type SlackMessage, slackMessage } from './payloads.ts';
import { firstLine, splitEmoji, titleOf } from './title.ts';

export const slackCompatible = defineSource({
  type: 'slack-compatible',
  title: 'Slack-compatible',
  docs: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
  verifier: { scheme: 'urlToken' },
  setUp:
    'For whatever can post to a Slack (or Mattermost, or Rocket.Chat) incoming webhook: where it asks for the webhook’s URL, give the address with its token at the end (`/hooks/<source>/<secret>`), which is as secret as Slack’s own. `text`, `blocks` and `attachments` are read; the channel it asks for is the label `channel`, and routes decide where the message goes.',
  events: {
    message:
      'Something posted a message as it would to Slack; its state is `ok`, `warning` or `error`, by colour or emoji.',
  },
  ignores: {},
  read,
  /** None: a tool may well say the same thing twice, and mean it. */
  dedupeKey: () => undefined,
});

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const parsed = slackMessage.safeParse(reading.document);
  const event = parsed.success ? toEvent(parsed.data, reading.document, hook) : undefined;
  if (event !== undefined) return { kind: 'events', events: [event] };
  return {
    kind: 'unreadable',
    reason: 'The body is no message as Slack takes it: `text`, `blocks` and `attachments` say nothing.',
  };
}

const STATE = { good: 'ok', warning: 'warning', bad: 'error' } as const satisfies Record<Mood, string>;
const SEVERITY = { good: 'info', warning: 'warning', bad: 'error' } as const satisfies Record<Mood, string>;
const EMOJI = { good: '✅', warning: '🟡', bad: '🔴' } as const satisfies Record<Mood, string>;

function toEvent(message: SlackMessage, payload: unknown, hook: Hook): SourceEvent | undefined {
  const title = titleOf(message);
  if (title === undefined) return undefined;
  const mood = moodOf(message, title.emoji);
  const sender = oneLine(message.username ?? message.alias ?? '', 80);
  const buttons = buttonsIn(message);
  const url = urlOf(message, buttons);
  const body = writeMarkdown(cutBlocks(withoutTitle(bodyOf(message), title.words), LONGEST_BODY));
  const icon = emojiOf(message.icon_emoji ?? message.emoji ?? '');
  return {
    event: 'message',
    ...(mood !== undefined && { state: STATE[mood] }),
    severity: mood === undefined ? 'info' : SEVERITY[mood],
    title: title.words,
    ...(url !== undefined && { url }),
    labels: labelsOf(message, sender),
    facts: {
      emoji: title.emoji ?? (mood === undefined ? (icon ?? '💬') : EMOJI[mood]),
      tone: mood ?? 'neutral',
      sender: sender === '' ? undefined : sender,
      body,
      buttons,
      open: buttons.some((button) => button.url === url) ? undefined : url,
    },
    payload,
    at: hook.at,
  };
}

/** What a chat shows before it says “see more”. */
const LONGEST_BODY = 1_500;

/** A colour is chosen, an emoji may be a habit. */
function moodOf({ attachments }: SlackMessage, emoji: string | undefined): Mood | undefined {
  const colors = attachments.slice(0, MOST_ATTACHMENTS).map(({ color }) => moodOfColor(color));
  return (['bad', 'warning', 'good'] as const).find((mood) => colors.includes(mood)) ?? moodOfEmoji(emoji);
}

function bodyOf({ text, blocks, attachments }: SlackMessage): readonly Block[] {
  const header = blocks.findIndex(({ type }) => type === 'header');
  // The first header is the title. With blocks, the text is what notifications show, and no part of the message.
  const shown = blocks
    .slice(0, MOST_BLOCKS)
    .filter((_, at) => at !== header)
    .flatMap(blocksOf);
  return withoutEdges([
    ...(shown.length > 0 ? shown : header === -1 ? mrkdwnBlocks(text ?? '') : []),
    ...attachments.slice(0, MOST_ATTACHMENTS).flatMap(attachmentBlocks),
  ]);
}

/** What Slack takes: https://docs.slack.dev/reference/block-kit/blocks */
const MOST_BLOCKS = 50;
const MOST_ATTACHMENTS = 20;

/** Without lines above and below everything else. */
function withoutEdges(blocks: readonly Block[]): readonly Block[] {
  const isText = ({ kind }: Block): boolean => kind !== 'rule';
  return blocks.slice(Math.max(blocks.findIndex(isText), 0), blocks.findLastIndex(isText) + 1);
}

/** The body without the line that is the title already. */
function withoutTitle(blocks: readonly Block[], title: string): readonly Block[] {
  const at = blocks.findIndex((block) => isTitle(block, title));
  const block = blocks[at];
  if (at > 1 || (block?.kind !== 'paragraph' && block?.kind !== 'heading')) return blocks;
  const end = block.children.findIndex(({ kind }) => kind === 'break');
  const rest: readonly Inline[] = end === -1 ? [] : block.children.slice(end + 1);
  return [
    ...blocks.slice(0, at),
    ...(rest.length === 0 ? [] : [{ ...block, children: rest }]),
    ...blocks.slice(at + 1),
  ];
}

const isTitle = (block: Block, title: string): boolean => splitEmoji(firstLine(toPlainText([block]))).words === title;

const MOST_BUTTONS = 3;

const buttonsIn = ({ blocks, attachments }: SlackMessage): readonly Button[] =>
  [...blocks.flatMap(buttonsOf), ...attachments.flatMap(attachmentButtons)].slice(0, MOST_BUTTONS);

/** Where the title leads, else the first button, else the first address of the text. */
function urlOf({ text, attachments }: SlackMessage, buttons: readonly Button[]): string | undefined {
  const linked = attachments.flatMap(({ title_link }) => safeWebUrl(title_link ?? '') ?? []);
  const texts = [
    text,
    ...attachments.slice(0, MOST_ATTACHMENTS).flatMap(({ pretext, text: below }) => [pretext, below]),
  ];
  const inTexts = texts.flatMap((written) => {
    const [, url = ''] = /<(https?:[^\s|<>]{1,2000})/.exec((written ?? '').slice(0, 4_000)) ?? [];
    return safeWebUrl(url.replaceAll('&amp;', '&')) ?? [];
  });
  return linked[0] ?? buttons[0]?.url ?? inTexts[0];
}

function labelsOf({ channel }: SlackMessage, sender: string): SourceEvent['labels'] {
  const name = oneLine(channel ?? '', 80).replace(/^#/, '');
  return { ...(name !== '' && { channel: name }), ...(sender !== '' && { sender }) };
}
