import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sourceTypes } from '../../src/blueprint.ts';
import { writeBuiltIn } from '../../src/cli/new-built-in.ts';
import { ROOT } from '../structure/imports.ts';
import { missingDrawers, type Registered } from '../structure/source-drawers.ts';

/** A checkout of its own, with all that is needed to compile and lint it. */
let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'bellhop-new-'));
  for (const name of ['src', 'templates', 'test/golden', 'package.json', 'tsconfig.json', 'biome.json', '.gitignore'])
    cpSync(join(ROOT, name), join(root, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
});
afterAll(() => rmSync(root, { recursive: true }));

const DOCUMENT = {
  kind: 'invoice.paid',
  event_id: 'e-1',
  message: "Acme's invoice 7 is paid",
  invoice: { number: 7, state: 'paid', web_url: 'https://acme.example/invoices/7' },
  a_key_that_is_long_enough: { to_need_a_line_of_its_own: { created_at: '2025-11-21T12:00:00Z' } },
};

it('writes a type that compiles, is formatted, is registered, and lacks only what people have to say', async () => {
  const billing = await writeBuiltIn({ type: 'billing-2', document: DOCUMENT, root });
  expect(billing).toEqual([
    'src/sources/billing-2/source.ts',
    'templates/billing-2/invoice.paid.mustache',
    'templates/billing-2/samples/invoice.paid.json',
    'src/sources/index.ts',
  ]);
  // One that comes first and one that comes last in the alphabet, one whose word is the language's, one without a document.
  for (const type of ['a-1', 'switch', 'zz']) await writeBuiltIn({ type, root });

  expect(ran('npx', 'biome', 'ci', 'src/sources')).toEqual({ code: 0, out: expect.any(String) });
  expect(ran('npx', 'tsc', '-p', 'src', '--noEmit')).toEqual({ code: 0, out: '' });

  const script = `import { createSourceTypes } from './src/sources/index.ts';
    const types = createSourceTypes({ renderText: String });
    console.log(JSON.stringify([...types.values()].map(({ type, events }) => ({ type, events }))));`;
  const { out } = ran('npx', 'tsx', '--input-type=module', '-e', script);
  const types: readonly Registered[] = JSON.parse(out);
  expect(types.length).toBe(sourceTypes.size + 4);
  expect(types).toContainEqual({ type: 'billing-2', events: { 'invoice.paid': 'Say here what it means.' } });
  expect(missingDrawers(root, types)).toEqual(
    ['a-1', 'billing-2', 'switch', 'zz'].flatMap((type) => {
      const event = type === 'billing-2' ? 'invoice.paid' : 'thing.happened';
      return [
        `The type ${type} has 1 of 3 samples in templates/${type}/samples.`,
        `The event ${event} of ${type} has no test/golden/${type}/${event}.txt; make it with: npm run golden.`,
      ];
    }),
  );
}, 120_000);

it.each([
  [
    'where there is no checkout',
    'shop',
    tmpdir(),
    /^A built-in type is written into a checkout of Bellhop, and .* has no src\/sources\/index\.ts\.$/,
  ],
  [
    'where its folder is there',
    'declared',
    undefined,
    /^src\/sources\/declared is there already; it is left as it is, and nothing was written\.$/,
  ],
  ['where its templates are there', 'console', undefined, /^templates\/console is there already/],
])('refuses %s', async (_what, type, where, sentence) => {
  const before = readFileSync(join(root, 'src/sources/index.ts'), 'utf8');
  await expect(writeBuiltIn({ type, root: where ?? root })).rejects.toThrow(sentence);
  expect(readFileSync(join(root, 'src/sources/index.ts'), 'utf8')).toBe(before);
});

it('refuses a document of which nothing can be named', async () => {
  await expect(writeBuiltIn({ type: 'empty', document: {}, root })).rejects.toThrow(/^This document says nothing; /);
});

function ran(command: string, ...args: readonly string[]): { readonly code: number | null; readonly out: string } {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  return { code: status, out: status === 0 ? stdout : stdout + stderr };
}
