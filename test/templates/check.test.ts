import { expect, test } from 'vitest';
import { unusedNames } from '../../src/templates/check.ts';
import { loadTemplates } from '../../src/templates/load.ts';
import { anEvent } from '../builders.ts';
import { aFolder } from './rendering.ts';

test('a name that is empty for every sample is told, with the one that was meant', async () => {
  const folder = await aFolder({
    'github/push.mustache':
      '{{facts.bdoy}} {{labels.repo}} {{facts.sometimes}} {{#facts.draft}}{{facts.inside}}{{/facts.draft}}',
  });
  const { templates } = await loadTemplates({ folders: [folder] });
  const events = [
    anEvent({ event: 'push', facts: { body: 'x', draft: false } }),
    anEvent({ event: 'push', facts: { body: 'y', sometimes: 'z' } }),
    anEvent({ event: 'star' }),
  ];
  expect(unusedNames(templates, events)).toEqual([
    {
      template: 'github/push.mustache',
      name: 'facts.bdoy',
      message: '{{facts.bdoy}} is empty for every sample; did you mean "facts.body"?',
      unknown: true,
    },
  ]);
});
