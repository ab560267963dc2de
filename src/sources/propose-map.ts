import type { HookEvent } from '../core/event.ts';
import { proposeDeclaration } from './declared/propose.ts';
import type { Value } from './declared/value.ts';
import { UNNAMED } from './guess.ts';
import { sentenceLeaf } from './leaf-roles.ts';
import { leavesOf } from './leaves.ts';

export type ProposedMap = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/**
 * What the `map` of a `generic` source could say of documents like this one; an event that has no name gets its source’s.
 * What is not found is left out.
 */
export function proposeMap({ event, source, payload, labels }: HookEvent): ProposedMap {
  const { event: named, id, key, state, severity, url } = proposeDeclaration(source, payload);
  const found: Readonly<Record<string, Value | undefined>> = {
    event: event === UNNAMED ? source : isTag(named) ? named : undefined,
    // An id of the thing, and not of the delivery, would drop its second event.
    id: DELIVERY_ID.test(String(id)) ? id : undefined,
    // A bare name says less than what is guessed.
    title: titleOf(payload),
    key: NO_SUBJECT.test(String(key)) ? undefined : key,
    state,
    severity,
    url,
  };
  const texts = Object.entries(found).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  const own = Object.keys(labels).filter(
    (name) => typeof payload === 'object' && payload !== null && Object.hasOwn(payload, name),
  );
  const labelled = Object.fromEntries(own.map((name) => [name, `{{payload.${name}}}`]));
  return { ...Object.fromEntries(texts), ...(own.length > 0 && { labels: labelled }) };
}

/** A sentence in one line, where a tag can name it. */
function titleOf(payload: unknown): string | undefined {
  const sentence = sentenceLeaf(leavesOf(payload));
  if (sentence === undefined || /[\r\n<]/.test(sentence.text.trim())) return undefined;
  return sentence.path.every((key) => /^[\w-]{1,60}$/.test(key)) ? `{{payload.${sentence.path.join('.')}}}` : undefined;
}

const isTag = (value: Value): boolean => typeof value === 'string' && value.includes('{{');
const DELIVERY_ID = /^\{\{payload\.(event|delivery|message)_?id\}\}$/i;
/** Things that many events have in common. */
const NO_SUBJECT = /^(subscription|context|account|org|organization|group|team|repo|repository|webhook|payload|data):/i;
