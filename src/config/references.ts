import { OWN_SOURCE } from '../core/event.ts';
import { didYouMean } from '../core/nearest.ts';
import type { Problem } from '../core/problem.ts';
import { SEVERITIES } from '../core/severity.ts';
import { defaultRouteName, namesIn } from './assemble.ts';
import { childOf, type Located, type LocatedObject } from './located.ts';
import { listed, quoted } from './sentences.ts';

type Path = readonly (string | number)[];

interface Names {
  readonly document: LocatedObject;
  readonly problems: Problem[];
  /** The words that a condition under this key can be equal to. */
  readonly words: Readonly<Record<string, readonly string[]>>;
}

/** What one part of the config says about another: names that nobody defines, names given twice, a missing account. */
export function checkReferences(document: LocatedObject, sourceTypes: readonly string[]): readonly Problem[] {
  const problems: Problem[] = [];
  const words = { source: namesIn(document, 'sources'), type: sourceTypes, severity: SEVERITIES };
  const names: Names = { document, problems, words };

  checkAccounts(names);
  checkSourceNames(names);
  checkClientCertificates(names);
  checkRouteNames(names);
  for (const [place, route] of itemsOf(childOf(document, 'routes')).entries()) {
    const path = ['routes', place];
    checkNames(childOf(route, 'to'), [...path, 'to'], { ...names, section: 'channels', noun: 'channel' });
    checkNames(childOf(route, 'mention'), [...path, 'mention'], { ...names, section: 'mentions', noun: 'mention' });
    checkMatch(childOf(route, 'match'), [...path, 'match'], names);
  }
  const grants = childOf(childOf(document, 'chatops'), 'permissions');
  for (const [place, grant] of itemsOf(grants).entries()) {
    const path = ['chatops', 'permissions', place, 'in'];
    checkNames(childOf(grant, 'in'), path, { ...names, section: 'channels', noun: 'channel' });
  }
  checkNames(childOf(document, 'operators'), ['operators'], { ...names, section: 'channels', noun: 'channel' });
  return problems;
}

function checkAccounts({ document, problems }: Names): void {
  const accounts = namesIn(document, 'platforms');
  for (const name of namesIn(document, 'channels')) {
    const channel = childOf(childOf(document, 'channels'), name);
    const platform = textOf(childOf(channel, 'platform'));
    if (platform === undefined || !['slack', 'discord', 'teams'].includes(platform)) continue;
    if (childOf(channel, 'id') === undefined || accounts.includes(platform)) continue;
    const message = `is posted to by a bot, and platforms.${platform} is missing; expected that section, or webhookUrl instead of id`;
    problems.push({ path: ['channels', name, 'id'], message });
  }
}

function checkSourceNames({ document, problems }: Names): void {
  if (!namesIn(document, 'sources').includes(OWN_SOURCE)) return;
  const message = `is the name of Bellhop’s own notices; expected another name, as in "${OWN_SOURCE}-2"`;
  problems.push({ path: ['sources', OWN_SOURCE], message });
}

function checkClientCertificates({ document, problems }: Names): void {
  const clientCa = childOf(childOf(childOf(document, 'server'), 'tls'), 'clientCa');
  if (clientCa !== undefined && textOf(clientCa)?.trim() !== '') return;
  for (const name of namesIn(document, 'sources')) {
    const source = childOf(childOf(document, 'sources'), name);
    if (childOf(childOf(source, 'auth'), 'clientCertificate') === undefined || childOf(source, 'verify') !== undefined)
      continue;
    const message = 'needs server.tls.clientCa, the authorities by which certificates are verified; none is asked for';
    problems.push({ path: ['sources', name, 'auth', 'clientCertificate'], message });
  }
}

function checkRouteNames({ document, problems }: Names): void {
  const first = new Map<string, Located>();
  for (const [place, route] of itemsOf(childOf(document, 'routes')).entries()) {
    const written = childOf(route, 'name');
    const name = written === undefined ? defaultRouteName(place) : textOf(written);
    const taken = name === undefined ? undefined : first.get(name);
    if (name === undefined) continue;
    if (taken === undefined) first.set(name, written ?? route);
    else {
      const { file, line, column } = taken.at;
      const message = `${quoted(name)} is the name of two routes; the first is at ${file}:${line}:${column}`;
      problems.push({ path: ['routes', place, 'name'], message });
    }
  }
}

interface Looking extends Names {
  readonly section: string;
  readonly noun: string;
}

/** One name, or a list of them, each of which the section must define. */
function checkNames(node: Located | undefined, path: Path, looking: Looking): void {
  if (node?.kind === 'list') for (const [at, item] of node.items.entries()) checkNames(item, [...path, at], looking);
  const name = textOf(node);
  if (name === undefined || name.trim() === '') return;
  const known = namesIn(looking.document, looking.section);
  if (known.includes(name)) return;
  const choices = known.length === 0 ? `there are no ${looking.section}` : `expected ${listed(known)}`;
  const message = `${quoted(name)} is no ${looking.noun}; ${choices}${didYouMean(name, known)}`;
  looking.problems.push({ path, message });
}

function checkMatch(node: Located | undefined, path: Path, names: Names): void {
  if (node?.kind !== 'object') return;
  for (const key of ['all', 'any', 'none'])
    for (const [at, match] of itemsOf(node.entries.get(key)).entries()) checkMatch(match, [...path, key, at], names);
  for (const [key, words] of Object.entries(names.words))
    checkWords(node.entries.get(key), [...path, key], { ...names, known: words, key });
}

interface Asking extends Names {
  readonly known: readonly string[];
  readonly key: string;
}

/** A condition on a closed set of words can only be equal to one of them; one with a wildcard is let through. */
function checkWords(node: Located | undefined, path: Path, asking: Asking): void {
  if (node?.kind === 'list') for (const [at, item] of node.items.entries()) checkWords(item, [...path, at], asking);
  if (node?.kind === 'object')
    for (const operator of ['is', 'not', 'in']) checkWords(node.entries.get(operator), [...path, operator], asking);
  const written = textOf(node);
  const word = written?.replace(/^!/, '');
  const { known, key, problems } = asking;
  if (word === undefined || /[*?]/.test(word) || known.includes(word)) return;
  const choices = known.length === 0 ? `there are no ${key}s` : `expected ${listed(known)}`;
  const noun = key === 'type' ? 'source type' : key;
  problems.push({ path, message: `${quoted(word)} is no ${noun}; ${choices}${didYouMean(word, known)}` });
}

const itemsOf = (node: Located | undefined): readonly Located[] => (node?.kind === 'list' ? node.items : []);

const textOf = (node: Located | undefined): string | undefined =>
  node?.kind === 'value' && typeof node.value === 'string' ? node.value : undefined;
