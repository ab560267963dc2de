import { type Block, type Message, toPlainText } from '../../src/core/message.ts';
import { PLATFORM_NAMES } from '../../src/core/config.ts';
import { adaptiveCardProblems } from './adaptive-card-problems.ts';
import { embedProblems } from './embed-problems.ts';
import type { Passed } from './pass-through.ts';

/** What no message may show, by reasons that know nothing of how it was made; empty for a good one. */
export const faultsOf = ({ rendered: { message }, payloads }: Passed): readonly string[] => [
  ...holes(payloads),
  ...markup(message),
  ...broadcasts(payloads),
  ...embedProblems(payloads.discord),
  ...adaptiveCardProblems(payloads.teams),
];

const HOLE = /undefined|\[object \w+\]|\bNaN\b|Invalid Date|\{\{|\}\}|\(\)|\bnull\b/;

function holes(payloads: Passed['payloads']): readonly string[] {
  return PLATFORM_NAMES.flatMap((platform) =>
    stringsIn(payloads[platform]).flatMap((text) => {
      const [found] = HOLE.exec(text) ?? [];
      return found === undefined ? [] : [`${platform}: "${found}" in: ${text.slice(0, 200)}`];
    }),
  );
}

const TAG = /<\/?(?:a|b|br|center|code|details|div|em|h[1-6]|i|img|kbd|li|ol|p|pre|script|span|strong|style|sub|summary|sup|table|td|th|tr|u|ul)\b[^>]*>|<!--/i;

/** Tags of a payload's Markdown. Its plain text (titles, names) is shown as it is, and code may be about HTML. */
function markup({ body }: Message): readonly string[] {
  const [found] = TAG.exec(toPlainText(withoutCode(body))) ?? [];
  return found === undefined ? [] : [`the body holds ${found}`];
}

const withoutCode = (blocks: readonly Block[]): readonly Block[] => blocks.filter(({ kind }) => kind !== 'code');

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
