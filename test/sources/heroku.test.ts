import { expect, it } from 'vitest';
import { aHook } from '../builders.ts';
import { sourceTypes } from './sample-hooks.ts';

const type = sourceTypes.get('heroku');

it.each(['starting', 'up', 'down', 'idle', 'complete'])('says nothing of a dyno that is %s', (state) => {
  const body = { resource: 'dyno', action: 'update', data: { id: '1', name: 'web.1', state } };
  expect(type?.read(aHook({ body }), {}).kind).toBe('ignored');
});

it('hears once of a release that is out and then the current one', () => {
  const ids = ['create', 'update'].map((action, at) => {
    const data = { id: 'r1', status: 'succeeded', version: 5 };
    const hook = aHook({ body: { id: `event ${at}`, resource: 'release', action, data } });
    const reading = type?.read(hook, {});
    const [event] = reading?.kind === 'events' ? reading.events : [];
    return event && type?.dedupeKey(hook, event);
  });
  expect(ids).toEqual(['r1 succeeded', 'r1 succeeded']);
});
