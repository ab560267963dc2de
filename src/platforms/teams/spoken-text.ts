import { valueAt } from '../../core/path.ts';
import { entitiesOf, textAt } from './activity-fields.ts';
import { SPOKEN_CHARS } from './limits.ts';

/** Somebody or something that a text names; `name` is what its tag encloses, escaped as it is there. */
export interface Mentioned {
  readonly id: string;
  readonly name: string;
}

const MOST_CHARS = 800;

/** Whom an activity names, by its entities: only these mean somebody, whatever the text looks like. */
export function mentionsIn(activity: unknown): readonly Mentioned[] {
  return entitiesOf(activity, 'mention').flatMap((entity) => {
    const id = textAt(entity, ['mentioned', 'id']);
    const tag = valueAt(entity, ['text']);
    if (id === undefined || typeof tag !== 'string') return [];
    const [, name = ''] = ONE_TAG.exec(tag.slice(0, MOST_CHARS)) ?? [];
    return [{ id, name }];
  });
}

/** Every part is bounded: the text is anybody's. */
const TAG = /<at(?: [^<>]{0,200})?>([^<>]{0,500})<\/at>/gi;
const ONE_TAG = new RegExp(TAG.source, 'i');
/** Stands for a quoted message, which comes as an entity of its own. */
const QUOTED = /<quoted [^<>]{0,200}>/gi;
const TEAM_CHANNEL = /^19:[\w:.@-]{1,200}@thread\.(?:tacv2|skype)$/;

/**
 * What was said to the bot, on one line: its own name is gone, a channel that was tagged stands as `<#id>`, whoever else was
 * tagged stands as they are called, and what Teams escaped is itself again.
 */
export function spokenText(text: string, mentions: readonly Mentioned[], bot: string): string {
  const left = [...mentions];
  const plain = text
    .slice(0, SPOKEN_CHARS)
    .replace(QUOTED, ' ')
    .replace(TAG, (_tag, name: string) => {
      // Two may bear one name: their entities come in the order of the text.
      const at = left.findIndex((mention) => mention.name === name);
      const [mention] = at < 0 ? [] : left.splice(at, 1);
      if (mention?.id === bot) return ' ';
      return mention !== undefined && TEAM_CHANNEL.test(mention.id) ? `<#${mention.id}>` : name;
    });
  return decoded(plain).replace(/\s+/g, ' ').trim();
}

const NAMED: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Once and no more: what somebody typed as `&amp;lt;` is `&lt;`. */
const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(nbsp|lt|gt|amp|quot|apos));/gi, (whole, ...parts: unknown[]) => {
    const [decimal, hexadecimal, name] = parts;
    if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hexadecimal), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
