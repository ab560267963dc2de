import type { Clock } from '../core/clock.ts';
import type { GenericMap } from '../core/config.ts';
import type { PlannedDelivery } from '../core/delivery.ts';
import { CommandError } from '../core/errors.ts';
import { isOwn, type KeptEvent } from '../core/event.ts';
import type { Hook } from '../core/hook.ts';
import type { NewId } from '../core/id.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Person } from '../core/overlay.ts';
import type { PlannedEvent, Store } from '../core/store.ts';
import { bellhopSource } from './bellhop-source.ts';
import { toHookEvent } from './plan.ts';
import type { CurrentRuntime, Runtime } from './runtime.ts';

/** A sample of a source type: what its sender would send. `templates/samples.ts` reads them. */
export interface TestSample {
  readonly type: string;
  /** `pull_request.opened~draft`. */
  readonly name: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** For a `generic` source: the map that reads it. */
  readonly map?: unknown;
}

export interface TestMessages {
  /** Every sample there is, by type and name. */
  samples(): Promise<readonly TestSample[]>;
  /** Posts a sample in one channel, marked as a test; without `sample` the type's first. Refusals are `CommandError`s. */
  send(order: {
    readonly type: string;
    readonly sample?: string;
    readonly channel: string;
    readonly by: Person;
  }): Promise<{ readonly event: KeptEvent; readonly delivery: PlannedDelivery }>;
}

/** Samples that people post are the only events of others' types whose source is Bellhop itself. */
export const isTest = (event: Pick<KeptEvent, 'source' | 'type'>): boolean =>
  isOwn(event) && event.type !== bellhopSource.type;

/** What a message of such an event says about itself. */
export const TEST_NOTE = 'A test: nothing of this happened.';

export interface TestMessagesContext {
  readonly runtime: CurrentRuntime;
  readonly store: Store;
  /** Every sample there is. */
  readonly samples: () => Promise<readonly TestSample[]>;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly onAccepted: (hook: Hook, planned: readonly PlannedEvent[]) => void;
}

/** A sample that somebody edits is seen after this time. */
const KEPT_MS = 60_000;

/** A sample takes the road of every other event, as one of Bellhop's own: no route, no mute and no sender's last hook knows of it. */
export function createTestMessages(context: TestMessagesContext): TestMessages {
  const { runtime, store, clock, newId, onAccepted } = context;
  const samples = keptFor(KEPT_MS, context);
  return {
    samples,
    async send({ type, sample: name, channel, by }) {
      const active = runtime();
      const sample = sampleOf(await samples(), { type, name });
      const to = active.channels.get(channel);
      if (to === undefined)
        throw new CommandError(
          `There is no channel "${channel}" in the config${didYouMean(channel, active.channels.keys())}`,
        );
      const hook: Hook = {
        id: newId('hook'),
        source: bellhopSource.type,
        method: sample.method,
        headers: sample.headers,
        query: sample.query,
        body: sample.body,
        from: 'bellhop',
        at: clock.now(),
      };
      const event = eventOf(active, sample, { hook, newId });
      const delivery: PlannedDelivery = {
        id: newId('dlv'),
        channel,
        platform: to.platform.name,
        route: 'test',
        mentions: [],
        replay: false,
      };
      const planned: PlannedEvent = { event, deliveries: [delivery] };
      const written = store.audit({
        id: newId('audit'),
        at: clock.now(),
        by,
        action: 'test',
        subject: event.id,
        channel,
        detail: `${sample.type}/${sample.name} to ${channel}`,
      });
      await written.catch(notPosted);
      const accepted = await store.accept({ hook, status: 'accepted', events: [planned] }).catch(notPosted);
      if (accepted.status === 'accepted') onAccepted(hook, [planned]);
      return { event, delivery };
    },
  };
}

/** They are hundreds of files, and asked for with every letter that somebody types. */
function keptFor(ms: number, { samples, clock }: Pick<TestMessagesContext, 'samples' | 'clock'>): typeof samples {
  let kept: { readonly at: number; readonly found: ReturnType<typeof samples> } | undefined;
  return async () => {
    const now = clock.now().getTime();
    if (kept === undefined || now - kept.at >= ms) kept = { at: now, found: samples() };
    try {
      return await kept.found;
    } catch (error) {
      kept = undefined;
      throw error;
    }
  };
}

interface SampleWanted {
  readonly type: string;
  readonly name: string | undefined;
}

function sampleOf(all: readonly TestSample[], { type, name }: SampleWanted): TestSample {
  const ofType = all.filter((sample) => sample.type === type);
  const [first] = ofType;
  if (first === undefined) {
    const types = [...new Set(all.map((sample) => sample.type))];
    throw new CommandError(
      `There are no samples of type "${type}"${didYouMean(type, types) || `; there are some of ${types.join(', ')}`}`,
    );
  }
  if (name === undefined) return first;
  const found = ofType.find((sample) => sample.name === name);
  if (found !== undefined) return found;
  const names = ofType.map((sample) => sample.name);
  throw new CommandError(
    `${type} has no sample "${name}"${didYouMean(name, names) || `; it has ${names.slice(0, 10).join(', ')}`}`,
  );
}

/** The sample's first event: a message is one event. */
function eventOf(
  runtime: Runtime,
  sample: TestSample,
  { hook, newId }: { readonly hook: Hook; readonly newId: NewId },
): KeptEvent {
  const type = runtime.types.get(sample.type);
  const map = sample.map as Partial<GenericMap> | undefined;
  const reading = type?.read(hook, map === undefined ? {} : { map: { labels: {}, ...map } });
  const [read] = reading?.kind === 'events' ? reading.events : [];
  if (type === undefined || read === undefined)
    throw new CommandError(`The sample ${sample.type}/${sample.name} holds no event; "bellhop check" says why.`);
  const source = { name: bellhopSource.type, type };
  const { payload: _payload, ...kept } = toHookEvent(read, { hook, index: 0, source, newId });
  return kept;
}

function notPosted(error: unknown): never {
  throw new CommandError(`Nothing was posted: ${error instanceof Error ? error.message : 'the store failed.'}`);
}
