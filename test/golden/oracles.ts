import { PLATFORM_NAMES } from '../../src/core/config.ts';
import type { HookEvent } from '../../src/core/event.ts';
import { inlineText, type Message, toPlainText } from '../../src/core/message.ts';
import { adaptiveCardProblems } from './adaptive-card-problems.ts';
import { embedProblems } from './embed-problems.ts';
import type { Passed } from './pass-through.ts';

/** What no message may show, by reasons that know nothing of how it was made; empty for a good one. */
export const faultsOf = ({ event, rendered: { message }, payloads }: Passed): readonly string[] => [
  ...holes(payloads),
  ...markup(message, event.facts),
  ...broadcasts(payloads),
  ...burdens(message),
  ...embedProblems(payloads.discord),
  ...adaptiveCardProblems(payloads.teams),
];

/** Tags in what any platform gets, code left aside: for payloads in whose plain text nobody wrote any. */
export function tagsIn({ rendered: { message }, payloads }: Passed): readonly string[] {
  if (message.body.some(({ kind }) => kind === 'code')) return [];
  return PLATFORM_NAMES.flatMap((platform) => {
    const [found] = TAG.exec(stringsIn(payloads[platform]).join('\n')) ?? [];
    return found === undefined ? [] : [`${platform} gets ${found}`];
  });
}

const HOLE = /undefined|\[object \w+\]|\bNaN\b|Invalid Date|\{\{|\}\}|\bnull\b/;

function holes(payloads: Passed['payloads']): readonly string[] {
  return PLATFORM_NAMES.flatMap((platform) =>
    stringsIn(payloads[platform]).flatMap((text) => {
      const [found] = HOLE.exec(text) ?? [];
      return found === undefined ? [] : [`${platform}: "${found}" in: ${text.slice(0, 200)}`];
    }),
  );
}

const TAG =
  /<\/?(?:a|b|br|center|code|details|div|em|h[1-6]|i|img|kbd|li|ol|p|pre|script|span|strong|style|sub|summary|sup|table|td|th|tr|u|ul)\b[^>]*>|<!--/i;

/** Tags of a payload's Markdown. Its plain text (names, commit messages) is shown as it is, and code may be about HTML. */
function markup({ body }: Message, facts: HookEvent['facts']): readonly string[] {
  const written = toPlainText(body.filter(({ kind }) => kind !== 'code'));
  const { body: _markdown, ...plain } = facts;
  const rest = stringsIn(plain).reduce(
    (text, literal) => (literal === '' ? text : text.replaceAll(literal, '')),
    written,
  );
  const [found] = TAG.exec(rest) ?? [];
  return found === undefined ? [] : [`the body holds ${found}`];
}

/** What makes a message tiring to somebody who gets three hundred a day. */
function burdens({ title, fields, body, context }: Message): readonly string[] {
  const text = toPlainText(body);
  const said = title.toLowerCase();
  // A label may well be a word of the title, and somebody may be assigned to what they opened, or review it.
  const below = fields
    .filter(({ name }) => name !== 'Labels' && name !== 'Assigned to' && name !== 'Reviewers')
    .map(({ value }) => inlineText(value));
  const repeated = [...below, inlineText(context)].filter(
    (value) => value.length > 3 && said.includes(value.toLowerCase()),
  );
  return [
    ...(title.length > 320 ? [`the title has ${title.length} characters`] : []),
    ...(fields.length > 4 ? [`${fields.length} fields`] : []),
    ...(text.length > 1_000 || text.split('\n').length > 20 ? ['a long body'] : []),
    ...repeated.map((value) => `"${value}" stands in the title and again below`),
  ];
}

/** Whatever a payload says, nobody may be called: no message here has a mention of the config. */
function broadcasts(payloads: Passed['payloads']): readonly string[] {
  const { slack, discord, teams } = payloads;
  const calls = objectsIn(slack).filter(({ type }) => ['broadcast', 'user', 'usergroup'].includes(String(type)));
  const read = objectsIn(slack).flatMap(({ type, text }) => (type === 'mrkdwn' ? [String(text)] : []));
  const called = /<[!@]\S/.exec([String(slack.text), ...read].join('\n'));
  return [
    ...calls.map(({ type }) => `slack: a ${String(type)} element`),
    ...(called ? [`slack: ${called[0]} in text that Slack reads`] : []),
    ...(JSON.stringify(discord.allowed_mentions) === '{"parse":[],"roles":[],"users":[]}' ? [] : ['discord: mentions']),
    ...objectsIn(teams).flatMap(({ entities }) => (entities === undefined ? [] : ['teams: entities'])),
  ];
}

function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner];
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
