import type { ChatRoute, MuteScope, Person, Where } from '../core/overlay.ts';

const LONGEST_LINE = 200;
const LONGEST_NAME = 80;
const LONGEST_REASON = 500;

/** What a mute covers, without its channel: `alerts where env:prod`. */
export function scopeText({ source, event, route, key, where = {} }: MuteScope): string {
  const pattern = [source, event].filter((part) => part !== undefined).join(':');
  const conditions = whereText(where);
  const parts = [
    pattern,
    route === undefined ? '' : `route ${route}`,
    key ?? '',
    conditions === '' ? '' : `where ${conditions}`,
  ];
  return oneLine(parts.filter((part) => part !== '').join(' ')) || 'everything';
}

/** Where it holds, after `scopeText`: `in ops`, `everywhere`. */
export const placeText = ({ channel }: MuteScope): string => (channel === undefined ? 'everywhere' : `in ${channel}`);

/** `alerts where env:prod to war-room`. */
export const chatRouteText = ({
  source,
  event,
  where,
  to,
}: Pick<ChatRoute, 'source' | 'event' | 'where' | 'to'>): string =>
  `${scopeText({ source, ...(event !== undefined && { event }), ...(where !== undefined && { where }) })} to ${to}`;

/** `repo:acme/api author:-bot`, as people type it. */
const whereText = (where: Where): string =>
  Object.entries(where)
    .flatMap(([key, values]) =>
      values.map((value) => `${key}:${value.startsWith('!') ? `-${quoted(value.slice(1))}` : quoted(value)}`),
    )
    .join(' ');

const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value);

/** Somebody with a name that can be read, whatever their platform says. */
export const namedPerson = (person: Person): Person => ({ ...person, name: nameText(person.name) });

/** A name as text to read, on one line and cut. */
export const nameText = (name: string): string => oneLine(name, LONGEST_NAME) || 'Somebody';

/** A reason as it is kept; nothing where nothing was said. */
export function keptReason(why: string | undefined): { readonly why?: string } {
  const reason = oneLine(why ?? '', LONGEST_REASON);
  return reason === '' ? {} : { why: reason };
}

/** What somebody typed, on one line and cut. */
export function oneLine(text: string, longest = LONGEST_LINE): string {
  // What nobody will see is not looked at.
  const line = text
    .slice(0, longest * 4)
    .replace(/[\s\p{Cc}\p{Cf}\p{Surrogate}]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}

/** `it is over` as `It is over.` */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
