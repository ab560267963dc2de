import { safeWebUrl } from '../../core/url.ts';
import type { Entry, Happening } from '../happening.ts';
import { colon, count, oneLine, refName, shortSha, subjectOf } from '../wording.ts';
import { type Context, type Family, loginOf } from './family.ts';
import type { Payload } from './payloads.ts';
import { refUrl } from './refs.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  push: {
    means: 'A branch or a tag was pushed, created or deleted; the labels `created` and `deleted` say which.',
    emoji: '⬆️',
    tone: 'neutral',
  },
};

/** Lines of commits in a message; the rest is counted. */
const COMMIT_LINES = 5;

export const push: Family = {
  events: EVENTS,
  read(context) {
    const { payload, actor } = context;
    const isTag = payload.ref?.startsWith('refs/tags/') === true;
    const kind = isTag ? 'tag' : 'branch';
    const name = refName(payload.ref);
    const act = actOf(context, kind, name);
    const isMain = !isTag && name !== '' && name === payload.repository?.default_branch;
    const warns = isMain && (act.move === 'deleted' || act.move === 'rewound');
    return {
      title: colon(`${actor} ${act.says}`, act.subject),
      url: urlOf(context, kind, name),
      severity: warns ? 'warning' : 'info',
      emoji: act.emoji,
      tone: warns || act.move === 'rewound' ? 'warning' : 'neutral',
      labels: {
        ...(isTag ? { tag: name } : payload.ref?.startsWith('refs/heads/') === true ? { branch: name } : {}),
        ref: payload.ref,
        pusher: loginOf(payload.pusher),
        created: flagLabel(payload.before, act.move === 'created'),
        deleted: flagLabel(payload.after, act.move === 'deleted'),
      },
      facts: {
        ...commitFacts(payload),
        sha: shortSha(payload.after),
        before: shortSha(payload.before),
        compare: act.move === 'deleted' || act.move === 'created' ? undefined : compareUrl(payload),
      },
      at: newestFirst(payload)[0]?.timestamp,
    };
  },
};

interface Act {
  readonly says: string;
  readonly emoji: string;
  readonly subject: string;
  readonly move: 'created' | 'deleted' | 'rewound' | 'moved';
}

const NOTHING = /^0{7,64}$/;

function actOf({ payload, place }: Context, kind: 'tag' | 'branch', name: string): Act {
  const named = name === '' ? `a ${kind}` : `${kind} ${name}`;
  const commits = countOf(payload);
  const sha = shortSha(payload.after);
  const newest = newestFirst(payload)[0];
  const subject = subjectOf(payload.head_commit?.message ?? newest?.message);

  if (NOTHING.test(payload.after ?? ''))
    return { says: `deleted ${named}${place}`, emoji: '🗑️', subject: '', move: 'deleted' };
  if (kind === 'tag') {
    const isNew = payload.before === undefined || NOTHING.test(payload.before);
    return isNew
      ? { says: `pushed ${named}${place}`, emoji: '🏷️', subject, move: 'created' }
      : { says: `moved ${named}${place}${sha && ` to ${sha}`}`, emoji: '🏷️', subject: '', move: 'rewound' };
  }
  if (NOTHING.test(payload.before ?? '')) {
    const size = commits === 0 ? '' : ` with ${count(commits, 'commit')}`;
    return {
      says: `created ${named}${place}${size}`,
      emoji: '🌱',
      subject: commits === 0 ? '' : subject,
      move: 'created',
    };
  }
  const ref = name === '' ? 'a branch' : name;
  // What is there already has no commits to tell: the branch was forced back.
  if (commits === 0)
    return {
      says: `moved ${ref}${place} back${sha && ` to ${sha}`}`,
      emoji: '⚠️',
      subject: '',
      move: 'rewound',
    };
  return { says: `pushed ${count(commits, 'commit')} to ${ref}${place}`, emoji: '⬆️', subject, move: 'moved' };
}

/** Only the newest are listed; `total_commits` counts the others too. */
const countOf = ({ commits, total_commits: total }: Payload): number =>
  total !== undefined && Number.isSafeInteger(total) && total > commits.length ? total : commits.length;

/** As they are sent; the other way round where the last one is what the branch ends in. */
const newestFirst = ({ commits, after }: Payload): Payload['commits'] =>
  after !== undefined && commits.length > 1 && commits.at(-1)?.id === after ? commits.toReversed() : commits;

function commitFacts(payload: Payload): NonNullable<Happening['facts']> {
  const total = countOf(payload);
  const shown = newestFirst(payload)
    .slice(0, COMMIT_LINES)
    .toReversed()
    .map((commit) => ({
      sha: shortSha(commit.id),
      url: safeWebUrl(commit.url ?? ''),
      message: oneLine(subjectOf(commit.message), 100),
      author: oneLine(commit.author?.username || commit.author?.name, 60),
    }));
  return {
    // One commit is told by the title; the small line says whose it is.
    commits: total === 1 ? [] : shown.filter(({ sha, message }) => sha !== '' || message !== ''),
    only: total === 1 ? shown[0] : undefined,
    count: total,
    more: total > shown.length ? count(total - shown.length, 'earlier commit') : undefined,
  };
}

function urlOf(context: Context, kind: 'tag' | 'branch', name: string): string | undefined {
  const { payload } = context;
  if (NOTHING.test(payload.after ?? '')) return payload.repository?.html_url;
  if (kind === 'tag') return refUrl(context, kind, name);
  const [only, ...more] = payload.commits;
  const commitUrl = more.length === 0 && countOf(payload) === 1 ? safeWebUrl(only?.url ?? '') : undefined;
  return commitUrl ?? compareUrl(payload) ?? refUrl(context, kind, name);
}

/** Where there is nothing to compare with, the server’s own address is sent. */
function compareUrl({ compare_url: url }: Payload): string | undefined {
  const safe = safeWebUrl(url ?? '');
  return safe?.includes('/compare/') === true ? safe : undefined;
}

const flagLabel = (sha: string | undefined, flag: boolean): string | undefined =>
  sha === undefined ? undefined : String(flag);
