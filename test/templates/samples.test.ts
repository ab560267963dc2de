import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadSamples } from '../../src/templates/samples.ts';
import { aFolder } from './rendering.ts';

test('samples are read, sorted and overlaid file by file', async () => {
  const shipped = await aFolder({
    'github/samples/push.json': JSON.stringify({ headers: { 'X-GitHub-Event': 'push' }, body: { a: 1 } }),
    'github/samples/pull_request.opened~draft.json': JSON.stringify({ headers: {}, text: 'a=1', method: 'put' }),
    'alertmanager/samples/alert.json': JSON.stringify({ headers: {}, body: null, query: { q: '1' }, map: { id: 'x' } }),
  });
  const mine = await aFolder({ 'github/samples/push.json': JSON.stringify({ body: { a: 2 } }) });
  const samples = await loadSamples([shipped, mine, join(mine, 'none')]);
  expect(samples).toEqual([
    {
      type: 'alertmanager',
      event: 'alert',
      name: 'alert',
      file: join(shipped, 'alertmanager/samples/alert.json'),
      method: 'POST',
      headers: {},
      query: { q: '1' },
      body: Buffer.from('null'),
      map: { id: 'x' },
    },
    {
      type: 'github',
      event: 'pull_request.opened',
      variant: 'draft',
      name: 'pull_request.opened~draft',
      file: join(shipped, 'github/samples/pull_request.opened~draft.json'),
      method: 'PUT',
      headers: {},
      query: {},
      body: Buffer.from('a=1'),
    },
    {
      type: 'github',
      event: 'push',
      name: 'push',
      file: join(mine, 'github/samples/push.json'),
      method: 'POST',
      headers: {},
      query: {},
      body: Buffer.from('{"a":2}'),
    },
  ]);
  const [, , push] = await loadSamples([shipped]);
  expect(push?.headers).toEqual({ 'x-github-event': 'push' });
});

test.each([
  ['{', 'cannot be read'],
  ['[]', 'a sample is an object with headers and a body'],
  ['{"headers":{}}', 'a sample has a body (JSON) or a text (the raw body)'],
  ['{"headers":{"a":1},"body":1}', 'headers.a is text'],
])('%s is no sample', async (text, sentence) => {
  const folder = await aFolder({ 'github/samples/push.json': text });
  await expect(loadSamples([folder])).rejects.toThrow(sentence);
});
