import type { MessageAction, PlatformName } from '../core/config.ts';
import type { HookEvent } from '../core/event.ts';
import type { Mention, Message } from '../core/message.ts';
import type { Payload } from '../core/platform.ts';
import type { Rendered, Renderer } from '../core/renderer.ts';
import { messageActions } from './message-actions.ts';
import type { ActiveChannel, Runtime } from './runtime.ts';

/** What a channel is about to be sent. */
export interface Composed {
  readonly payload: Payload;
  readonly rendered: Pick<Rendered, 'template' | 'failure'>;
}

export interface ToCompose {
  readonly event: HookEvent;
  readonly channel: ActiveChannel;
  /** The name of the route that brought it: it says which buttons the message has. */
  readonly route: string;
  readonly mentions: readonly string[];
  /** A button that has done its work. */
  readonly without?: MessageAction;
  /** Sentences of Bellhop's own: how late it is, that it is a replay. */
  readonly notes: readonly string[];
}

/** Renders an event for a channel. A failing template, or a platform's composer that fails, falls back to the plain form. */
export function composeMessage(runtime: Runtime, parts: ToCompose): Composed {
  const { event, channel } = parts;
  const rendered = renderOnce(runtime.renderer, event, channel.platform.name);
  const message = withExtras(rendered.message, parts, runtime);
  try {
    return { payload: channel.platform.compose(message, channel.config), rendered };
  } catch (error) {
    const failure = `the ${channel.platform.name} form failed: ${String(error)}`;
    return { payload: composePlain(runtime, parts, failure), rendered: { template: 'plain', failure } };
  }
}

/** The built-in form, which nothing refuses; `why` is shown on it. */
export function composePlain(runtime: Runtime, parts: ToCompose, why: string): Payload {
  const { event, channel } = parts;
  const plain = runtime.renderer.plain(event, `Shown in the plain form: ${why}`);
  return channel.platform.compose(withExtras(plain, parts, runtime), channel.config);
}

/** What one event looks like on one platform is the same in all its channels. */
const renderedEvents = new WeakMap<
  HookEvent,
  { readonly renderer: Renderer; readonly byPlatform: Map<PlatformName, Rendered> }
>();

function renderOnce(renderer: Renderer, event: HookEvent, platform: PlatformName): Rendered {
  let known = renderedEvents.get(event);
  if (known?.renderer !== renderer) {
    known = { renderer, byPlatform: new Map() };
    renderedEvents.set(event, known);
  }
  const rendered = known.byPlatform.get(platform) ?? renderer.render(event, platform);
  known.byPlatform.set(platform, rendered);
  return rendered;
}

function withExtras(message: Message, parts: ToCompose, runtime: Runtime): Message {
  const actions = messageActions(runtime, parts);
  if (parts.mentions.length === 0 && parts.notes.length === 0 && actions.length === 0) return message;
  const mentions = parts.mentions.flatMap((name): Mention[] => {
    const mention = runtime.config.mentions[name];
    return mention === undefined ? [] : [{ name, ...mention }];
  });
  return { ...message, actions, mentions, notes: [...message.notes, ...parts.notes] };
}
