import { expect, test } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import type { SourceType } from '../../src/core/source.ts';
import { defineSource } from '../../src/sources/define-source.ts';
import { idPlaces } from '../../src/sources/id-place.ts';
import { profileOf } from '../../src/sources/profile.ts';
import { aHook, NOON } from '../builders.ts';

interface Body extends Partial<SourceEvent> {
  readonly id?: string;
}

/** Reads what it is told: the body is the event. */
const greenhouse = (dedupeKey: SourceType['dedupeKey']): SourceType =>
  defineSource({
    ...{ type: 'greenhouse', title: 'Greenhouse', docs: '', setUp: '', verifier: { scheme: 'bearer' } },
    ...{ events: {}, ignores: {}, dedupeKey },
    read: ({ body }) => {
      const payload = JSON.parse(body.toString());
      const boring = { event: 'bed.watered', severity: 'info', title: 'Bed', labels: {}, facts: {}, at: NOON } as const;
      return { kind: 'events', events: [{ ...boring, ...payload, payload }] };
    },
  });
const sample = (body: Body, headers: Readonly<Record<string, string>> = {}) => ({
  hook: aHook({ body, headers }),
  options: {},
});
const placesOf = (dedupeKey: SourceType['dedupeKey'], body: Body, headers = {}): readonly string[] =>
  idPlaces(greenhouse(dedupeKey), sample(body, headers), 0);

test('an id that stands in several headers is in the one that is read', () => {
  const headers = { 'x-copy': 'abc', 'x-id': 'abc', 'x-old-id': 'abc' };
  expect(placesOf(({ headers }) => headers['x-id'] ?? headers['x-old-id'], {}, headers)).toEqual(['x-id']);
});

test.each([
  ['a place in the body', { id: 'e-1' }, 'e-1', ['payload.id']],
  ['a place in a list, without its number', { labels: { all: ['x', 'e-2'] } }, 'e-2', ['payload.labels.all.*']],
  [
    'several places in their order, whatever their case',
    { id: 'bed 7', state: 'Wet' },
    'wet:bed 7',
    ['payload.state', 'payload.id'],
  ],
  ['no place for what was computed', { id: 'e-1' }, '5eb63bbbe01eeed0', []],
] as const)('%s', (_what, body, key, places) => {
  expect(placesOf(() => key, body)).toEqual(places);
});

test('an event without a dedupe key has no place', () => {
  expect(placesOf(() => undefined, { id: 'e-1' })).toEqual([]);
});

test('states are told by what keys are about, those of most samples first, and which of them end it', () => {
  const profile = profileOf(
    greenhouse(() => undefined),
    [
      sample({ key: 'pr:1', state: 'draft' }),
      sample({ key: 'pr:1', state: 'open', url: 'https://acme.example/1' }),
      sample({ key: 'pr:2', state: 'open' }),
      sample({ key: 'pr:1', state: 'merged', closes: true }),
      sample({ key: '{}:{alertname="Dry"}', state: 'dry' }),
      sample({ key: 'note:1' }),
    ],
  );
  expect(profile).toEqual({
    ids: [{ places: [], events: 6 }],
    lifecycles: [
      { about: 'pull request', open: ['open', 'draft'], closing: ['merged'] },
      { about: 'bed', open: ['dry'], closing: [] },
    ],
    events: 6,
    links: 1,
  });
});
