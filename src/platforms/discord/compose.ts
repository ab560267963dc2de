import {
  type Block,
  type Button,
  type Field,
  type Inline,
  inlineText,
  type Message,
  type Tone,
  toPlainText,
} from '../../core/message.ts';
import type { Payload } from '../../core/platform.ts';
import { safeWebUrl } from '../../core/url.ts';
import { cutText, fitBlocks } from '../cut.ts';
import { type ActionParts, actionParts, actionRows, roomForLinks } from './actions.ts';
import { escapeLine, oneLine } from './escape.ts';
import { COMPONENTS, EMBED, MESSAGE } from './limits.ts';
import { linkMarkdown, toDiscordMarkdown } from './markdown.ts';
import { type DiscordMentions, discordMentions } from './mentions.ts';
import { nativePayload } from './native.ts';

/** The severity bar at the embed's left edge. */
const COLORS: Readonly<Record<Tone, number>> = {
  neutral: 0x99aab5,
  good: 0x2ea44f,
  info: 0x3b82f6,
  warning: 0xf2c744,
  bad: 0xe5534b,
  critical: 0xa40e26,
};

/** Shares of the embed's 6,000: the description gets what the small parts leave. */
const FOOTER_SHARE = 500;
const FIELDS_SHARE = 2_400;
/** Links that are too long for a button, at the end of the description. */
const LINKS_SHARE = 2_500;
/** Plain characters that no escaping or cleaning brings under the 4,096 of a description. */
const HOPELESS = 50_000;

/**
 * One embed with the message's line as its title, and buttons and menus below it. `content` holds the config's mentions and then
 * the line too: with any content at all, a phone's notification shows nothing else. Every part is always there, empty or
 * not, so that the same JSON edits a message.
 */
export function compose(message: Message): Payload {
  const mentions = discordMentions(message.mentions);
  if (message.native === undefined) return portablePayload(message, mentions);
  const native = nativePayload(message.native, mentions, actionRows([], actionParts(message.actions)));
  if (native.kind === 'good') return native.payload;
  const note = `The template’s own Discord form was not used: ${native.problem}`;
  return portablePayload({ ...message, notes: [...message.notes, note] }, mentions);
}

function portablePayload(message: Message, { text, allowed }: DiscordMentions): Payload {
  const line = oneLine(`${message.emoji} ${message.title}`) || '(no title)';
  const actions = actionParts(message.actions);
  const { buttons, links } = splitButtons(message.buttons, roomForLinks(actions));
  const room = MESSAGE.content - text.length - 1;
  return {
    content: text === '' ? '' : `${text} ${cutEscaped(line, room)}`,
    embeds: [embed(message, line, links)],
    components: components(buttons, actions),
    allowed_mentions: allowed,
  };
}

function embed(message: Message, line: string, links: string): Payload {
  const title = cutEscaped(line, EMBED.title);
  const footer = cutText(footerText(message), FOOTER_SHARE);
  const { fields, size } = fitFields(message.fields);
  const room = Math.min(EMBED.description, EMBED.total - title.length - footer.length - size);
  const body = fitMarkdown(message.body, room - (links === '' ? 0 : links.length + 2));
  const description = [body, links].filter((part) => part !== '').join('\n\n');
  const url = message.url === undefined ? undefined : safeWebUrl(message.url);
  return {
    title,
    ...(url !== undefined && { url }),
    ...(description !== '' && { description }),
    color: COLORS[message.tone],
    ...(fields.length > 0 && { fields }),
    ...(footer !== '' && { footer: { text: footer } }),
    ...(!Number.isNaN(message.at.getTime()) && { timestamp: message.at.toISOString() }),
  };
}

/** Footers know no Markdown: nothing to escape. */
const footerText = ({ context, notes }: Message): string =>
  [inlineText(context), ...notes]
    .map(oneLine)
    .filter((part) => part !== '')
    .join(' · ');

function fitFields(all: readonly Field[]): { readonly fields: readonly Payload[]; readonly size: number } {
  const fields: Payload[] = [];
  let size = 0;
  for (const { name, value } of all.slice(0, EMBED.fields)) {
    // A field without a name is refused; a character without width is a name.
    const shownName = cutEscaped(oneLine(name), EMBED.fieldName) || '\u200B';
    const shownValue = fitInlines(value, Math.min(EMBED.fieldValue, FIELDS_SHARE - size - shownName.length));
    if (shownValue.trim() === '') continue;
    fields.push({ name: shownName, value: shownValue, inline: true });
    size += shownName.length + shownValue.length;
  }
  return { fields, size };
}

const fitInlines = (inlines: readonly Inline[], room: number): string =>
  fitMarkdown([{ kind: 'paragraph', children: inlines }], room);

const fitMarkdown = (blocks: readonly Block[], room: number): string =>
  toDiscordMarkdown(fitBlocks(blocks, markdownLength, room));

/** What is hopelessly long is not escaped only to find that out. */
const markdownLength = (blocks: readonly Block[]): number =>
  toPlainText(blocks).length > HOPELESS ? Number.POSITIVE_INFINITY : toDiscordMarkdown(blocks).length;

const cutEscaped = (text: string, max: number): string =>
  escapeLine(cutText(text, max, (start) => escapeLine(start).length));

/** Grafana's and Sentry's addresses outgrow a button; then they are links in the text rather than lost. */
function splitButtons(
  all: readonly Button[],
  room: number,
): { readonly buttons: readonly Button[]; readonly links: string } {
  const buttons: Button[] = [];
  let links = '';
  for (const { label, url } of all) {
    const safe = safeWebUrl(url);
    if (safe === undefined) continue;
    const shown = cutText(oneLine(label) || 'Open', COMPONENTS.label);
    if (safe.length <= COMPONENTS.url && buttons.length < room) {
      buttons.push({ label: shown, url: safe });
      continue;
    }
    const more = `${links === '' ? '' : ' · '}${linkMarkdown(shown, safe)}`;
    if (links.length + more.length <= LINKS_SHARE) links += more;
  }
  return { buttons, links };
}

const components = (buttons: readonly Button[], actions: ActionParts): readonly Payload[] =>
  actionRows(
    buttons.map(({ label, url }) => ({ type: 2, style: 5, label, url })),
    actions,
  );
