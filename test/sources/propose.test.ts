import fc from 'fast-check';
import { expect, it } from 'vitest';
import { declareSource } from '../../src/sources/declared/declare-source.ts';
import { proposeDeclaration } from '../../src/sources/declared/propose.ts';
import { declarationSchema } from '../../src/sources/declared/schema.ts';
import { renderText } from '../../src/templates/text.ts';
import { aHook } from '../builders.ts';
import { sampleHooks, sourceTypes } from './sample-hooks.ts';

it('finds id, event, title, state, link and time by what they are called', () => {
  const document = {
    event: 'deploy.done',
    id: 'd-77',
    service: { id: 5, name: 'api' },
    message: 'Deploy of api finished',
    status: 'succeeded',
    link: 'https://ci.example.com/d/77',
    created_at: '2026-11-21T12:00:00Z',
  };
  expect(proposeDeclaration('deployer', document)).toMatchObject({
    events: { 'deploy.done': expect.any(String) },
    event: '{{payload.event}}',
    id: '{{payload.id}}',
    key: 'service:{{payload.service.id}}',
    state: '{{payload.status}}',
    titles: { default: '{{payload.message}}' },
    url: '{{payload.link}}',
    at: '{{payload.created_at}}',
  });
});

it('proposes, of every sample of every sender, what can be used as it is', () => {
  for (const type of sourceTypes.keys()) {
    for (const { hook, file } of sampleHooks(type)) {
      const document = parsed(hook.body.toString());
      if (document === undefined) continue;
      const draft = declarationSchema.parse(proposeDeclaration('draft', document));
      const reading = declareSource({ ...draft, type: 'draft' }, renderText).read(aHook({ body: document }), {});
      expect(reading.kind, file).toBe('events');
    }
  }
});

it('never throws, and what it proposes can be read', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (document) => {
      expect(declarationSchema.safeParse(proposeDeclaration('draft', document)).success).toBe(true);
    }),
  );
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
