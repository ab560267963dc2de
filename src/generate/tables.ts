import { HELP_TOPICS } from '../chatops/help-topics.ts';
import { program } from '../cli/program.ts';
import { ENVIRONMENT } from '../cli/settings.ts';
import type { ConditionOperators, Permission, PlatformName } from '../core/config.ts';
import { formatDuration } from '../core/duration.ts';
import { API_ERRORS, HOOK_ERRORS } from '../core/errors.ts';
import type { PaceWindow } from '../core/platform.ts';
import { SEVERITIES } from '../core/severity.ts';
import { METRICS } from '../http/metrics.ts';
import { EMBED, MESSAGE } from '../platforms/discord/limits.ts';
import { platforms } from '../platforms/index.ts';
import { LIMITS } from '../platforms/slack/limits.ts';
import { CARD_BYTES } from '../platforms/teams/limits.ts';
import { MAX_BYTES } from '../platforms/webhook/compose.ts';
import { code, markdownTable } from './markdown-table.ts';

export const hookErrorTable = (): string => errorTable(HOOK_ERRORS);

export const apiErrorTable = (): string => errorTable(API_ERRORS);

const errorTable = (errors: Readonly<Record<string, { readonly status: number; readonly means: string }>>): string =>
  markdownTable(
    ['status', 'code', 'meaning'],
    Object.entries(errors).map(([name, { status, means }]) => [String(status), code(name), means]),
  );

export const metricTable = (): string =>
  markdownTable(
    ['metric', 'labels', 'meaning'],
    Object.entries(METRICS).map(([name, { labels, help }]) => [code(name), labels.map(code).join(', '), help]),
  );

export const environmentTable = (): string =>
  markdownTable(
    ['variable', 'default', 'meaning'],
    Object.entries(ENVIRONMENT).map(([name, { fallback, means }]) => [code(name), code(fallback), means]),
  );

export const commandTable = (): string =>
  markdownTable(
    ['command', 'what it does', 'options'],
    program.commands.map((command) => [code(`bellhop ${usageOf(command)}`), command.description(), optionsOf(command)]),
  );

type Command = (typeof program.commands)[number];

const usageOf = (command: Command): string =>
  `${command.name()} ${command.usage().replace('[options]', '').trim()}`.trim();

const optionsOf = (command: Command): string => command.options.map(({ flags }) => code(flags)).join(' ');

/** What is typed in chat; what only a button says is left out. */
export const chatTable = (): string =>
  markdownTable(
    ['said', 'what it does', 'for example'],
    Object.values(HELP_TOPICS)
      .filter(({ isPressed }) => isPressed !== true)
      .map(({ usage, says, examples }) => [code(usage), says, code(examples.at(-1) ?? '')]),
  );

/** What each permission lets people do. Its type makes sure that none is left out. */
const ALLOWS: Readonly<Record<Permission, string>> = {
  ask: '`help`, `list`, `status`, `recent`, `why`, `export`',
  mute: '`mute` and `unmute` in the channel where it is said',
  'mute-everywhere': '`mute` and `unmute` in other channels, and in all of them',
  acknowledge: 'the Acknowledge button',
  test: '`test` in the channel where it is said',
  route: '`route` and `unroute`',
  replay: '`replay`, and `test` in other channels',
  admin: 'all of it, and mutes of any length or without an end',
};

export const permissionTable = (): string =>
  markdownTable(
    ['permission', 'lets people'],
    Object.entries(ALLOWS).map(([name, what]) => [code(name), what]),
  );

/** What each operator asks. Its type makes sure that none is left out. */
const OPERATORS: Readonly<Record<keyof ConditionOperators, string>> = {
  is: 'Exactly this, wildcards taken literally.',
  not: 'None of these (one value or a list, wildcards allowed); holds when there is no value.',
  in: 'One of this list, wildcards allowed.',
  contains: 'Text that holds this.',
  startsWith: 'Text that starts with this.',
  endsWith: 'Text that ends with this.',
  matches: 'A regular expression in RE2’s syntax, found anywhere in the text; it runs in linear time.',
  exists: '`true`: there is a value; `false`: there is none.',
  gt: 'A number above this.',
  gte: 'A number of at least this.',
  lt: 'A number below this.',
  lte: 'A number of at most this.',
  atLeast: `This severe or worse: ${SEVERITIES.map(code).join(' < ')}.`,
};

export const operatorTable = (): string =>
  markdownTable(
    ['operator', 'holds for'],
    Object.entries(OPERATORS).map(([name, asks]) => [code(name), asks]),
  );

const number = (value: number): string => value.toLocaleString('en-US');

/** The limits that shape a message; the rest is in each platform's `limits.ts` with the vendor's page. */
const SIZES: Readonly<Record<PlatformName, string>> = {
  slack: `${LIMITS.blocks} blocks with ${number(LIMITS.messageText)} characters in all; fallback text of ${number(LIMITS.text)}`,
  discord: `${number(EMBED.total)} characters of embed, ${number(EMBED.description)} in its description, ${EMBED.fields} fields; ${number(MESSAGE.content)} beside it`,
  teams: `${number(CARD_BYTES)} bytes of Adaptive Card`,
  webhook: `${number(MAX_BYTES)} bytes of JSON`,
  console: 'a screenful',
};

export const platformTable = (): string =>
  markdownTable(
    ['platform', 'a message is kept within', 'pace of one channel'],
    Object.values(platforms).map(({ name, pace }) => [code(name), SIZES[name], paceText(pace)]),
  );

const paceText = (pace: readonly PaceWindow[]): string =>
  pace.length === 0
    ? 'none'
    : pace.map(({ sends, perMs }) => `${number(sends)} in ${formatDuration(perMs)}`).join(', ');
