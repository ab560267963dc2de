import { describe, expect, test } from 'vitest';
import { sampleHooks, sourceTypes } from './sample-hooks.ts';

const TYPES = [
  'stripe',
  'alertmanager',
  'azure-monitor',
  'datadog',
  'grafana',
  'sentry',
  'generic',
  'standard-webhooks',
];

describe.each(TYPES)('samples of %s', (name) => {
  const type = sourceTypes.get(name);
  const samples = sampleHooks(name);

  test.each(samples)('$file reads to its event, with a title fit for a phone', ({ event, hook, options }) => {
    const reading = type?.read(hook, options);
    if (reading?.kind !== 'events') throw new Error(`it read to ${JSON.stringify(reading)}`);
    for (const read of reading.events) {
      expect(read.event).toBe(event);
      expect(read.title).toMatch(/^\S.{5,178}\S$/);
      expect(JSON.stringify({ ...read, payload: '' })).not.toMatch(/undefined|\[object Object\]|NaN|null/);
      if (read.url !== undefined) expect(read.url).toMatch(/^https:\/\//);
    }
  });

  test('an event is unlisted exactly when the type does not list it', () => {
    for (const { hook, options } of samples) {
      const reading = type?.read(hook, options);
      for (const event of reading?.kind === 'events' ? reading.events : []) {
        const named = Object.keys(type?.events ?? {}).length === 0;
        expect(event.unlisted ?? false).toBe(!named && !Object.hasOwn(type?.events ?? {}, event.event));
      }
    }
  });
});
