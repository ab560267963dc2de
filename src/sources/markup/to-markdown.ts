import type { Block } from '../../core/message.ts';
import { adfBlocks } from './adf.ts';
import { cutBlocks } from './cut-blocks.ts';
import { htmlBlocks } from './html.ts';
import { textBlocks } from './text.ts';
import { wikiBlocks } from './wiki.ts';
import { writeMarkdown } from './write-markdown.ts';

/** What a sender writes its long texts in: HTML, Atlassian's wiki text, or no markup at all. */
export type Markup = 'html' | 'wiki' | 'text';

/** Longer texts are cut before they are read. */
const LONGEST_READ = 100_000;

/** The most characters of a text: more than a chat shows before it says “see more”. */
const LONGEST = 2_000;

/** A sender's markup as Markdown, for `{{{facts.x}}}`; '' where it says nothing. Never throws, whatever is sent. */
export const toMarkdown = (written: string, of: Markup): string =>
  short(READERS[of](clean(written.slice(0, LONGEST_READ))));

/** The same of an Atlassian document, which is a tree. */
export const adfToMarkdown = (document: unknown): string => clean(short(adfBlocks(document)));

const READERS: Readonly<Record<Markup, (text: string) => readonly Block[]>> = {
  html: htmlBlocks,
  // Editors that people add to Jira store HTML in its place.
  wiki: (text) => (/^\s*<[a-z][^>]{0,500}>.*<\/[a-z]\w{0,9}>\s*$/is.test(text) ? htmlBlocks(text) : wikiBlocks(text)),
  text: textBlocks,
};

function short(blocks: readonly Block[]): string {
  return writeMarkdown(cutBlocks(blocks, LONGEST));
}

const clean = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '');
