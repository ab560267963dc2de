import type { HookEvent } from './core/event.ts';
import type { Proposal, ToPropose } from './core/proposal.ts';
import { platforms } from './platforms/index.ts';
import { proposeDeclaration } from './sources/declared/propose.ts';
import { UNNAMED } from './sources/guess.ts';
import { proposeMap } from './sources/propose-map.ts';
import { proposeTemplate } from './sources/propose-template.ts';
import { tryOut } from './templates/try-out.ts';

/** A template for events like this one, how it looks, and for a sender without a type of its own how to give it one. */
export function propose({ event, mapped }: ToPropose): Proposal {
  const { file, text } = proposeTemplate(event);
  const { message } = tryOut({ path: file, text }, event);
  const { text: preview } = platforms.console.compose(message, { name: 'preview', platform: 'console' });
  const isGeneric = event.type === 'generic';
  return {
    file,
    template: text,
    preview: String(preview),
    notes: notesOn(event, mapped),
    ...(isGeneric && !mapped && { map: proposeMap(event) }),
    ...(isGeneric && { declaration: declarationOf(event) }),
  };
}

function notesOn({ event, source, type }: HookEvent, mapped: boolean): readonly string[] {
  if (type !== 'generic') return [];
  const shared = 'Templates go by type: this one is for events of this name from every generic source.';
  if (event !== UNNAMED) return [shared];
  const name = mapped
    ? `The map of "${source}" names no event: let its "event" say "${source}", or this template finds none.`
    : `The document does not say what happened: with the map below its events are called "${source}", and this template is theirs.`;
  return [name, shared];
}

function declarationOf({ source, payload }: HookEvent): NonNullable<Proposal['declaration']> {
  const type =
    source
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+/, '')
      .slice(0, 64) || 'mine';
  return { file: `sources/${type}.json`, text: `${JSON.stringify(proposeDeclaration(type, payload), undefined, 2)}\n` };
}
