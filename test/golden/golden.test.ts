import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { SHIPPED_TEMPLATES } from '../../src/blueprint.ts';
import { loadSamples } from '../../src/templates/samples.ts';
import { goldenText } from './golden-text.ts';
import { inventions } from './inventions.ts';
import { faultsOf } from './oracles.ts';
import { composeAll, type Passed, passThrough } from './pass-through.ts';
import { strangers } from './strangers.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const UPDATE = process.env.UPDATE_GOLDEN === '1';

const samples = await loadSamples([SHIPPED_TEMPLATES]);
const ways: readonly { readonly name: string; readonly pass: () => readonly Passed[] }[] = [
  ...[...samples, ...strangers].map((sample) => ({
    name: `${sample.type}/${sample.name}`,
    pass: () => passThrough(sample),
  })),
  ...inventions.map(({ name, event }) => ({ name, pass: () => [composeAll(event)] })),
];
const names = new Set(ways.map(({ name }) => name));

describe.each(ways)('$name', ({ name, pass }) => {
  const passed = pass();

  test('reads as its golden text says', () => {
    const file = `${HERE}${name}.txt`;
    const text = goldenText(passed);
    if (UPDATE) write(file, text);
    expect(text).toBe(read(file));
  });

  test('is rendered by its template, and no platform would refuse it', () => {
    for (const { rendered, refused } of passed) {
      expect(rendered.failure).toBeUndefined();
      expect(refused).toEqual([]);
    }
  });

  test('shows no hole, no markup and no call to everybody', () => {
    for (const each of passed) expect(faultsOf(each)).toEqual([]);
  });
});

test('every golden text has a sample', () => {
  const orphans = goldens().filter((name) => !names.has(name));
  if (UPDATE) for (const name of orphans) rmSync(`${HERE}${name}.txt`);
  else expect(orphans).toEqual([]);
});

function goldens(): readonly string[] {
  const files = readdirSync(HERE, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.txt'))
    .map((file) => file.replaceAll('\\', '/').slice(0, -'.txt'.length));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Error(`There is no test/golden/${relative(HERE, file)}; make it with: npm run golden. Then read it.`);
  }
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
