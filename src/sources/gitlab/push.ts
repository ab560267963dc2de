import { safeWebUrl } from '../../core/url.ts';
import type { Entry, Happening } from '../happening.ts';
import { colon, count, inBrackets, oneLine, refName, shortSha, subjectOf } from '../wording.ts';
import { type Context, encodePath, type Family, pageOf } from './family.ts';
import type { Payload } from './payloads.ts';

const PUSH: Readonly<Record<string, Entry>> = {
  push: {
    means: 'A branch was pushed, created or deleted; the labels `created` and `deleted` say which.',
    emoji: '⬆️',
    tone: 'neutral',
  },
};

const TAG_PUSH: Readonly<Record<string, Entry>> = {
  tag_push: {
    means: 'A tag was pushed, moved or deleted; the labels `created` and `deleted` say which.',
    emoji: '🏷️',
    tone: 'neutral',
  },
};

export const push: Family = refFamily(PUSH, 'branch');
export const tagPush: Family = refFamily(TAG_PUSH, 'tag');

/** Lines of commits in a message; the rest is counted. */
const COMMIT_LINES = 5;

function refFamily(events: Readonly<Record<string, Entry>>, kind: 'branch' | 'tag'): Family {
  return {
    events,
    read(context) {
      const { payload, actor, home } = context;
      const name = refName(payload.ref);
      const act = kind === 'tag' ? tagAct(context, name) : branchAct(context, name);
      const isMain = kind === 'branch' && name !== '' && name === payload.project?.default_branch;
      const warns = isMain && (act.move === 'deleted' || act.move === 'rewound');
      return {
        title: colon(`${actor} ${act.says}`, act.subject),
        url: urlOf(context, kind, name),
        severity: warns ? 'warning' : 'info',
        emoji: act.emoji,
        tone: warns || act.move === 'rewound' ? 'warning' : 'neutral',
        labels: {
          [kind]: name,
          ref: payload.ref,
          pusher: actor === 'Somebody' ? undefined : actor,
          created: flagLabel(payload.before, act.move === 'created'),
          deleted: flagLabel(payload.after, act.move === 'deleted'),
        },
        facts: {
          ...(kind === 'branch' && act.move !== 'deleted' ? commitFacts(payload) : {}),
          sha: shortSha(payload.after),
          before: shortSha(payload.before),
          compare: act.move === 'moved' || act.move === 'rewound' ? compareUrl(payload, home) : undefined,
        },
        at: act.move === 'moved' ? tipOf(payload)?.timestamp : undefined,
      };
    },
  };
}

interface Act {
  readonly says: string;
  readonly emoji: string;
  readonly subject: string;
  readonly move: 'created' | 'deleted' | 'rewound' | 'moved';
}

const NOTHING = /^0{7,64}$/;

function tagAct({ payload, place }: Context, name: string): Act {
  const tag = name === '' ? 'a tag' : `tag ${name}`;
  const sha = shortSha(payload.after);
  if (NOTHING.test(payload.after ?? ''))
    return { says: `deleted ${tag}${place}`, emoji: '🗑️', subject: '', move: 'deleted' };
  if (payload.before !== undefined && !NOTHING.test(payload.before))
    return { says: `moved ${tag}${place}${sha && ` to ${sha}`}`, emoji: '🏷️', subject: '', move: 'rewound' };
  // An annotated tag has a message of its own.
  const subject = subjectOf(payload.message) || subjectOf(tipOf(payload)?.message);
  return { says: `pushed ${tag}${place}`, emoji: '🏷️', subject, move: 'created' };
}

function branchAct({ payload, place }: Context, name: string): Act {
  const branch = name === '' ? 'a branch' : `branch ${name}`;
  const commits = countOf(payload);
  const sha = shortSha(payload.after);
  const subject = commits === 0 ? '' : subjectOf(tipOf(payload)?.message);
  if (NOTHING.test(payload.after ?? ''))
    return { says: `deleted ${branch}${place}`, emoji: '🗑️', subject: '', move: 'deleted' };
  if (NOTHING.test(payload.before ?? '')) {
    const size = commits === 0 ? '' : ` with ${count(commits, 'commit')}`;
    return { says: `created ${branch}${place}${size}`, emoji: '🌱', subject, move: 'created' };
  }
  const ref = name || 'a branch';
  // What is there already has no commits to tell: the branch was forced back.
  if (commits === 0)
    return { says: `moved ${ref} back${place}${inBrackets(sha && `to ${sha}`)}`, emoji: '⚠️', subject, move: 'rewound' };
  return { says: `pushed ${count(commits, 'commit')} to ${ref}${place}`, emoji: '⬆️', subject, move: 'moved' };
}

const countOf = ({ commits, total_commits_count: total }: Payload): number =>
  total !== undefined && Number.isSafeInteger(total) && total > commits.length ? total : commits.length;

/** The oldest comes first; the tip is the one that the branch ends in. */
const tipOf = ({ commits, after }: Payload): Payload['commits'][number] | undefined =>
  commits.find(({ id }) => id !== undefined && id === after) ?? commits.at(-1);

function commitFacts(payload: Payload): NonNullable<Happening['facts']> {
  const total = countOf(payload);
  const shown = payload.commits.slice(-COMMIT_LINES).map((commit) => ({
    sha: shortSha(commit.id),
    url: safeWebUrl(commit.url ?? ''),
    message: oneLine(subjectOf(commit.message), 100),
    author: oneLine(commit.author?.name, 60),
  }));
  return {
    // One commit is told by the title; the small line says whose it is.
    commits: total === 1 ? [] : shown.filter(({ sha, message }) => sha !== '' || message !== ''),
    only: total === 1 ? shown[0] : undefined,
    count: total,
    more: total > shown.length ? count(total - shown.length, 'earlier commit') : undefined,
  };
}

function urlOf({ payload, home }: Context, kind: 'tag' | 'branch', name: string): string | undefined {
  if (NOTHING.test(payload.after ?? '') || name === '') return home;
  if (kind === 'tag') return pageOf(home, `tags/${encodePath(name)}`);
  const only = countOf(payload) === 1 ? safeWebUrl(tipOf(payload)?.url ?? '') : undefined;
  return only ?? compareUrl(payload, home) ?? pageOf(home, `tree/${encodePath(name)}`);
}

/** Not sent, and always at the same place. */
function compareUrl({ before, after }: Payload, home: string | undefined): string | undefined {
  const known = [before, after].every((sha) => shortSha(sha) !== '' && !NOTHING.test(sha ?? ''));
  return known ? pageOf(home, `compare/${before}...${after}`) : undefined;
}

const flagLabel = (sha: string | undefined, flag: boolean): string | undefined =>
  sha === undefined ? undefined : String(flag);
