import { expect, test } from 'vitest';
import { createLooksLike } from '../../src/sources/looks-like.ts';
import { aHook } from '../builders.ts';
import { sampleHooks, sourceTypes } from './sample-hooks.ts';

const looksLike = createLooksLike(sourceTypes.values());
const typeNamed = (name: string) => {
  const type = sourceTypes.get(name);
  if (type === undefined) throw new Error(`there is no type ${name}`);
  return type;
};

test.each([
  ['x-gitlab-event', 'github', 'GitLab'],
  ['stripe-signature', 'github', 'Stripe'],
  ['x-github-event', 'generic', 'GitHub'],
  ['x-github-event', 'github', undefined],
  ['authorization', 'github', undefined],
  // Bitbucket, Jira and others sign in the same header.
  ['x-hub-signature', 'stripe', undefined],
])('%s, sent to a source of %s, looks like %s', (header, own, title) => {
  expect(looksLike(aHook({ headers: { [header]: 'x' } }), typeNamed(own))).toBe(title);
});

test('what Gitea sends beside its own headers does not make it GitHub’s', () => {
  const [push] = sampleHooks('gitea').filter(({ event }) => event === 'push');
  const headers = { ...push?.hook.headers, 'x-github-event': 'push', 'x-hub-signature-256': 'sha256=' };
  expect(looksLike(aHook({ headers }), typeNamed('gitlab'))).toBe('Gitea, Forgejo, Gogs');
  expect(looksLike(aHook({ headers }), typeNamed('gitea'))).toBeUndefined();
});

test('no sample looks like another type’s', () => {
  const strange = [...sourceTypes.values()].flatMap((type) =>
    sampleHooks(type.type).flatMap(({ file, hook }) => {
      const other = looksLike(hook, type);
      return other === undefined || ['generic', 'bellhop'].includes(type.type)
        ? []
        : [`${type.type}/${file}: ${other}`];
    }),
  );
  expect(strange).toEqual([]);
});
