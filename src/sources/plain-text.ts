import { convert } from 'html-to-text';

/** Longer texts are cut before they are read. */
const LONGEST = 100_000;

/**
 * What a person sees of HTML, as text: paragraphs and lists in lines, links as their words, pictures left out; at most `max`
 * characters, cut with `…`. Text without a tag stays as it is, but for control characters.
 */
export function plainText(written: string, max: number): string {
  const read = written.slice(0, LONGEST);
  const text = hasTag(read) ? fromHtml(read) : read;
  const clean = text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '')
    .replace(/(?<![ \t])[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  const characters = [...clean.slice(0, max * 2)];
  if (characters.length <= max && clean.length <= max * 2) return clean;
  return `${characters
    .slice(0, max - 1)
    .join('')
    .trimEnd()}…`;
}

/** One pattern for both ends would look for the second from each of the first: minutes for a megabyte of `<b`. */
function hasTag(text: string): boolean {
  const start = text.search(/<[a-z!/]/i);
  return start !== -1 && text.includes('>', start);
}

function fromHtml(html: string): string {
  try {
    return convert(html, {
      wordwrap: false,
      limits: { maxDepth: 30, maxChildNodes: 500, maxInputLength: LONGEST },
      selectors: [
        { selector: 'a', options: { ignoreHref: true } },
        { selector: 'img', format: 'skip' },
        { selector: 'ul', options: { itemPrefix: '• ' } },
      ],
    });
  } catch {
    // Whatever its writer meant: the tags are no text.
    return html.replace(/<[^<>]*>/g, ' ');
  }
}
