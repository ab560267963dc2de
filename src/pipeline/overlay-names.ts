import { CommandError } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Overlay, Where } from '../core/overlay.ts';
import { SEVERITIES } from '../core/severity.ts';
import type { Runtime } from './runtime.ts';
import { oneLine } from './scope-text.ts';

/** The longest of a mute or a route that has an end: a year. Whoever wants more means for ever. */
export const LONGEST_SAID_MS = 366 * 86_400_000;

const MOST_KEYS = 20;
const MOST_VALUES = 50;
const LONGEST_VALUE = 500;
const NAMES_SHOWN = 20;

/** Refuses what the config does not have. */
export function checkName(what: 'source' | 'channel' | 'route', name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const near = didYouMean(name, known);
  const shown = known.length > NAMES_SHOWN ? [...known.slice(0, NAMES_SHOWN), '…'] : known;
  const there = known.length === 0 ? `; it has no ${what}s.` : `; it has ${shown.join(', ')}.`;
  throw new CommandError(`There is no ${what} "${oneLine(name, 80)}" in the config${near === '' ? there : near}`);
}

/** Refuses conditions that could never hold, or that nobody types. Labels are free: senders name them. */
export function checkWhere({ sources }: Pick<Runtime, 'sources'>, where: Where): void {
  if (Object.keys(where).length > MOST_KEYS)
    throw new CommandError(`"where" has more than ${MOST_KEYS} keys; leave some out.`);
  for (const [key, values] of Object.entries(where)) {
    checkLength('A key of "where"', key);
    if (/^(payload|headers|query)\./.test(key))
      throw new CommandError(
        `"${oneLine(key, 80)}" is a path, and "where" knows labels and the words source, type, event, severity and state; a route in the config files can look into the payload.`,
      );
    if (values.length > MOST_VALUES)
      throw new CommandError(`"${oneLine(key, 80)}" has more than ${MOST_VALUES} values; use wildcards.`);
    for (const value of values) checkLength(`"${oneLine(key, 80)}"`, value);
    if (values.some((value) => value === '' || value === '!'))
      throw new CommandError(`"${oneLine(key, 80)}" has an empty value; expected a text, as in "env:prod".`);
    if (key === 'source') for (const name of literals(values)) checkName('source', name, [...sources.keys()]);
    if (key === 'severity') literals(values).forEach(checkSeverity);
  }
}

export function checkLength(what: string, text: string): void {
  if (text.length > LONGEST_VALUE)
    throw new CommandError(`${what} is longer than ${LONGEST_VALUE} characters; use a wildcard, as in "deploy-*".`);
}

function checkSeverity(word: string): void {
  if (SEVERITIES.some((severity) => severity === word)) return;
  throw new CommandError(
    `"${oneLine(word, 80)}" is no severity; expected ${SEVERITIES.join(', ')}${didYouMean(word, SEVERITIES)}`,
  );
}

/** What is asked for by its exact name, with or without a `!`. */
const literals = (values: readonly string[]): readonly string[] =>
  values.map((value) => value.replace(/^!/, '')).filter((value) => !/[*?]/.test(value));

/**
 * What mutes and chat routes name and the config does not have, each a sentence: by an edit of the file, or since the config
 * changed. They are kept, and hold or bring nothing until it is there.
 */
export function unknownNames({ mutes, routes }: Overlay, { config, sources, channels }: Runtime): readonly string[] {
  const routeNames = new Set([...config.routes, ...routes].map(({ name }) => name));
  const missing = (who: string, what: string, name: string | undefined, known: (name: string) => boolean) =>
    name === undefined || known(name)
      ? []
      : [`${who} names the ${what} "${oneLine(name, 80)}", which the config does not have`];
  return [
    ...mutes.flatMap(({ number, scope }) => [
      ...missing(`mute #${number}`, 'channel', scope.channel, (name) => channels.has(name)),
      ...missing(`mute #${number}`, 'source', scope.source, (name) => sources.has(name)),
      ...missing(`mute #${number}`, 'route', scope.route, (name) => routeNames.has(name)),
    ]),
    ...routes.flatMap(({ name: route, source, to }) => [
      ...missing(`the chat route ${route}`, 'channel', to, (name) => channels.has(name)),
      ...missing(`the chat route ${route}`, 'source', source, (name) => sources.has(name)),
    ]),
  ];
}
