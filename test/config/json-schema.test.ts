import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseConfigFile } from '../../src/config/config-file.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { plainOf } from '../../src/config/located.ts';
import { SOURCE_TYPE_NAMES } from '../../src/sources/index.ts';
import { aFolder, refusal } from './config-folder.ts';

const root = new URL('../../', import.meta.url);
const textOf = (file: string) => readFile(new URL(file, root), 'utf8');

type Json = { readonly [key: string]: Json };
const schema = configJsonSchema(['github', 'stripe', 'alertmanager', 'generic']) as Json;
const validator = z.fromJSONSchema(JSON.parse(JSON.stringify(schema)));

/** Every object with `properties` in the schema, with the way to it. */
function* objectsIn(node: unknown, path = ''): Generator<readonly [string, Json]> {
  if (typeof node !== 'object' || node === null) return;
  const { properties } = node as { readonly properties?: Json };
  if (properties !== undefined && !path.endsWith('/properties')) yield [path, properties];
  for (const [key, child] of Object.entries(node)) yield* objectsIn(child, `${path}/${key}`);
}

function accepts(text: string): boolean {
  const { root: document } = parseConfigFile('example', text);
  return document !== undefined && validator.safeParse(plainOf(document)).success;
}

describe('the JSON Schema for editors', () => {
  it('is the one that is shipped', async () => {
    const fresh = `${JSON.stringify(configJsonSchema(SOURCE_TYPE_NAMES), undefined, 2)}\n`;
    expect(await textOf('config/bellhop.schema.json'), 'run `npm run generate`').toBe(fresh);
  });

  it('describes every key', () => {
    const objects = [...objectsIn(schema)];
    expect(objects.length).toBeGreaterThan(20);
    const silent = objects.flatMap(([path, properties]) =>
      Object.entries(properties)
        .filter(([, property]) => typeof property.description !== 'string')
        .map(([key]) => `${path}/${key}`),
    );
    expect(silent).toEqual([]);
  });

  it('names the source types and the platforms', () => {
    const text = JSON.stringify(schema);
    expect(text).toContain('"enum":["github","stripe","alertmanager","generic"]');
    for (const platform of ['slack', 'discord', 'teams', 'webhook', 'console'])
      expect(text).toContain(`"const":"${platform}"`);
  });

  it('has the sections that the loader merges', async () => {
    const sections = Object.keys(schema.properties ?? {}).filter((key) => key !== '$schema');
    const dir = await aFolder({ 'bellhop.json': Object.fromEntries(sections.map((key) => [key, 1])) });
    const told = await refusal({ dir });
    expect(told).not.toContain('is no section');
    expect(told.split('\n').map((line) => line.split(': ')[1])).toEqual(sections);
  });

  it('takes the starter config and the example, as they are written', async () => {
    expect(accepts(await textOf('config/bellhop.json'))).toBe(true);
    expect(accepts(await textOf('test/config/example.json'))).toBe(true);
  });

  it.each([
    '{ "delivery": { "timeout": "10s", "retry": ["${FIRST:-5s}"], "keepSize": "2GB" } }',
    '{ "routes": [{ "match": { "any": [{ "repo": { "in": ["a", 1] } }] }, "to": "screen" }] }',
    '{ "channels": { "a": { "platform": "console", "pace": false } } }',
    '{ "chatops": { "longestMute": "2d", "permissions": [{ "who": "*", "may": "mute", "upTo": "8h" }] } }',
    '{ "routes": [{ "to": "screen", "actions": false }, { "to": "screen", "actions": ["why"] }] }',
  ])('takes %s', (text) => {
    expect(accepts(text)).toBe(true);
  });

  it.each([
    '{ "source": {} }',
    '{ "sources": { "a": { "type": "githib" } } }',
    '{ "channels": { "a": { "platform": "slak" } } }',
    '{ "channels": { "a": { "platform": "console", "id": "C1" } } }',
    '{ "delivery": { "timeout": "10 seconds" } }',
    '{ "routes": [{ "match": { "repo": { "startWith": "x" } }, "to": "screen" }] }',
    '{ "routes": [{ "name": "a" }] }',
    '{ "routes": [{ "to": "screen", "actions": ["ack"] }] }',
    '{ "chatops": { "permissions": [{ "who": "*", "may": "everything" }] } }',
    '{ "chatops": { "mutes": "1h" } }',
  ])('underlines %s', (text) => {
    expect(accepts(text)).toBe(false);
  });
});
