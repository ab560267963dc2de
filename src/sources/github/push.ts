import { safeWebUrl } from '../../core/url.ts';
import type { Context, Entry, Family, Happening } from './family.ts';
import type { Payload } from './payloads.ts';
import { colon, count, inBrackets, oneLine, refName, shortSha, subjectOf } from './wording.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  push: {
    means:
      'A branch or a tag was pushed, forced, created or deleted; the labels `forced`, `created`, `deleted` say which.',
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
    const name = refName(payload.ref);
    const act = actOf(context, isTag ? 'tag' : 'branch', name);
    const rewritten =
      (payload.forced === true || payload.deleted === true) && !isTag && name === payload.repository?.default_branch;
    return {
      title: colon(`${actor} ${act.says}`, act.subject),
      url: urlOf(payload, name),
      severity: rewritten ? 'warning' : 'info',
      emoji: act.emoji,
      tone: rewritten || act.warns ? 'warning' : 'neutral',
      labels: {
        ...(isTag ? { tag: name } : payload.ref?.startsWith('refs/heads/') === true ? { branch: name } : {}),
        ref: payload.ref,
        pusher: payload.pusher?.name,
        forced: flagLabel(payload.forced),
        created: flagLabel(payload.created),
        deleted: flagLabel(payload.deleted),
      },
      facts: {
        ...commitFacts(payload),
        sha: shortSha(payload.after),
        before: shortSha(payload.before),
        compare: isComparable(payload) ? safeWebUrl(payload.compare ?? '') : undefined,
      },
      at: payload.repository?.pushed_at === undefined ? undefined : new Date(payload.repository.pushed_at * 1_000),
    };
  },
};

interface Act {
  readonly says: string;
  readonly emoji: string;
  readonly subject: string;
  readonly warns: boolean;
}

function actOf({ payload, place }: Context, kind: 'tag' | 'branch', name: string): Act {
  const ref = name === '' ? `a ${kind}` : name;
  const named = name === '' ? `a ${kind}` : `${kind} ${name}`;
  const commits = payload.commits.length;
  const sha = shortSha(payload.after);
  const to = sha === '' ? '' : ` to ${sha}`;
  const subject = subjectOf(payload.head_commit?.message ?? payload.commits.at(-1)?.message);
  const calm = { emoji: '⬆️', subject: commits === 0 ? '' : subject, warns: false };

  if (payload.deleted === true) return { says: `deleted ${named}${place}`, emoji: '🗑️', subject: '', warns: false };
  if (kind === 'tag') {
    const moved = payload.created === false && payload.before !== undefined;
    if (moved) return { says: `moved ${named}${place}${to}`, emoji: '🏷️', subject: '', warns: true };
    return { says: `pushed ${named}${place}`, emoji: '🏷️', subject, warns: false };
  }
  if (payload.forced === true) {
    const size = commits === 0 ? '' : inBrackets(count(commits, 'commit'));
    return { says: `force-pushed ${ref}${place}${to}${size}`, emoji: '⚠️', subject: calm.subject, warns: true };
  }
  if (payload.created === true) {
    const size = commits === 0 ? '' : ` with ${count(commits, 'commit')}`;
    return { ...calm, says: `created ${named}${place}${size}`, emoji: '🌱' };
  }
  if (commits === 0) return { ...calm, says: `moved ${ref}${place}${to}` };
  return { ...calm, says: `pushed ${count(commits, 'commit')} to ${ref}${place}` };
}

function commitFacts({ commits }: Payload): NonNullable<Happening['facts']> {
  // The sender lists the oldest first; what matters is what the branch ends in.
  const shown = commits.slice(-COMMIT_LINES).map((commit) => ({
    sha: shortSha(commit.id),
    url: safeWebUrl(commit.url ?? ''),
    message: oneLine(subjectOf(commit.message), 100),
    author: oneLine(commit.author?.username ?? commit.author?.name, 60),
  }));
  return {
    // One commit is told by the title; the small line says whose it is.
    commits: commits.length === 1 ? [] : shown.filter(({ sha, message }) => sha !== '' || message !== ''),
    only: commits.length === 1 ? shown[0] : undefined,
    count: commits.length,
    more: commits.length > COMMIT_LINES ? count(commits.length - COMMIT_LINES, 'earlier commit') : undefined,
  };
}

function urlOf(payload: Payload, name: string): string | undefined {
  const home = payload.repository?.html_url;
  if (payload.deleted === true) return home;
  if (payload.ref?.startsWith('refs/tags/') === true)
    return home === undefined ? undefined : `${home}/releases/tag/${encodeRef(name)}`;
  if (payload.commits.length === 1) return payload.commits[0]?.url ?? payload.compare;
  return payload.compare ?? home;
}

/** What was deleted, and what has no commits of its own, compares with nothing. */
const isComparable = ({ deleted, created, commits }: Payload): boolean =>
  deleted !== true && (created !== true || commits.length > 0);

/** A branch's name may hold `#` and `?`, and slashes that stay. */
export const encodeRef = (name: string): string => name.split('/').map(encodeURIComponent).join('/');

const flagLabel = (flag: boolean | undefined): string | undefined => (flag === undefined ? undefined : String(flag));
