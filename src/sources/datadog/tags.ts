import { oneLine } from '../one-line.ts';

/** `env:prod,service:checkout,monitor` as names and values; what is a bare word is no label, and of a repeated name each value counts. */
export function tagsOf(...written: readonly (string | undefined)[]): ReadonlyMap<string, readonly string[]> {
  const tags = new Map<string, readonly string[]>();
  for (const tag of written.flatMap((text) => (text ?? '').slice(0, 20_000).split(',')).slice(0, MOST)) {
    const [, name, value] = /^([\w.\-/]{1,60}):\s*(\S.*)$/.exec(tag.slice(0, 500).trim()) ?? [];
    if (name === undefined || value === undefined) continue;
    const known = tags.get(name) ?? [];
    tags.set(name, known.includes(value) ? known : [...known, oneLine(value, 100)]);
  }
  return tags;
}

const MOST = 200;

/** Where it happened, as far as the tags tell: the environment, the service, the host. */
export const placeOf = (tags: ReadonlyMap<string, readonly string[]>): readonly string[] =>
  PLACES.map((names) => names.flatMap((name) => tags.get(name) ?? [])[0]).filter((value) => value !== undefined);

const PLACES = [
  ['env', 'environment'],
  ['service', 'kube_deployment', 'app'],
  ['host', 'pod_name', 'instance'],
];
