import { safeWebUrl } from '../core/url.ts';
import { isForMachines, isSecret } from './for-machines.ts';
import { type Leaf, snakeCase } from './leaves.ts';

const TITLES = ['title', 'subject', 'summary', 'headline', 'message', 'msg', 'text', 'description', 'body'];
const REASONS = ['error_message', 'exception', 'error', 'reason', 'cause', 'status_message', 'status_text'];
const TEXTS = ['message', 'msg', 'text', 'description', 'body', 'details', 'content', ...REASONS, 'output', 'comment'];
const NAMES = [
  ...['name', 'check', 'monitor', 'service', 'job', 'pipeline', 'workflow', 'dag_id', 'task_id', 'component'],
  ...['table', 'resource', 'target', 'application', 'app', 'host', 'hostname', 'instance'],
];
const STATES = ['status', 'state', 'conclusion', 'result', 'outcome', 'phase'];
const LEVELS = ['severity', 'level', 'priority', 'urgency'];
const URLS = ['html_url', 'web_url', 'permalink', 'url', 'link', 'href', 'dashboard_url', 'details_url', 'target_url'];
const HOSTS = ['host', 'hostname', 'host_name', 'instance', 'node', 'server'];

/** A whole sentence, where there is one: what a person would read out first. */
export const sentenceLeaf = (leaves: readonly Leaf[]): Leaf | undefined =>
  bestLeaf(leaves, { names: TITLES, endings: TITLES.slice(0, 6), not: REASON_WORD, fits: hasLetters });

/** What it is about, by its name. */
export const nameLeaf = (leaves: readonly Leaf[]): Leaf | undefined =>
  bestLeaf(leaves, {
    names: NAMES,
    endings: ['name'],
    not: /^(branch|user|first|last|file|full|class|webhook|env|environment|account|author|org|schema|server|agent|event|tag|plan|group|owner)_|^(sub_)?domain/,
    fits: (text) => hasLetters(text) && text.length <= 200 && !isForMachines(text),
  });

/** A sentence, or a name where there is none. */
export const titleLeaf = (leaves: readonly Leaf[]): Leaf | undefined => sentenceLeaf(leaves) ?? nameLeaf(leaves);

/** What a person reads after the title: its description, or why it went wrong. */
export const textLeaf = (leaves: readonly Leaf[]): Leaf | undefined =>
  bestLeaf(leaves, {
    names: TEXTS,
    endings: ['message', 'text', 'description', 'error', 'exception', 'reason', 'cause'],
    not: /^(commit|welcome|button|alt|html|raw)_/,
    fits: (text) => hasLetters(text) && !isForMachines(text),
  });

/** A short word for the state the thing is in now. */
export const stateLeaf = (leaves: readonly Leaf[]): Leaf | undefined =>
  bestLeaf(leaves, {
    names: STATES,
    endings: ['status', 'state', 'result'],
    not: /^(from|old|prev|previous|last|before|was|http|desired|expected)_/,
    fits: (text) => /^\p{L}[\p{L} _-]{1,30}$/u.test(text),
  });

export const levelLeaf = (leaves: readonly Leaf[]): Leaf | undefined =>
  bestLeaf(leaves, { names: LEVELS, endings: LEVELS, not: /^(old|prev|previous)_/, fits: (text) => text.length <= 20 });

/** Where a person goes to see more; `about` is the leaf that is the title, whose siblings come first. */
export const urlLeaf = (leaves: readonly Leaf[], about?: Leaf): Leaf | undefined =>
  bestLeaf(leaves, {
    names: URLS,
    endings: ['url', 'link', 'permalink', 'uri'],
    not: /(^|_)(avatar|image|icon|logo|picture|photo|clone|git|ssh|api|callback|webhook|upload)_|^(server|base|repo|repository)_(url|uri|link)$/,
    fits: (text) => /^https?:/i.test(text) && !FOR_PROGRAMS.test(text) && safeWebUrl(text) !== undefined,
    near: about?.path.slice(0, -1),
  });

export const hostLeaf = (leaves: readonly Leaf[]): Leaf | undefined =>
  bestLeaf(leaves, { names: HOSTS, fits: (text) => text.length <= 60 && !isForMachines(text) });

/** A name that says why something went wrong, and not what happened. */
const REASON_WORD = /error|exception|failure|reason|cause|status|commit|user|first|last/;

const hasLetters = (text: string): boolean => /\p{L}/u.test(text.slice(0, 1_000));

/** Addresses that answer a browser with JSON, and pictures. */
const FOR_PROGRAMS = /^https?:\/\/api\.|\/_apis\/|\/api\/(v?\d+(\.\d+)?|rest)\/.|\.(png|jpe?g|gif|svg|webp|ico)$/i;

interface Role {
  /** The keys that play it, the best first. */
  readonly names: readonly string[];
  /** Keys that end in one of these words (`runStatus`) play it where no other does as well. */
  readonly endings?: readonly string[];
  /** Keys in several words that end so and mean something else. */
  readonly not?: RegExp;
  readonly fits: (text: string) => boolean;
  /** Leaves beside this path are preferred. */
  readonly near?: readonly string[] | undefined;
}

/** More than two levels of depth are worth: a key that only ends so is a guess. */
const ENDING = 8;

/** The leaf whose name ranks first, where one level of depth weighs as much as three ranks. */
function bestLeaf(leaves: readonly Leaf[], { names, endings = [], not, fits, near }: Role): Leaf | undefined {
  let best: Leaf | undefined;
  let bestScore = Number.POSITIVE_INFINITY;
  for (const leaf of leaves) {
    const name = snakeCase(leaf.name);
    const rank = names.indexOf(name);
    const ending = rank === -1 && not?.test(name) !== true ? endings.indexOf(name.split('_').at(-1) ?? '') : -1;
    if (rank === -1 && ending === -1) continue;
    const beside = near !== undefined && near.length > 0 && isBeside(leaf, near) ? 4 : 0;
    const score = (rank === -1 ? ENDING + ending : rank) + leaf.path.length * 3 - beside;
    if (score >= bestScore || isOfSomebody(leaf) || isSecret(leaf.path) || !fits(leaf.text)) continue;
    [best, bestScore] = [leaf, score];
  }
  return best;
}

/** Whether it stands right under this path. */
export const isBeside = ({ path }: Leaf, near: readonly string[]): boolean =>
  path.length === near.length + 1 && near.every((key, at) => path[at] === key);

const PEOPLE = new Set(
  'actor user sender author owner creator committer pusher assignee reporter requester person contact'.split(' '),
);

/** The name, the page and the state of a person are not those of what happened. */
const isOfSomebody = ({ path }: Leaf): boolean => path.slice(0, -1).some((key) => PEOPLE.has(snakeCase(key)));
