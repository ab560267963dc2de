import { compile, type DomNode } from 'html-to-text';

export type { DomNode };

/** Longer documents are cut before they are read. */
const MAX_HTML = 60_000;

/** An element of our own before the first of the document: it has the whole document as its siblings. */
const DOOR = 'x-door';

/** The nodes of an HTML text, however broken it is. */
export function documentOf(html: string): readonly DomNode[] {
  let siblings: readonly DomNode[] = [];
  const read = compile({
    // Nothing is written: only the parser behind it is asked.
    formatters: {
      take: (element) => {
        siblings = element.parent?.children ?? [];
      },
    },
    limits: { maxDepth: 1, maxChildNodes: 1 },
    selectors: [
      { selector: '*', format: 'skip' },
      { selector: DOOR, format: 'take' },
    ],
  });
  read(`<${DOOR}></${DOOR}>${html.slice(0, MAX_HTML)}`);
  return siblings.slice(1);
}
