import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../until.ts';
import { startTestApp, type TestApp } from './app.ts';

let app: TestApp;

beforeEach(async () => {
  app = await startTestApp({
    sources: { any: { type: 'generic', verify: 'none' } },
    channels: { screen: { platform: 'console' } },
    routes: [{ name: 'all', to: 'screen' }],
  });
});
afterEach(() => app.stop());

const overlay = () => join(app.folder, 'data', 'overlay.json');
const part = async () => (await app.send('/readyz')).body.parts.overlay;

it('an edit by hand takes effect while Bellhop runs, and what it takes away gets its receipt', async () => {
  await app.api('/api/mutes', { body: { source: 'any', channel: 'screen', for: '2h' } });
  const edited = JSON.parse(await readFile(overlay(), 'utf8'));
  edited.mutes = [{ scope: { channel: 'screen', event: 'order.*' }, why: 'by hand' }];
  await writeFile(overlay(), JSON.stringify(edited));
  const mutes = async () => (await app.api('/api/mutes')).body.mutes;
  await until(async () => (await mutes())[0]?.why === 'by hand', 'the edit');
  expect(await mutes()).toMatchObject([{ number: 2, scope: { channel: 'screen', event: 'order.*' } }]);
  await until(() => app.printed.some((text) => /Mute #1 ended/.test(text)), 'the receipt');
});

it('a broken edit never takes effect, and /readyz says where it is broken', async () => {
  await app.api('/api/mutes', { body: { source: 'any', channel: 'screen', for: '2h' } });
  await writeFile(overlay(), '{\n  "version": 1,\n  "mutes": [}\n');
  await until(async () => !(await part()).ok, 'the mistake');
  expect((await part()).detail).toMatch(/overlay\.json is broken: it is no JSON from line 3, column 13 on; expected/);
  expect((await app.api('/api/mutes')).body.mutes).toMatchObject([{ number: 1 }]);
  const refused = await app.api('/api/mutes', { body: { source: 'any', channel: 'screen' } });
  expect([refused.status, refused.body.error.message]).toEqual([
    400,
    expect.stringContaining('overlay.json is broken'),
  ]);
});

it('names that the config does not have are told', async () => {
  await app.api('/api/mutes', { body: { source: 'any', channel: 'screen', for: '2h' } });
  const edited = JSON.parse(await readFile(overlay(), 'utf8'));
  edited.mutes[0].scope.source = 'ayn';
  await writeFile(overlay(), JSON.stringify(edited));
  await until(async () => /"ayn"/.test((await part()).detail), 'the name');
  expect(await part()).toEqual({
    ok: true,
    detail: 'in force; mute #1 names the source "ayn", which the config does not have',
  });
  expect(app.log.lines.filter((line) => line.includes('"ayn"'))).toHaveLength(1);
});
