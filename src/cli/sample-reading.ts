import type { GenericMap } from '../core/config.ts';
import type { HookEvent, Reading } from '../core/event.ts';
import { toHookEvent } from '../pipeline/plan.ts';
import type { Runtime } from '../pipeline/runtime.ts';
import type { SampleHook } from '../sources/id-place.ts';
import type { Sample } from '../templates/samples.ts';

/** What a sample reads as, and its events as if they had just come; undefined for a type Bellhop does not have. */
export function readSample(runtime: Runtime, sample: Sample): SampleReading | undefined {
  const type = runtime.types.get(sample.type);
  if (type === undefined) return undefined;
  const source = { name: sample.type, type };
  const { hook, options } = sampleHook(sample);
  const reading = type.read(hook, options);
  const events = reading.kind === 'events' ? reading.events : [];
  return {
    reading,
    events: events.map((read, index) => toHookEvent(read, { hook, index, source, newId: () => 'evt_sample' })),
  };
}

export interface SampleReading {
  readonly reading: Reading;
  readonly events: readonly HookEvent[];
}

/** The hook that a sample is, as if it had just come to a source named after its type. */
export function sampleHook(sample: Sample): SampleHook {
  const map = sample.map as Partial<GenericMap> | undefined;
  return {
    hook: { ...sample, id: 'hook_sample', source: sample.type, from: '127.0.0.1', at: new Date() },
    options: map === undefined ? {} : { map: { labels: {}, ...map } },
  };
}
