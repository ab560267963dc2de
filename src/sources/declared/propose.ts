import { toEventName } from '../event-name.ts';
import { levelLeaf, stateLeaf, titleLeaf, urlLeaf } from '../leaf-roles.ts';
import { type Leaf, leavesOf } from '../leaves.ts';
import { oneLine } from '../one-line.ts';
import { readTime } from '../read-time.ts';
import type { Declaration } from './declaration.ts';

/** A declaration of a type as a user's file holds it: the file's name is the type. */
export type ProposedDeclaration = Omit<Declaration, 'type'>;

const IDS = ['event_id', 'eventid', 'delivery_id', 'message_id', 'uuid', 'id'];
const EVENTS = ['event', 'event_type', 'eventtype', 'event_name', 'type', 'topic', 'action', 'kind'];

/**
 * A first draft of a type, from one document its sender sent: what its leaves are called says what they are. Meant to be
 * read and changed; what is not found is left out, and nothing is ever thrown.
 */
export function proposeDeclaration(type: string, document: unknown): ProposedDeclaration {
  const leaves = leavesOf(document).filter(({ path }) => path.every((key) => /^[\w-]{1,60}$/.test(key)));
  const named = (names: readonly string[], least = 1): Leaf | undefined =>
    names
      .map((name) => leaves.find(({ path, name: own }) => path.length >= least && own.toLowerCase() === name))
      .find((leaf) => leaf !== undefined);
  const event = EVENTS.map((name) =>
    leaves.find((leaf) => leaf.path.length === 1 && leaf.name.toLowerCase() === name),
  ).find((leaf) => leaf !== undefined && toEventName(leaf.text) !== undefined);
  const title = titleLeaf(leaves);
  const [state, level, url] = [stateLeaf(leaves), levelLeaf(leaves), urlLeaf(leaves)];
  const id = named(IDS);
  const about = named(['id', 'number', 'key'], 2);
  const time = leaves.find(
    ({ name, text }) => /(_at|time|date|timestamp)$/i.test(name) && readTime(text) !== undefined,
  );
  const eventName = toEventName(event?.text) ?? 'event';
  const required = event ?? title ?? id ?? leaves[0];
  return {
    title: oneLine(type, 60),
    docs: '',
    setUp: '',
    verifier: { scheme: 'urlToken' },
    events: { [eventName]: 'Say here what it means.' },
    requires: required === undefined ? '{{payload}}' : textOf(required),
    event: event === undefined ? eventName : textOf(event),
    ...(id !== undefined && { id: textOf(id) }),
    ...(about !== undefined && { key: `${about.path.at(-2)}:${textOf(about)}` }),
    ...(state !== undefined && { state: textOf(state) }),
    ...(level !== undefined && { severity: textOf(level) }),
    titles: { default: title === undefined ? `${oneLine(type, 60)}: ${eventName}` : textOf(title) },
    ...(url !== undefined && { url: textOf(url) }),
    ...(time !== undefined && { at: textOf(time) }),
  };
}

const textOf = ({ path }: Leaf): string => `{{payload.${path.join('.')}}}`;
