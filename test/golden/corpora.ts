import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { sourceTypes } from '../../src/blueprint.ts';

/** A request that a sender sent, or would. */
export interface RealPayload {
  readonly name: string;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | object;
}

const CORPORA = new URL('../../../shared/corpora/', import.meta.url);

export const hasCorpora = existsSync(new URL('INDEX.json', CORPORA));

/** What other projects call our types. Nobody has a type for Gitee: it is what a team would take `generic` for. */
const TYPES: Readonly<Record<string, string>> = {
  azuredevops: 'azure-devops',
  'bitbucket-server': 'bitbucket',
  docker: 'dockerhub',
  forgejo: 'gitea',
  gogs: 'gitea',
  gitee: 'generic',
};

interface Entry {
  readonly file: string;
  readonly source: string;
  readonly headers: Readonly<Record<string, string>> | null;
}

/** Every payload of the corpora by what its index calls its sender, where Bellhop has a type for it. */
export function corpora(): ReadonlyMap<string, readonly RealPayload[]> {
  const index: readonly Entry[] = JSON.parse(readFileSync(new URL('INDEX.json', CORPORA), 'utf8'));
  const payloads = new Map<string, RealPayload[]>();
  for (const { file, source, headers } of index) {
    const type = TYPES[source] ?? source;
    if (!sourceTypes.has(type)) continue;
    const lower = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
    const sent = { 'content-type': 'application/json', ...Object.fromEntries(lower) };
    const bodies = file.endsWith('fixtures3.json')
      ? stripeEvents(file)
      : [{ name: file, body: readFileSync(new URL(file, CORPORA)) }];
    const read = bodies.map(({ name, body }) => ({ name, type, headers: sent, body }));
    payloads.set(source, [...(payloads.get(source) ?? []), ...read]);
  }
  return payloads;
}

/** GitHub's own examples, of the package that its libraries are tested with. */
export function octokitExamples(): readonly RealPayload[] {
  const examples: readonly { readonly name: string; readonly examples: readonly object[] }[] = createRequire(
    import.meta.url,
  )('@octokit/webhooks-examples');
  return examples.flatMap(({ name, examples }) =>
    examples.map((body, at) => ({
      name: `${name} ${at}`,
      type: 'github',
      headers: { 'content-type': 'application/json', 'x-github-event': name },
      body,
    })),
  );
}

/** Stripe's objects, each in an event of its own name and in those that Bellhop lists for it. */
function stripeEvents(file: string): readonly { readonly name: string; readonly body: object }[] {
  const { resources }: { readonly resources: Readonly<Record<string, object>> } = JSON.parse(
    readFileSync(new URL(file, CORPORA), 'utf8'),
  );
  const listed = Object.keys(sourceTypes.get('stripe')?.events ?? {}).flatMap((type) => {
    const resource = resourceOf(type, resources);
    return resource === undefined ? [] : [{ type, resource }];
  });
  const own = Object.keys(resources).map((resource) => ({ type: `${resource}.updated`, resource }));
  return [...own, ...listed].map(({ type, resource }) => ({
    name: `${resource} as ${type}`,
    body: {
      ...{ id: 'evt_1', object: 'event', type, created: 1_763_726_400, livemode: false },
      data: { object: resources[resource] },
    },
  }));
}

/** `dispute` of `charge.dispute.created`, `checkout.session` of `checkout.session.completed`. */
function resourceOf(type: string, resources: Readonly<Record<string, object>>): string | undefined {
  const words = type.split('.').slice(0, -1);
  return [words.join('.'), words.at(-1) ?? '', words[0] ?? ''].find((name) => Object.hasOwn(resources, name));
}
