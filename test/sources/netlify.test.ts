import { expect, it } from 'vitest';
import { aHook } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

const type = sourceTypes.get('netlify');

function idOf(event: string): string | undefined {
  const hook = aHook({
    headers: { 'content-type': 'application/json', 'x-netlify-event': event },
    body: { id: 'd1', site_id: 's1', name: 'shop', state: 'ready', updated_at: '2025-11-21T12:00:00Z' },
  });
  const reading = type?.read(hook, {});
  const [read] = reading?.kind === 'events' ? reading.events : [];
  return read && type?.dedupeKey(hook, read);
}

it('hears once of a success that goes by two names', () => {
  expect(idOf('deploy_succeeded_after_failing')).toBe('d1 ready 2025-11-21T12:00:00Z');
  expect(idOf('deploy_created')).toBe('d1 ready 2025-11-21T12:00:00Z');
});

it('takes no lock for the copy of the deploy it names', () => {
  expect(idOf('deploy_locked')).toBeUndefined();
  expect(idOf('deploy_restored')).toBeUndefined();
});
