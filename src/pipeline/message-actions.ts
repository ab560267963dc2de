import { type Config, MESSAGE_ACTIONS, type MessageAction } from '../core/config.ts';
import type { HookEvent } from '../core/event.ts';
import type { Action, Press } from '../core/message.ts';
import { pressId } from '../core/press.ts';
import { bellhopSource, type Notice } from './bellhop-source.ts';
import type { ActiveChannel, Runtime } from './runtime.ts';

export interface ToAct {
  readonly event: HookEvent;
  readonly channel: ActiveChannel;
  readonly route: string;
  readonly without?: MessageAction;
}

/** What people can ask for below a message; nothing where nobody would hear it. */
export function messageActions(runtime: Runtime, { event, channel, route, without }: ToAct): readonly Action[] {
  if (!channel.platform.hears(channel.config, runtime.config.platforms)) return [];
  if (event.type === bellhopSource.type) return (event.payload as Partial<Notice>).actions ?? [];
  return actionsOf(runtime.config, route)
    .filter((action) => action !== without)
    .flatMap((action) => ACTIONS[action](event));
}

const ACTIONS: Readonly<Record<MessageAction, (event: HookEvent) => readonly Action[]>> = {
  mute: (event) => [{ label: 'Mute', choices: muteChoices(event) }],
  why: ({ id }) => [{ label: 'Why?', id: pressId('why', id) }],
  // Only a story can be looked after, and only while it goes on.
  acknowledge: ({ id, key, closes }) =>
    key === undefined || closes === true ? [] : [{ label: 'Acknowledge', id: pressId('ack', id) }],
};

function muteChoices({ id, key, closes }: HookEvent): readonly Press[] {
  const untilResolved = { label: 'Until it is resolved', id: pressId('mute', 'resolved', id) };
  return [
    { label: 'For 1 hour', id: pressId('mute', '1h', id) },
    { label: 'For 4 hours', id: pressId('mute', '4h', id) },
    ...(key === undefined || closes === true ? [] : [untilResolved]),
    { label: 'Something else…', id: pressId('mute', 'custom', id) },
  ];
}

const byConfig = new WeakMap<Config, ReadonlyMap<string, readonly MessageAction[]>>();

/** What the route says; every button for a message that no route of the config brought. */
function actionsOf(config: Config, route: string): readonly MessageAction[] {
  let known = byConfig.get(config);
  if (known === undefined) {
    known = new Map(config.routes.map(({ name, actions }) => [name, actions]));
    byConfig.set(config, known);
  }
  return known.get(route) ?? MESSAGE_ACTIONS;
}
