import type { Chat } from '../core/chat.ts';
import { chatRouteText, scopeText } from '../pipeline/scope-text.ts';
import { LIST_TOPICS } from './command.ts';
import type { ChatContext } from './context.ts';
import { HELP_TOPICS } from './help-topics.ts';
import { printName, printSource } from './print.ts';

/** As many as `Chat.suggest` promises, and as long as a front door takes them. */
const MOST = 25;
const LONGEST = 100;

const DURATIONS = ['30m', '1h', '2h', '4h', '8h', '1d'];

type Typed = Parameters<Chat['suggest']>[0];

/** A value, and the words by which people look for it where they are others. */
interface Suggestion {
  readonly value: string;
  readonly words?: string;
}

/** Values for an option that begin with, then that hold, what was typed so far. */
export async function suggest({ command, option, text }: Typed, context: ChatContext): Promise<readonly string[]> {
  const suggestions = Object.hasOwn(SUGGESTIONS, option) ? SUGGESTIONS[option] : undefined;
  const all = (await suggestions?.(context, command)) ?? [];
  const wanted = text.trim().toLowerCase();
  const usable = all.filter(({ value }) => value !== '' && value.length <= LONGEST);
  const begins = usable.filter(({ value }) => value.toLowerCase().startsWith(wanted));
  const holds = usable.filter(({ value, words = '' }) => `${value} ${words}`.toLowerCase().includes(wanted));
  return [...new Set([...begins, ...holds].map(({ value }) => value))].slice(0, MOST);
}

type Suggestions = (context: ChatContext, command: string) => readonly Suggestion[] | Promise<readonly Suggestion[]>;

const values = (texts: Iterable<string>): readonly Suggestion[] => [...texts].map((value) => ({ value }));

const sources: Suggestions = ({ runtime }) => values([...runtime().sources.keys()].map(printName));

const channels: Suggestions = ({ runtime }) => values(['here', ...runtime().channels.keys()]);

/** `github`, `github:pull_request.*`, `github:pull_request.opened` */
const patterns: Suggestions = ({ runtime }) => {
  const active = [...runtime().sources.values()];
  const events = active.flatMap(({ name, type }) => {
    const known = Object.keys(type.events);
    const families = known.filter((event) => event.includes('.')).map((event) => `${event.split('.', 1)[0]}.*`);
    return [...new Set([...families, ...known])].map((event) => printSource({ source: name, event }));
  });
  return values([...active.map(({ name }) => printName(name)), ...events]);
};

const routeNames: Suggestions = ({ runtime, routes }) =>
  values([...routes.list().map(({ name }) => name), ...runtime().config.routes.map(({ name }) => name)]);

const muteTargets: Suggestions = async (context, command) => [
  ...values(['this']),
  ...(await patterns(context, command)),
  ...(await routeNames(context, command)).map(({ value }) => ({ value: `route ${printName(value)}` })),
];

const mutes: Suggestions = async ({ mutes: all }) => [
  ...(await all.list()).map(({ mute }) => ({ value: `#${mute.number}`, words: scopeText(mute.scope) })),
  { value: 'all' },
];

const chatRoutes: Suggestions = ({ routes }) =>
  routes.list().map((route) => ({ value: `#${route.number}`, words: `${route.name} ${chatRouteText(route)}` }));

const recentEvents: Suggestions = async ({ store }) =>
  (await store.events({ limit: MOST })).map(({ event }) => ({
    value: event.id,
    words: `${event.source} ${event.title}`,
  }));

const samples: Suggestions = async ({ tests }) => {
  const all = await tests.samples();
  return values([...all.map(({ type }) => type), ...all.map(({ type, name }) => `${type}/${name}`)]);
};

const durations: Suggestions = () => values(DURATIONS);

const mutable: Readonly<Record<string, Suggestions>> = { mute: muteTargets, route: patterns };

/** By the name of the option, and by the command where that says more. */
const SUGGESTIONS: Readonly<Record<string, Suggestions>> = {
  topic: () => values(Object.keys(HELP_TOPICS)),
  what: (context, command) =>
    Object.hasOwn(mutable, command) ? (mutable[command]?.(context, command) ?? []) : values(LIST_TOPICS),
  which: (context, command) => (command === 'unroute' ? chatRoutes : mutes)(context, command),
  about: recentEvents,
  event: recentEvents,
  source: sources,
  sample: samples,
  to: channels,
  in: channels,
  for: durations,
  until: () => values(['resolved', '09:00', '17:00']),
};
