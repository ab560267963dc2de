import type { Attempt, Delivery } from '../core/delivery.ts';
import type { Hook } from '../core/hook.ts';
import type { Mute } from '../core/overlay.ts';
import type { RouteTrace } from '../core/route.ts';
import type { StoredEvent } from '../core/store.ts';
import { scopeText } from '../pipeline/scope-text.ts';
import { failedText, matchText } from './condition-text.ts';
import type { Asked, ChatContext } from './context.ts';
import { nameText, oneLine } from './words.ts';

/** Everything that is known about why an event came or did not. */
export interface Explanation extends StoredEvent {
  /** The one that was asked about; else the one in this channel, else the first. */
  readonly focus: Delivery | undefined;
  readonly hook: Hook | undefined;
  /** By today's routes. */
  readonly routes: readonly RouteTrace[];
  readonly attempts: ReadonlyMap<string, readonly Attempt[]>;
  /** By the ids of the mutes. */
  readonly mutes: ReadonlyMap<string, Mute>;
  /** The template of the delivery in focus. */
  readonly template: string | undefined;
  /** One sentence. */
  readonly answer: string;
}

export async function explain(
  { event, deliveries }: StoredEvent,
  asked: Asked & { readonly about?: Delivery },
  { store, events, mutes, routes: chatRoutes }: Pick<ChatContext, 'store' | 'events' | 'mutes' | 'routes'>,
): Promise<Explanation> {
  const { runtime, here, about } = asked;
  const focus = about ?? deliveries.find(({ channel }) => channel === here) ?? deliveries[0];
  const read = await events.read(event.id);
  const routes =
    read === undefined
      ? []
      : runtime.router.trace({ event: read.event, headers: read.hook.headers, query: read.hook.query });
  const attempts = await store.attempts(deliveries.map(({ id }) => id));
  const named = [...new Set(deliveries.flatMap(({ mute }) => mute ?? []))];
  const found = await Promise.all(named.map((id) => mutes.find(id)));
  const known = {
    ...{ event, deliveries, focus, routes, attempts, hook: read?.hook },
    mutes: new Map(found.flatMap((mute) => (mute === undefined ? [] : [[mute.id, mute] as const]))),
    template: read && templateOf(read.event, focus, asked),
  };
  const conditions = focus === undefined ? '' : conditionsOf(focus.route, asked, chatRoutes);
  return { ...known, answer: answerOf(known, { here, conditions }) };
}

function templateOf(
  event: Parameters<Asked['runtime']['renderer']['render']>[0],
  focus: Delivery | undefined,
  { runtime }: Asked,
): string | undefined {
  const platform = focus && runtime.channels.get(focus.channel)?.platform.name;
  return platform && runtime.renderer.render(event, platform).template;
}

/** What a route asks for, in words; empty for one that is gone. */
function conditionsOf(name: string, { runtime }: Asked, chatRoutes: ChatContext['routes']): string {
  const ofFile = runtime.config.routes.find((route) => route.name === name);
  if (ofFile !== undefined) return `: ${matchText(ofFile.match ?? {})}`;
  const ofChat = chatRoutes.list().find((route) => route.name === name);
  if (ofChat === undefined) return '';
  const { source, event, where, by } = ofChat;
  const scope = { source, ...(event !== undefined && { event }), ...(where !== undefined && { where }) };
  return `: ${scopeText(scope)}, as ${nameText(by.name)} said`;
}

type Known = Omit<Explanation, 'answer'>;

interface Told {
  readonly here: string | undefined;
  readonly conditions: string;
}

function answerOf(known: Known, told: Told): string {
  const { focus } = known;
  if (focus === undefined) return noRoute(known);
  const reason = lastReason(known, focus);
  switch (focus.state) {
    case 'sent':
      return cameBecause(focus, told);
    case 'muted':
      return `It was held back by ${muteText(focus.mute, known.mutes)}`;
    case 'queued':
      return `It waits for ${focus.channel}: ${reason ?? 'it has not been tried yet'}`;
    case 'sending':
      return `It is being sent to ${focus.channel} right now`;
    case 'dead':
      return `It was given up for ${focus.channel}: ${reason ?? 'nobody noted why'}`;
    case 'held':
      return `It is held back for ${focus.channel}`;
    case 'collapsed':
      return `It was folded into one message with others in ${focus.channel}`;
  }
}

function cameBecause({ route, channel, replay }: Delivery, { here, conditions }: Told): string {
  if (replay) return `It came to ${channel} because somebody replayed it`;
  if (route === 'test') return 'It came because somebody asked for a test; nothing of it happened';
  if (route === 'bellhop') return 'It came because Bellhop tells what people changed';
  if (route === 'operators') return 'It came because Bellhop tells its operators what is broken';
  const elsewhere = here !== undefined && channel !== here ? `did not come here: it went to ${channel}` : 'came';
  return `It ${elsewhere} because route ${route} matched${conditions}`;
}

/** `mute #3 of Ana: deploy` */
function muteText(id: string | undefined, mutes: Known['mutes']): string {
  const mute = id === undefined ? undefined : mutes.get(id);
  if (mute === undefined) return 'a mute that is over';
  return `mute #${mute.number} of ${nameText(mute.by.name)}: ${oneLine(mute.why ?? scopeText(mute.scope), 100)}`;
}

/** The route that came nearest says most: one that failed on something else than whose event it is. */
function noRoute({ routes }: Known): string {
  const matches = routes.find(({ matched }) => matched);
  if (matches !== undefined) return `No route took it when it came; today ${matches.name} would`;
  const failed = routes.flatMap(({ name, failed: why }) => (why === undefined ? [] : [{ name, why }]));
  const near = failed.find(({ why }) => why.path !== 'match.source' && why.path !== 'match.type') ?? failed[0];
  if (near === undefined) return 'No route took it: there is none that could';
  return `No route took it: of ${near.name}, ${failedText(near.why)}`;
}

function lastReason({ attempts }: Known, { id }: Delivery): string | undefined {
  const reason = attempts.get(id)?.findLast((attempt) => attempt.reason !== undefined)?.reason;
  return reason === undefined ? undefined : oneLine(reason);
}
