import { didYouMean } from '../core/nearest.ts';
import type { Position, Problem } from '../core/problem.ts';
import type { ConfigFile } from './config-file.ts';
import { kindOf, type Located, type LocatedObject, plainOf } from './located.ts';
import { listed } from './sentences.ts';

/** What stands at the top of the files, and how it is merged: by name, or one list after the other. */
const SECTIONS: Readonly<Record<string, 'object' | 'list' | 'once'>> = {
  server: 'object',
  sources: 'object',
  platforms: 'object',
  channels: 'object',
  mentions: 'object',
  routes: 'list',
  delivery: 'object',
  operators: 'once',
  chatops: 'object',
};

export interface Merged {
  readonly document: LocatedObject;
  readonly problems: readonly Problem[];
}

/** One document of all files, in their order. A name that two files define is a problem that names both. */
export function merge(files: readonly ConfigFile[], nowhere: Position): Merged {
  const problems: Problem[] = [];
  const sections = new Map<string, Located>();
  for (const { file, root } of files) {
    if (root === undefined) continue;
    if (root.kind !== 'object') {
      const message = `is ${kindOf(plainOf(root))}; expected an object, as in { "sources": { … } }`;
      problems.push({ path: [], message, position: { ...root.at, file } });
      continue;
    }
    for (const [name, section] of root.entries) {
      if (name === '$schema') continue;
      const merged = mergeSection(name, { before: sections.get(name), section, problems });
      if (merged !== undefined) sections.set(name, merged);
    }
  }
  return { document: { kind: 'object', at: nowhere, entries: sections }, problems };
}

interface Merging {
  readonly before: Located | undefined;
  readonly section: Located;
  readonly problems: Problem[];
}

function mergeSection(name: string, { before, section, problems }: Merging): Located | undefined {
  const rule = Object.hasOwn(SECTIONS, name) ? SECTIONS[name] : undefined;
  if (rule === undefined) {
    const known = Object.keys(SECTIONS);
    const hint = didYouMean(name, known) || `; expected ${listed(known)}`;
    problems.push({ path: [name], message: `is no section of the config${hint}`, position: section.at });
    return before;
  }
  if (rule === 'once') {
    if (before === undefined) return section;
    problems.push(twice([name], before, section));
    return before;
  }
  if (section.kind !== rule) {
    const expected = rule === 'list' ? 'a list' : 'an object';
    const message = `is ${kindOf(plainOf(section))}; expected ${expected}`;
    problems.push({ path: [name], message, position: section.at });
    return before;
  }
  if (before === undefined) return section;
  if (before.kind === 'list' && section.kind === 'list')
    return { ...before, items: [...before.items, ...section.items] };
  if (before.kind !== 'object' || section.kind !== 'object') return before;

  const entries = new Map(before.entries);
  for (const [key, value] of section.entries) {
    const first = entries.get(key);
    if (first === undefined) entries.set(key, value);
    else problems.push(twice([name, key], first, value));
  }
  return { ...before, entries };
}

const twice = (path: readonly string[], { at }: Located, second: Located): Problem => ({
  path,
  message: `is defined twice; the first is at ${at.file}:${at.line}:${at.column}`,
  position: second.at,
});
