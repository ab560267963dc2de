import { safeWebUrl } from '../../core/url.ts';
import type { Entry, Happening } from '../happening.ts';
import { capital, colon, count, inBrackets, oneLine, shortSha, subjectOf } from '../wording.ts';
import type { Context, Family } from './family.ts';
import type { Change } from './report.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'repo.push': {
    means:
      'Branches or tags were pushed, forced, created or deleted; the labels `forced`, `created`, `deleted` say which. One push is one message, however many there are (Data Center: `repo:refs_changed`).',
    emoji: '⬆️',
    tone: 'neutral',
  },
};

const COMMIT_LINES = 5;
const CHANGE_LINES = 6;

export const push: Family = {
  events: EVENTS,
  read(context) {
    const { report } = context;
    const { changes } = report;
    const [only] = changes;
    const told = changes.length === 1 && only !== undefined ? one(context, only) : several(context);
    const rewritten = changes.some((change) => isRewritten(change, report.mainBranch));
    const warns = rewritten || changes.some(({ act }) => act === 'forced');
    return {
      ...told,
      severity: rewritten ? 'warning' : 'info',
      tone: warns ? 'warning' : 'neutral',
      labels: {
        // A route on one of them is taken by any of them.
        branch: namesOf(changes, 'branch'),
        tag: namesOf(changes, 'tag'),
        forced: changes.length === 0 ? undefined : String(changes.some(({ act }) => act === 'forced')),
        created: changes.length === 0 ? undefined : String(changes.some(({ act }) => act === 'created')),
        deleted: changes.length === 0 ? undefined : String(changes.some(({ act }) => act === 'deleted')),
      },
    };
  },
};

const namesOf = (changes: readonly Change[], kind: Change['kind']): readonly string[] =>
  changes.flatMap((change) => (change.kind === kind && change.name !== undefined ? [change.name] : []));

/** Where the payload does not name the main branch, the two names that most have. */
const isRewritten = ({ kind, name, act }: Change, main: string | undefined): boolean =>
  kind === 'branch' &&
  (act === 'forced' || act === 'deleted') &&
  (main === undefined ? name === 'main' || name === 'master' : name === main);

const EMOJI = { created: '🌱', updated: '⬆️', forced: '⚠️', deleted: '🗑️' } as const satisfies Record<
  Change['act'],
  string
>;

const calledOf = ({ kind, name }: Change): string => {
  const called = oneLine(name, 100);
  return called === '' ? `a ${kind}` : `${kind} ${called}`;
};

function one({ actor, place, report }: Context, change: Change): Happening {
  const { commits, truncated, kind, act } = change;
  const deleted = act === 'deleted';
  const sha = shortSha(change.tip);
  const shown = commits.slice(-COMMIT_LINES).map((commit) => ({
    sha: shortSha(commit.hash),
    url: safeWebUrl(commit.url ?? ''),
    message: oneLine(subjectOf(commit.message), 100),
    author: oneLine(commit.author, 60),
  }));
  const [single] = commits.length === 1 && !truncated ? shown : [];
  const subject =
    deleted || (kind === 'tag' && act !== 'created') ? '' : subjectOf(change.message ?? commits.at(-1)?.message);
  const page = single === undefined || kind === 'tag' ? undefined : single.url;
  return {
    title: colon(`${actor} ${saidOf(change)}${place}${sizeOf(change, sha)}`, subject),
    url: deleted ? report.home : (page ?? change.compare ?? change.url ?? report.home),
    emoji: kind === 'tag' && !deleted ? '🏷️' : EMOJI[act],
    facts: {
      commits:
        single === undefined && kind === 'branch'
          ? shown.filter(({ sha, message }) => sha !== '' || message !== '')
          : [],
      only: kind === 'branch' ? single : undefined,
      more:
        kind === 'branch' && truncated
          ? 'earlier commits'
          : kind === 'branch' && commits.length > COMMIT_LINES
            ? count(commits.length - COMMIT_LINES, 'earlier commit')
            : undefined,
      compare: deleted || kind === 'tag' ? undefined : safeWebUrl(change.compare ?? ''),
    },
  };
}

function saidOf(change: Change): string {
  const { kind, name, act, tip } = change;
  if (act === 'deleted') return `deleted ${calledOf(change)}`;
  if (kind === 'tag') return act === 'created' ? `pushed ${calledOf(change)}` : `moved ${calledOf(change)}`;
  if (act === 'created') return `created ${calledOf(change)}`;
  const called = oneLine(name, 100) || 'a branch';
  if (act === 'forced') return `force-pushed ${called}`;
  if (change.commits.length > 0) return `pushed ${commitsOf(change)} to ${called}`;
  return shortSha(tip) === '' ? `pushed to ${called}` : `moved ${called}`;
}

/** What stands after the place: ` to 34413ec`, ` with 2 commits`. */
function sizeOf(change: Change, sha: string): string {
  const { kind, act, commits } = change;
  const to = sha === '' ? '' : ` to ${sha}`;
  if (act === 'deleted') return '';
  if (kind === 'tag') return act === 'created' ? '' : to;
  if (act === 'created') return commits.length === 0 ? '' : ` with ${commitsOf(change)}`;
  if (act === 'forced') return `${to}${commits.length === 0 ? '' : inBrackets(commitsOf(change))}`;
  return commits.length === 0 ? to : '';
}

/** `3 commits`; `5+ commits` where not all are listed. */
const commitsOf = ({ commits, truncated }: Change): string =>
  truncated && commits.length > 0 ? `${commits.length}+ commits` : count(commits.length, 'commit');

function several({ actor, place, report: { changes, home } }: Context): Happening {
  const acts = new Set(changes.map(({ act }) => act));
  const [act] = acts;
  const did = acts.size !== 1 || act === undefined ? 'changed' : VERBS[act];
  const things = (['branch', 'tag'] as const).flatMap((kind) => {
    const amount = changes.filter((change) => change.kind === kind).length;
    return amount === 0 ? [] : [amount === 1 ? `1 ${kind}` : `${amount} ${kind === 'branch' ? 'branches' : 'tags'}`];
  });
  const names = changes.map(({ name }) => oneLine(name, 40)).filter(Boolean);
  const lines = changes.slice(0, CHANGE_LINES).map((change) => ({
    said: capital(lineOf(change)),
    url: safeWebUrl(change.compare ?? change.url ?? ''),
    message: change.act === 'deleted' || change.kind === 'tag' ? '' : oneLine(subjectOf(change.message), 100),
  }));
  return {
    title: colon(
      `${actor} ${changes.length === 0 ? 'pushed' : `${did} ${things.join(' and ')}`}${place}`,
      names.length > 4 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', '),
    ),
    url: home,
    emoji: acts.has('forced')
      ? EMOJI.forced
      : act === 'created' && changes.every(({ kind }) => kind === 'tag')
        ? '🏷️'
        : acts.size === 1 && act !== undefined
          ? EMOJI[act]
          : EMOJI.updated,
    facts: {
      changes: lines,
      more: changes.length > CHANGE_LINES ? `${changes.length - CHANGE_LINES} more` : undefined,
    },
  };
}

const VERBS = {
  created: 'created',
  updated: 'pushed',
  forced: 'force-pushed',
  deleted: 'deleted',
} as const satisfies Record<Change['act'], string>;

/** `Pushed 2 commits to main`, as a line of its own. */
function lineOf(change: Change): string {
  const sha = shortSha(change.tip);
  return `${saidOf(change)}${sizeOf(change, sha)}`;
}
