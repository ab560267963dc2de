import { z } from 'zod';
import { flag, id, list, text } from '../lenient.ts';

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object; some tools write the bare words. */
const textObject = z
  .union([z.string().transform((words) => ({ type: 'mrkdwn', text: words })), z.object({ type: text, text })])
  .optional()
  .catch(undefined);

const button = z.object({ type: text, text: textObject, url: text, style: text, image_url: text, alt_text: text });

/** https://docs.slack.dev/reference/block-kit/blocks */
const block = z.object({
  type: text,
  text: textObject,
  fields: list(textObject),
  /** Of a `context`, an `actions` or a `rich_text` block: read by its type. */
  elements: z.array(z.unknown()).catch([]),
  accessory: button.optional().catch(undefined),
  title: textObject,
  title_url: text,
  alt_text: text,
  rows: z.array(z.array(z.unknown()).catch([])).catch([]),
});

/** https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments */
const attachment = z.object({
  color: text,
  fallback: text,
  pretext: text,
  author_name: text,
  title: text,
  title_link: text,
  text,
  fields: list(z.object({ title: text, value: id, short: flag })),
  footer: text,
  ts: id,
  actions: list(button),
  blocks: list(block),
});

export const slackMessage = z.object({
  text,
  username: text,
  icon_emoji: text,
  channel: text,
  blocks: list(block),
  attachments: list(attachment),
  /** Rocket.Chat's names for two of them. */
  alias: text,
  emoji: text,
});

export const asButton = (value: unknown): SlackButton | undefined => button.safeParse(value).data;
export const asTextObject = (value: unknown): SlackText | undefined => textObject.safeParse(value).data;

/** An element of rich text, which nests. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export const richElement = z.object({
  type: text,
  text,
  url: text,
  name: text,
  unicode: text,
  range: text,
  fallback: text,
  timestamp: z.number().optional().catch(undefined),
  indent: z.number().optional().catch(undefined),
  style: z
    .union([z.string(), z.object({ bold: flag, italic: flag, strike: flag, code: flag })])
    .optional()
    .catch(undefined),
  elements: z.array(z.unknown()).catch([]),
});

export type SlackMessage = z.infer<typeof slackMessage>;
export type SlackBlock = z.infer<typeof block>;
export type SlackAttachment = z.infer<typeof attachment>;
export type SlackButton = z.infer<typeof button>;
export type SlackText = NonNullable<z.infer<typeof textObject>>;
