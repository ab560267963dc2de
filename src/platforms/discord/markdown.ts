import { type Block, type Inline, inlineText } from '../../core/message.ts';
import { monospaceTable } from '../monospace-table.ts';
import { escapeDiscord, escapeLine, fence, inlineCode, oneLine } from './escape.ts';

/** The tree in Discord's Markdown, every text in it escaped. https://support.discord.com/hc/articles/210298617 */
export function toDiscordMarkdown(blocks: readonly Block[]): string {
  let markdown = '';
  let previous: Block['kind'] | undefined;
  for (const block of blocks) {
    const text = writeBlock(block);
    if (text.trim() === '') continue;
    if (previous !== undefined) markdown += previous === 'paragraph' && block.kind === 'paragraph' ? '\n\n' : '\n';
    markdown += text;
    previous = block.kind;
  }
  return markdown;
}

function inlineMarkdown(inlines: readonly Inline[]): string {
  return joinTexts(inlines).map(writeInline).join('');
}

/** A masked link; an address that Discord would not mask is shown beside its label. */
export function linkMarkdown(label: string, url: string): string {
  const shown = escapeLine(label);
  if (!/^https?:/i.test(url)) return oneLine(label) === '' ? escapeLine(url) : `${shown} (${escapeLine(url)})`;
  const address = url.replace(/[()<>\\\s]/g, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
  if (shown === '' || label.trim() === url) return `<${address}>`;
  // A label that reads as an address could hide another one, and Discord then shows the markup instead of a link.
  if (/https?:/i.test(label)) return `${shown} (<${address}>)`;
  return `[${shown}](${address})`;
}

function writeBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return inlineMarkdown(block.children);
    case 'heading':
      return prefixed('### ', inlineMarkdown(block.children).replace(/\s*\n\s*/g, ' '));
    case 'quote':
      // Quotes do not nest in Discord: an inner `>` would show.
      return hang(toDiscordMarkdown(flatQuotes(block.children)), '> ', '> ');
    case 'list':
      return block.items
        .map((item, at) => {
          const bullet = block.ordered ? `${block.start + at}. ` : '- ';
          return hang(toDiscordMarkdown(item), bullet, ' '.repeat(bullet.length));
        })
        .filter((item) => item !== '')
        .join('\n');
    case 'code':
      return block.text.trim() === '' ? '' : fence(block.text, block.language);
    case 'table':
      return fence(monospaceTable(block));
    case 'rule':
      return '─'.repeat(16);
  }
}

const prefixed = (prefix: string, text: string): string => (text.trim() === '' ? '' : prefix + text);

const hang = (text: string, first: string, rest: string): string => prefixed(first, text.replaceAll('\n', `\n${rest}`));

const flatQuotes = (blocks: readonly Block[]): readonly Block[] =>
  blocks.flatMap((block) => (block.kind === 'quote' ? flatQuotes(block.children) : [block]));

function writeInline(inline: Inline): string {
  switch (inline.kind) {
    case 'text':
      return escapeDiscord(inline.text);
    case 'strong':
      return marked('**', inlineMarkdown(inline.children));
    case 'emphasis':
      return marked('*', inlineMarkdown(inline.children));
    case 'strike':
      return marked('~~', inlineMarkdown(inline.children));
    case 'code':
      return inlineCode(inline.text);
    case 'link':
      return linkMarkdown(inlineText(inline.children), inline.url);
    case 'break':
      return '\n';
  }
}

/** The mark stands against the words: Discord reads `** x **` as asterisks. */
function marked(mark: string, text: string): string {
  const words = text.trim();
  if (words === '') return text;
  const start = text.indexOf(words);
  return `${text.slice(0, start)}${mark}${words}${mark}${text.slice(start + words.length)}`;
}

/** Texts that stand together are escaped together: `1` and `. one` make a list only when joined. */
function joinTexts(inlines: readonly Inline[]): readonly Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.kind === 'text' && last?.kind === 'text') {
      joined[joined.length - 1] = { kind: 'text', text: last.text + inline.text };
    } else joined.push(inline);
  }
  return joined;
}
