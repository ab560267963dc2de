import type { ChatPerson, ChatRequest, Reply } from '../core/chat.ts';
import type { Clock } from '../core/clock.ts';
import type { PlatformName } from '../core/config.ts';
import type { NewId } from '../core/id.ts';
import type { Log } from '../core/log.ts';
import type { MuteScope, OverlayStore, Person, ScopeTest } from '../core/overlay.ts';
import type { CommandStyle, Health, MessagePlace } from '../core/platform.ts';
import type { Store } from '../core/store.ts';
import type { Acknowledger } from '../pipeline/acknowledge.ts';
import type { ChatRoutes } from '../pipeline/chat-routes.ts';
import type { EventReader } from '../pipeline/event-reader.ts';
import type { Mutes } from '../pipeline/mutes.ts';
import type { Replayer } from '../pipeline/replay.ts';
import type { CurrentRuntime, Runtime } from '../pipeline/runtime.ts';
import type { TestMessages } from '../pipeline/test-message.ts';
import type { Rights } from './permissions.ts';

/** What commands work with. */
export interface ChatContext {
  readonly runtime: CurrentRuntime;
  readonly overlay: Pick<OverlayStore, 'read'>;
  readonly store: Store;
  readonly events: EventReader;
  readonly mutes: Mutes;
  readonly routes: ChatRoutes;
  readonly replayer: Replayer;
  readonly acknowledger: Acknowledger;
  readonly tests: TestMessages;
  /** Whether a scope covers an event. */
  readonly scopeTest: (scope: MuteScope) => ScopeTest;
  /** The parts of `/readyz`. */
  readonly ready: () => Promise<Readonly<Record<string, Health>>>;
  readonly linkedMessage: (platform: PlatformName, link: URL) => MessagePlace | undefined;
  readonly commandStyle: (platform: PlatformName) => CommandStyle;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
}

/** One command's surroundings, looked up once. */
export interface Asked {
  readonly request: ChatRequest;
  readonly person: ChatPerson;
  /** Who is named, remembered and asked for rights. */
  readonly by: Person;
  /** The config's name of the channel where it was said; undefined in private and in channels the config does not have. */
  readonly here: string | undefined;
  readonly rights: Rights;
  /** How commands are typed where they are. */
  readonly style: CommandStyle;
  readonly runtime: Runtime;
  /** The person's zone, or else the config's. */
  readonly zone: string;
  readonly now: Date;
}

/** Does what a command asks for. Refuses by throwing a `CommandError`. */
export type Run<Asks> = (asks: Asks, asked: Asked, context: ChatContext) => Promise<Reply>;
