import type { Inline } from '../../core/message.ts';
import { emojiOf } from './emoji-names.ts';
import { entitiesRead, slackReference } from './slack-reference.ts';

type Mark = 'strong' | 'emphasis' | 'strike';

const MARKS: Readonly<Record<string, Mark | undefined>> = { '*': 'strong', _: 'emphasis', '~': 'strike' };

/** More than anybody reads in a chat; the rest of a longer line is left out. */
const LONGEST = 6_000;

/** A mark that stands open, with what came after it. */
interface Frame {
  readonly mark: Mark;
  readonly written: string;
  readonly children: Inline[];
}

/**
 * One line of mrkdwn. A mark opens after white space or punctuation and closes before it, as in Slack; what nothing closes
 * stays text. Each character is looked at a bounded number of times.
 */
export function mrkdwnInlines(written: string): readonly Inline[] {
  const line = written.slice(0, LONGEST);
  const root: Inline[] = [];
  const frames: Frame[] = [];
  const ends = createEnds(line);
  let plain = '';
  const top = (): Inline[] => frames.at(-1)?.children ?? root;
  const flush = (): void => {
    if (plain !== '') top().push({ kind: 'text', text: entitiesRead(plain) });
    plain = '';
  };
  /** A mark that was none after all is a character, and what stood behind it goes on in the line. */
  const giveUp = (): void => {
    const frame = frames.pop();
    if (frame !== undefined) top().push({ kind: 'text', text: frame.written }, ...frame.children);
  };
  for (let at = 0; at < line.length; ) {
    const token = tokenAt(line, at, ends);
    if (token !== undefined) {
      flush();
      top().push(...token.inlines);
      at += token.length;
      continue;
    }
    const character = line.charAt(at);
    const mark = MARKS[character];
    // Markdown's doubled marks mean the same, and some tools write those.
    const written = mark !== undefined && line.charAt(at + 1) === character ? character.repeat(2) : character;
    if (mark === undefined || written === '__') plain += written;
    else if (frames.some((frame) => frame.mark === mark && frame.written === written)) {
      if (mayClose(line, at, written)) {
        flush();
        while (frames.at(-1)?.mark !== mark) giveUp();
        const frame = frames.pop();
        if (frame !== undefined) top().push({ kind: mark, children: frame.children });
      } else plain += written;
    } else if (mayOpen(line, at, written) && !frames.some((frame) => frame.mark === mark)) {
      flush();
      frames.push({ mark, written, children: [] });
    } else plain += written;
    at += written.length;
  }
  flush();
  while (frames.length > 0) giveUp();
  return root;
}

const isWord = (character: string): boolean => /[\p{L}\p{N}]/u.test(character);

const mayOpen = (line: string, at: number, written: string): boolean =>
  !isWord(line.charAt(at - 1)) && /\S/.test(line.charAt(at + written.length));

const mayClose = (line: string, at: number, written: string): boolean =>
  /\S/.test(line.charAt(at - 1)) && !isWord(line.charAt(at + written.length));

interface Token {
  readonly inlines: readonly Inline[];
  readonly length: number;
}

function tokenAt(line: string, at: number, ends: Ends): Token | undefined {
  switch (line.charAt(at)) {
    case '`': {
      const end = ends.next('`', at + 1);
      if (end <= at + 1) return undefined;
      const text = entitiesRead(line.slice(at + 1, end));
      return { inlines: [{ kind: 'code', text }], length: end + 1 - at };
    }
    case '<': {
      const end = ends.next('>', at + 1);
      const inlines = end === -1 ? undefined : slackReference(line.slice(at + 1, end));
      return inlines === undefined ? undefined : { inlines, length: end + 1 - at };
    }
    case '[':
      return found(MARKDOWN_LINK, { line, at }, ([, label = '', url = '']) => [
        { kind: 'link', url, children: [{ kind: 'text', text: entitiesRead(label) }] },
      ]);
    case ':':
      return found(SHORT_NAME, { line, at }, ([, name = '']) => {
        const emoji = emojiOf(name);
        return emoji === undefined ? undefined : [{ kind: 'text', text: emoji }];
      });
    case 'h':
      // So that an address is no markup: marks in it belong to it.
      return found(ADDRESS, { line, at }, ([address]) => [{ kind: 'text', text: entitiesRead(address) }]);
    default:
      return undefined;
  }
}

const MARKDOWN_LINK = /\[([^[\]]{1,300})\]\((https?:\/\/[^\s()<>]{1,2000})\)/y;
const SHORT_NAME = /:([\w+-]{1,50}):(?::skin-tone-\d:)?/y;
const ADDRESS = /https?:\/\/[^\s|<>*~`]{0,1999}[^\s|<>*~`_.,;:!?)]/y;

function found(
  pattern: RegExp,
  { line, at }: { readonly line: string; readonly at: number },
  read: (found: RegExpExecArray) => readonly Inline[] | undefined,
): Token | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(line);
  const inlines = match === null ? undefined : read(match);
  return match === null || inlines === undefined ? undefined : { inlines, length: match[0].length };
}

interface Ends {
  /** Where a character comes next, or -1. */
  next(character: '`' | '>', from: number): number;
}

/** Each end is looked for once, however many beginnings wait for it. */
function createEnds(line: string): Ends {
  const known = new Map<string, number>();
  return {
    next: (character, from) => {
      const before = known.get(character);
      if (before !== undefined && (before === -1 || before >= from)) return before;
      const end = line.indexOf(character, from);
      known.set(character, end);
      return end;
    },
  };
}
