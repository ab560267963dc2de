import type { Where } from '../core/overlay.ts';
import type { ChannelWord, Command, EndWord, MuteTarget, Numbered, WhyAbout } from './command.ts';
import { hasMeaning } from './grammar/keywords.ts';
import { quoted } from './grammar/quotes.ts';

/** The command as somebody would type it, always in the same words: reading it again gives the same command. */
export function printCommand(command: Command): string {
  return wordsOf(command)
    .filter((word) => word !== undefined && word !== '')
    .join(' ');
}

function wordsOf(command: Command): readonly (string | undefined)[] {
  switch (command.name) {
    case 'help':
      return ['help', optional(command.topic, printName)];
    case 'list':
      return ['list', command.what];
    case 'status':
    case 'export':
      return [command.name];
    case 'mute':
      return [
        'mute',
        optional(command.target, printTarget),
        clause('where', printWhere(command.where)),
        optional(command.end, printEnd),
        clause('in', optional(command.in, printChannel)),
        command.everywhere ? 'everywhere' : undefined,
        clause('because', command.because),
      ];
    case 'unmute':
      return ['unmute', printNumbered(command.which)];
    case 'route':
      return [
        'route',
        command.mode === 'move' ? 'move' : undefined,
        printSource(command),
        clause('where', printWhere(command.where)),
        `to ${printChannel(command.to)}`,
        clause('for', optional(command.forMs, printDuration)),
        clause('because', command.because),
      ];
    case 'unroute':
      return ['unroute', typeof command.which === 'string' ? printName(command.which) : printNumbered(command.which)];
    case 'why':
      return ['why', printAbout(command.about)];
    case 'recent':
      return ['recent', optional(command.count, String), optional(command.source, printName)];
    case 'replay':
      return [
        'replay',
        command.event,
        clause('to', optional(command.to, printChannel)),
        command.now ? 'now' : undefined,
      ];
    case 'test':
      return ['test', printSample(command), clause('to', optional(command.to, printChannel))];
    case 'acknowledge':
      return ['acknowledge', command.event];
    case 'post':
      return ['post', command.mute];
  }
}

const optional = <T>(value: T | undefined, print: (value: T) => string): string | undefined =>
  value === undefined ? undefined : print(value);

const clause = (word: string, rest: string | undefined): string | undefined =>
  rest === undefined || rest === '' ? undefined : `${word} ${rest}`;

export function printTarget(target: MuteTarget): string {
  switch (target.kind) {
    case 'source':
      return printSource(target);
    case 'route':
      return `route ${printName(target.route)}`;
    case 'key':
      return `key ${printName(target.key)}`;
    case 'this':
      return 'this';
    case 'event':
      return `event ${target.id}`;
  }
}

export const printSource = ({ source, event }: { readonly source: string; readonly event?: string }): string =>
  printName(event === undefined ? source : `${source}:${event}`);

/** Conditions, `author:-bot repo:acme/api,acme/web`; empty when there are none. */
export const printWhere = (where: Where): string =>
  Object.entries(where)
    .map(([key, values]) => `${key}:${values.map(printValue).join(',')}`)
    .join(' ');

function printEnd(end: EndWord): string {
  if (end.kind === 'for') return `for ${printDuration(end.ms)}`;
  return end.kind === 'forever' ? 'forever' : `until ${printUntil(end)}`;
}

/** What stands after `until`. */
export function printUntil(end: Exclude<EndWord, { readonly kind: 'for' }>): string {
  if (end.kind === 'resolved' || end.kind === 'forever') return end.kind;
  const day = end.kind === 'date' ? end.date : undefined;
  return [day, end.time, end.zone].filter((part) => part !== undefined).join(' ');
}

/** `2h`, `90m`: as the config writes it, in the largest unit that fits exactly. */
export function printDuration(ms: number): string {
  for (const [unit, size] of [
    ['w', 604_800_000],
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ] as const) {
    if (ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${ms}ms`;
}

export function printChannel(channel: ChannelWord): string {
  if (channel.kind === 'here') return 'here';
  if (channel.kind === 'id') return `<#${channel.id}>`;
  return printName(channel.name);
}

export function printNumbered(which: Numbered | 'all'): string {
  if (which === 'all') return which;
  return 'id' in which ? which.id : `#${which.number}`;
}

export function printAbout(about: WhyAbout): string {
  if (about.kind === 'this') return 'this';
  if (about.kind === 'id') return about.id;
  if (about.kind === 'link') return about.link;
  const { source, event, where } = about;
  // An event with a colon alone would be a condition.
  const isJoined = event === undefined || /[:=]/.test(event);
  const named = isJoined ? [printSource(about)] : [printName(source), printName(event)];
  return [...named, printWhere(where)].filter((part) => part !== '').join(' ');
}

export const printSample = ({ type, sample }: { readonly type: string; readonly sample?: string }): string =>
  printName(sample === undefined ? type : `${type}/${sample}`);

/** Characters that mean nothing, wherever they stand in a name. */
const HARMLESS = /^[\p{L}\p{M}\p{N}_.*?/@#+~=&%$!|^(){}[\];:-]+$/u;

/** A name; in quotes where it could be read as something else. */
export const printName = (name: string): string => (HARMLESS.test(name) && !hasMeaning(name) ? name : quoted(name));

function printValue(value: string): string {
  const [sign, wanted] = value.startsWith('!') ? ['-', value.slice(1)] : ['', value];
  return sign + (HARMLESS.test(wanted) && !/^[-!]/.test(wanted) ? wanted : quoted(wanted));
}
