import { getDefaults, Lexer, type MarkedToken, type Token, Tokenizer } from 'marked';
import { cutText } from './value.ts';

/** Characters of a payload's Markdown that are read. */
const LONGEST = 6_000;
/** Runs of emphasis marks and brackets cost marked quadratic time; measured at this many: 40 ms at the worst. */
const MOST_DELIMITERS = 600;
const DELIMITER = /[*_[\]<`~]/g;
const DEEPEST_NESTING = 8;

export interface MarkdownOptions {
  /** Four spaces make code. In a template they are an author's own indentation. */
  readonly indentedCode: boolean;
}

/** As much of a payload's Markdown as can be read in a reasonable time, whatever it holds. */
export function cutMarkdown(source: string, length: number = LONGEST): string {
  const cut = cutText(source, Math.min(length, LONGEST));
  let count = 0;
  for (const { index } of cut.matchAll(DELIMITER)) {
    count += 1;
    if (count > MOST_DELIMITERS) return cutText(cut, index);
  }
  return cut;
}

/** Blocks of a Markdown text; undefined when marked cannot read it. */
export function lexBlocks(source: string, options: MarkdownOptions): readonly MarkedToken[] | undefined {
  return lex(() => newLexer(options).lex(source));
}

/** The same for running text: nothing in it begins a block. */
export function lexInline(source: string): readonly MarkedToken[] | undefined {
  return lex(() => newLexer({ indentedCode: false }).inlineTokens(source));
}

function lex(run: () => Token[]): readonly MarkedToken[] | undefined {
  try {
    return run() as MarkedToken[];
  } catch {
    return undefined;
  }
}

function newLexer({ indentedCode }: MarkdownOptions): Lexer {
  const tokenizer = new Tokenizer();
  if (!indentedCode) tokenizer.code = () => undefined;
  // Marked recurses without a limit: "> > > > …" overflows the stack.
  let depth = 0;
  const limited =
    <Read>(read: (source: string) => Read) =>
    (source: string): Read | undefined => {
      if (depth >= DEEPEST_NESTING) return undefined;
      depth += 1;
      try {
        return read(source);
      } finally {
        depth -= 1;
      }
    };
  tokenizer.list = limited(tokenizer.list.bind(tokenizer));
  tokenizer.blockquote = limited(tokenizer.blockquote.bind(tokenizer));
  return new Lexer({ ...getDefaults(), gfm: true, tokenizer });
}
