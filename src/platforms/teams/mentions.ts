import type { Mention } from '../../core/message.ts';
import { cutText } from '../cut.ts';
import type { CardElement } from './card-body.ts';
import { MAX_MENTIONS, MENTION_CHARS } from './limits.ts';
import { literalLine } from './text-runs.ts';

export interface MentionParts {
  /** One line that names everybody; undefined when nobody is to be called on Teams. */
  readonly element: CardElement | undefined;
  /** For `msteams.entities`: without its entity an `<at>` calls nobody. */
  readonly entities: readonly CardElement[];
}

/**
 * The people the config says to call. Ids may be `29:…`, `8:orgid:…`, an Entra object id or a user principal name.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format#mention-support-within-adaptive-cards
 */
export function mentionParts(mentions: readonly Mention[]): MentionParts {
  const called = mentions
    .flatMap(({ name, teams }) => (teams === undefined || teams.trim() === '' ? [] : [{ name, id: teams.trim() }]))
    .slice(0, MAX_MENTIONS)
    .map(({ name, id }) => ({ id, name: cutText(literalLine(name), MENTION_CHARS) || id }));
  if (called.length === 0) return { element: undefined, entities: [] };
  const tags = called.map(({ name }) => `<at>${xmlEscaped(name)}</at>`);
  return {
    element: { type: 'TextBlock', text: tags.join(' '), wrap: true },
    entities: called.map((mentioned, at) => ({ type: 'mention', text: tags[at], mentioned })),
  };
}

const xmlEscaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
