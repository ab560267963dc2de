import type { ChatRoute, Mute, MuteScope, Overlay, Person, Where } from '../core/overlay.ts';

/**
 * What chat, console and API changed, as text for a file of its own in the config folder: JSON with comments. Chat
 * routes become routes; mutes stay out, each with a comment that says which condition would do the same. Pure.
 */
export function exportOverlay({ routes, mutes }: Pick<Overlay, 'routes' | 'mutes'>): string {
  const inForce = mutes.filter(({ ended }) => ended === undefined);
  const entries = routes.map(routeEntry);
  const lastWritten = entries.findLastIndex(({ json }) => json !== undefined);
  const lines = [
    ...(routes.length + inForce.length === 0 ? ['// Nothing was changed on top of the config.'] : []),
    ...(routes.length === 0 ? [] : HOW_TO_KEEP.map(comment)),
    '{',
    ...(entries.length === 0
      ? []
      : [
          '  "routes": [',
          ...entries.flatMap(({ said, json }, at) => [
            ...said.map((line) => `    ${comment(line)}`),
            ...(json === undefined ? [] : indented(json, '    ', at < lastWritten ? ',' : '')),
          ]),
          '  ]',
        ]),
    ...(inForce.length === 0
      ? []
      : [...ABOUT_MUTES, ...inForce.flatMap(muteLines)].map((line) => `  ${comment(line)}`)),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

const HOW_TO_KEEP = [
  'Routes that were added while Bellhop ran. Save this beside the config under a name that sorts before the others, as in',
  '`00-from-chat.json`: they then stay first. Each takes the place of the chat route of its name at once.',
];

const ABOUT_MUTES = [
  'A mute has an end, so it has no place in the config. What should stay hidden for good is left out by the routes that',
  'bring it:',
];

/** Words of the config that are no names of labels there. */
const NESTING: ReadonlySet<string> = new Set(['all', 'any', 'none']);

interface Entry {
  readonly said: readonly string[];
  /** Absent for a route that the config cannot say. */
  readonly json?: string;
}

function routeEntry({ name, number, source, event, where, to, mode, by, why, from, until }: ChatRoute): Entry {
  const ends = until && `It was to end at ${minute(until)}; written here, it stays.`;
  const said = [`#${number}, ${authorText(by, from, why)}`, ...(ends === undefined ? [] : [ends])];
  const match = matchOf({
    source,
    ...(event === undefined ? {} : { event }),
    ...(where === undefined ? {} : { where }),
  });
  if (match === undefined)
    return {
      said: [...said, 'It cannot be written here: the config has a meaning of its own for "all", "any" and "none".'],
    };
  return { said, json: lineByKey({ name, match, to: [to], ...(mode === 'move' ? { stop: true } : {}) }) };
}

function muteLines({ number, scope, by, why, from }: Mute): readonly string[] {
  return [`#${number}, ${authorText(by, from, why)}`, `  ${remedyOf(scope)}`];
}

function remedyOf(scope: MuteScope): string {
  const { channel, route, key } = scope;
  if (key !== undefined) return `It is about one thing only (${key}), which no route can name; it ends with it.`;
  const match = matchOf(scope);
  const routes =
    route !== undefined
      ? `the route ${quoted(route)}`
      : channel === undefined
        ? 'every route'
        : `the routes to ${quoted(channel)}`;
  if (match === undefined) return `It cannot be said by a condition: look at the "match" of ${routes}.`;
  if (Object.keys(match).length > 0) return `In the "match" of ${routes}: "none": [${literal(match)}]`;
  return channel === undefined ? `Take ${routes} out.` : `Take ${quoted(channel)} out of the "to" of ${routes}.`;
}

type Conditions = Readonly<Record<string, unknown>>;

/** Undefined where a label is called like a word of the config. */
function matchOf({ source, event, where = {} }: Pick<MuteScope, 'source' | 'event' | 'where'>): Conditions | undefined {
  const named = { ...(source === undefined ? {} : { source }), ...(event === undefined ? {} : { event }) };
  const conditions = Object.entries(where).map(([key, values]) => [key, conditionOf(values)] as const);
  if (conditions.some(([key]) => NESTING.has(key))) return undefined;
  // `source` and `event` may be asked for twice: then both must hold.
  const again = conditions.filter(([key]) => Object.hasOwn(named, key));
  const others = conditions.filter(([key]) => !Object.hasOwn(named, key));
  return {
    ...named,
    ...Object.fromEntries(others),
    ...(again.length === 0 ? {} : { all: [Object.fromEntries(again)] }),
  };
}

const conditionOf = (values: Where[string]): string | readonly string[] => {
  const [first = '', ...others] = values;
  return others.length === 0 ? first : values;
};

/** JSON in which nothing is a placeholder of the config. */
const literal = (value: unknown): string => JSON.stringify(value).replaceAll('${', '$$${');

/** An object with a line for each key. */
function lineByKey(values: Conditions): string {
  const lines = Object.entries(values).map(([key, value]) => `  ${literal(key)}: ${literal(value)}`);
  return `{\n${lines.join(',\n')}\n}`;
}

const authorText = ({ platform, id, name }: Person, at: Date, why: string | undefined): string =>
  `by ${name} (${platform}:${id}) on ${minute(at)}${why === undefined ? '' : `: ${why}`}`;

/** `2026-11-21 14:05 UTC`. */
const minute = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const quoted = (text: string): string => JSON.stringify(text);

/** One line, whatever somebody wrote: nothing of it can end the comment. */
const comment = (text: string): string => `// ${text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').trimEnd()}`;

function indented(text: string, by: string, end: string): readonly string[] {
  return `${text}${end}`.split('\n').map((line) => `${by}${line}`);
}
