import { expect, test } from 'vitest';
import { SOURCE_TYPE_NAMES } from '../../src/sources/index.ts';
import { sourceTypes } from './sample-hooks.ts';

test('every type is found by its own name', () => {
  expect(SOURCE_TYPE_NAMES).toEqual([...sourceTypes.keys()]);
  for (const [name, type] of sourceTypes) expect(type.type).toBe(name);
});

test('every type says how it is set up and where its sender documents it', () => {
  for (const type of sourceTypes.values()) {
    expect(type.setUp.length).toBeGreaterThan(80);
    expect(type.docs).toMatch(/^https:\/\//);
    expect(Object.isFrozen(type)).toBe(true);
  }
});
