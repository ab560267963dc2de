import type { PlatformName } from './config.ts';
import type { HookEvent } from './event.ts';
import type { Message } from './message.ts';

export interface Rendered {
  readonly message: Message;
  /** The template's file, relative to its folder; `plain` for the built-in form. */
  readonly template: string;
  /** Why the template could not be used: then `message` is the plain built-in rendering, which says so. */
  readonly failure?: string;
}

/** Turns events into messages. Never throws for an event or a template: a template can never lose an event. */
export interface Renderer {
  render(event: HookEvent, platform: PlatformName): Rendered;
  /** The built-in form: title, link and labels, nothing that could fail or be refused. */
  plain(event: HookEvent, note?: string): Message;
}
