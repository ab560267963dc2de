import type { HookEvent } from '../core/event.ts';
import { toEventName } from './event-name.ts';
import { isSecret } from './for-machines.ts';
import { besidesFirst, guessedLeaves, UNNAMED } from './guess.ts';
import { wordsOf } from './guess-words.ts';
import { nameOf, readsAsWritten, telling } from './leaf-details.ts';
import { hostLeaf, levelLeaf, stateLeaf, urlLeaf } from './leaf-roles.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { oneLine } from './one-line.ts';

export interface ProposedTemplate {
  /** Within the folder of the user's templates. */
  readonly file: string;
  readonly text: string;
}

const MOST_FIELDS = 4;

/**
 * A template for events like this one, from the leaves of its payload: its title, its best four fields, its link, its
 * text. What a template cannot say is left out (keys with spaces or dots). Nothing is ever thrown.
 */
export function proposeTemplate(event: HookEvent): ProposedTemplate {
  const leaves = guessedLeaves(event.payload);
  const named = event.event === UNNAMED ? undefined : event.event;
  const words = wordsOf({ leaves, event: named, state: event.state, payload: event.payload, source: event.source });
  const linked = urlLeaf(leaves, words.titled);
  const shown = [...words.said, linked, stateLeaf(leaves), levelLeaf(leaves)];
  const isNew = (leaf: Leaf): boolean =>
    !shown.includes(leaf) && !isSaid(event.title, leaf.text) && leaf.text !== event.event && readsAsWritten(leaf);
  // What a text says in pairs has no name that a template could use.
  const addressable = new Set(leavesOf(event.payload).map(({ path }) => path.join('.')));
  const own = telling(
    besidesFirst(
      leaves.filter(({ path }) => addressable.has(path.join('.'))),
      words.titled,
    ),
  );
  const fields = own.filter((leaf) => isSayable(leaf) && isNew(leaf));
  const title = event.title === words.title ? titleText(event, leaves, words.titled) : '{{title}}';
  const link =
    linked !== undefined && isSayable(linked) ? tag(linked) : event.url === undefined ? undefined : '{{url}}';
  const matter = [
    `title: ${quoted(title)}`,
    ...(typeof event.facts.emoji === 'string' ? ['emoji: "{{facts.emoji}}"', 'tone: "{{facts.tone}}"'] : []),
    ...(link === undefined ? [] : [`url: ${quoted(link)}`]),
    ...fieldLines(event, title, fields),
    ...(link === undefined ? [] : ['buttons:', `  Open: ${quoted(link)}`]),
    ...contextLine(event),
  ];
  const body = bodyText(event, words);
  return { file: fileOf(event), text: ['---', ...matter, '---', ...(body === '' ? [] : [body]), ''].join('\n') };
}

/** The file that this event, and no other of its type, looks for. One that has no name goes by its source’s, once the map says so. */
export const fileOf = ({ type, event, source }: Pick<HookEvent, 'type' | 'event' | 'source'>): string =>
  `${type}/${toEventName(event === UNNAMED ? source : event) ?? UNNAMED}.mustache`;

/** Keys that a tag can name. */
const SAYABLE = /^\w[\w-]{0,59}$/;

const isSayable = ({ path }: Leaf): boolean => path.every((key) => SAYABLE.test(key)) && !isSecret(path);

const tag = ({ path }: Leaf): string => `{{${['payload', ...path].join('.')}}}`;

/** The guessed title with tags where it has values, or the title as a whole where that cannot be said. */
function titleText({ title, state, source }: HookEvent, leaves: readonly Leaf[], titled: Leaf | undefined): string {
  if (titled === undefined || !isSayable(titled) || !title.includes(titled.text) || /[{}]/.test(title))
    return '{{title}}';
  const host = hostLeaf(leaves);
  const [before = '', ...after] = title.split(titled.text);
  const where = host !== undefined && isSayable(host) ? ` on ${host.text}` : '';
  const tail = after
    .join(titled.text)
    .replace(where, where === '' ? '' : ` on ${host === undefined ? '' : tag(host)}`)
    .replace(state === undefined ? '' : ` (${state})`, state === undefined ? '' : '{{#state}} ({{state}}){{/state}}');
  return `${before.replace(`${source}: `, '{{source}}: ')}${tag(titled)}${tail}`;
}

const isSaid = (title: string, text: string): boolean => {
  const said = oneLine(text, 500).toLowerCase();
  return said.length > 2 && title.toLowerCase().includes(said);
};

/** Source and event, where the title does not say them. */
function contextLine({ title, source, event }: HookEvent): readonly string[] {
  const parts = [isSaid(title, source) ? '' : '{{source}}', isSaid(title, event) ? '' : '{{event}}'];
  const context = parts.filter((part) => part !== '').join(' · ');
  return context === '' ? [] : [`context: ${quoted(context)}`];
}

function fieldLines({ state, title: said }: HookEvent, title: string, leaves: readonly Leaf[]): readonly string[] {
  const stated =
    state === undefined || isSaid(said, state) || title.includes('{{state}}') ? [] : ['  State: "{{state}}"'];
  const names = new Set<string>(['State']);
  const more = leaves.flatMap((leaf): string[] => {
    const name = nameOf(leaf);
    if (names.has(name) || !/\p{L}/u.test(name) || /[{}]/.test(name)) return [];
    names.add(name);
    return [`  ${/^[A-Za-z][A-Za-z ]*$/.test(name) ? name : quoted(name)}: ${quoted(tag(leaf))}`];
  });
  const lines = [...stated, ...more].slice(0, MOST_FIELDS);
  return lines.length === 0 ? [] : ['fields:', ...lines];
}

/** What follows the title: the payload’s own text, as Markdown where it has marks; lines that the source prepared where only it can say them. */
function bodyText({ facts }: HookEvent, { below, text }: ReturnType<typeof wordsOf>): string {
  const prepared = Array.isArray(facts.lines) && facts.lines.length > 0;
  if (below !== undefined && isSayable(below)) {
    const isMarked = /<[a-z!/][^>]*>|\*\*|^#{1,6} |^[-*] |\]\(https?:/im.test(below.text);
    const severalLines = below.text.trim().includes('\n');
    if (isMarked || (severalLines && !prepared)) return `{${tag(below)}}`;
    if (!severalLines) return tag(below);
  }
  return text !== undefined && prepared ? ['{{#facts.lines}}', '{{.}}', '', '{{/facts.lines}}'].join('\n') : '';
}

const quoted = (text: string): string => JSON.stringify(text);
