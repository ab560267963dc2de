import { type Entry, type Happening, hash, keyOf } from '../happening.ts';
import { capital, colon, excerpt, oneLine, shortSha, tookText } from '../wording.ts';
import type { Context, Family } from './family.ts';
import type { PullRequest } from './report.ts';

interface PullRequestEntry extends Entry {
  /** `merged PR #12 in acme/api`, of `PR #12 in acme/api`. */
  says(thing: string, pull: PullRequest | undefined): string;
  /** The pull request itself is news, not only what happened to it: its branches and reviewers are worth showing. */
  readonly card?: boolean;
  /** So is its description. */
  readonly body?: boolean;
}

const EVENTS: Readonly<Record<string, PullRequestEntry>> = {
  'pullrequest.created': {
    means: 'A pull request was opened, as a draft or ready for review (Data Center: `pr:opened`).',
    emoji: '🟢',
    tone: 'good',
    card: true,
    body: true,
    says: (thing, pull) => `opened ${pull?.draft === true ? 'draft ' : ''}${thing}`,
  },
  'pullrequest.updated': {
    means:
      'The title, description, target branch or commits of a pull request changed (Data Center: `pr:modified` and `pr:from_ref_updated`).',
    emoji: '📝',
    tone: 'neutral',
    says: (thing, pull) => {
      if (pull?.formerTip !== undefined) return `pushed to ${thing}`;
      if (pull?.formerBase !== undefined) return `changed the target branch of ${thing}`;
      return `${pull?.formerTitle === undefined ? 'updated' : 'renamed'} ${thing}`;
    },
  },
  'pullrequest.merged': {
    means: 'A pull request was merged (Cloud: `pullrequest:fulfilled`, Data Center: `pr:merged`).',
    emoji: '🟣',
    tone: 'good',
    card: true,
    says: (thing) => `merged ${thing}`,
  },
  'pullrequest.declined': {
    means:
      'A pull request was closed without being merged (Cloud: `pullrequest:rejected`, Data Center: `pr:declined`).',
    emoji: '🔴',
    tone: 'neutral',
    card: true,
    says: (thing) => `declined ${thing}`,
  },
  'pullrequest.deleted': {
    means: 'A pull request was deleted (Data Center: `pr:deleted`).',
    emoji: '🗑️',
    tone: 'neutral',
    says: (thing) => `deleted ${thing}`,
  },
  'pullrequest.reopened': {
    means: 'A declined pull request was opened again (Data Center: `pr:reopened`).',
    emoji: '🟢',
    tone: 'good',
    card: true,
    says: (thing) => `reopened ${thing}`,
  },
  'pullrequest.approved': {
    means: 'Somebody approved a pull request (Data Center: `pr:reviewer:approved`).',
    emoji: '✅',
    tone: 'good',
    says: (thing) => `approved ${thing}`,
  },
  'pullrequest.unapproved': {
    means: 'Somebody took back what they said in a review (Data Center: `pr:reviewer:unapproved`).',
    emoji: '🚫',
    tone: 'neutral',
    says: (thing, pull) =>
      `no longer ${pull?.formerVerdict === 'NEEDS_WORK' ? 'requests changes on' : 'approves'} ${thing}`,
  },
  'pullrequest.changes_requested': {
    means:
      'Somebody wants changes before a pull request is merged (Cloud: `pullrequest:changes_request_created`, Data Center: `pr:reviewer:changes_requested`, earlier `pr:reviewer:needs_work`).',
    emoji: '🔁',
    tone: 'warning',
    says: (thing) => `requested changes on ${thing}`,
  },
  'pullrequest.changes_request_removed': {
    means: 'Somebody no longer wants changes.',
    emoji: '🚫',
    tone: 'neutral',
    says: (thing) => `no longer requests changes on ${thing}`,
  },
  'pullrequest.reviewers_changed': {
    means: 'People were asked to review, or need not any more (Data Center: `pr:reviewer:updated`).',
    emoji: '👀',
    says: (thing, pull) => {
      const [added, removed] = [people(pull?.addedReviewers), people(pull?.removedReviewers)];
      if (added !== '') return `asked ${added} to review ${thing}`;
      return removed === '' ? `changed the reviewers of ${thing}` : `no longer asks ${removed} to review ${thing}`;
    },
  },
};

const ENDS: Readonly<Record<string, string>> = {
  'pullrequest.merged': 'merged',
  'pullrequest.declined': 'declined',
  'pullrequest.deleted': 'deleted',
};

const VERDICTS: Readonly<Record<string, string>> = {
  'pullrequest.approved': 'approved',
  'pullrequest.changes_requested': 'changes_requested',
};

export const pullRequest: Family = {
  events: EVENTS,
  read(context) {
    const { name, actor, report } = context;
    const pull = report.pullRequest;
    const entry = EVENTS[name];
    const about = aboutPullRequest(context);
    const end = ENDS[name];
    const newDraft = name === 'pullrequest.created' && pull?.draft === true;
    const gone = name === 'pullrequest.deleted';
    return {
      title: colon(`${actor} ${entry?.says(about.thing, pull) ?? `changed ${about.thing}`}`, about.title),
      // What is deleted has no page.
      url: gone ? report.home : pull?.url,
      key: about.key,
      state: end ?? VERDICTS[name] ?? about.state,
      closes: end !== undefined,
      emoji: newDraft ? '📝' : entry?.emoji,
      tone: newDraft ? 'neutral' : entry?.tone,
      labels: { ...about.labels, reviewer: [...(pull?.addedReviewers ?? []), ...(pull?.removedReviewers ?? [])] },
      facts: {
        branches: entry?.card === true ? branches(pull) : undefined,
        reviewers: entry?.card === true && end === undefined ? people(pull?.reviewers) : undefined,
        formerTitle: oneLine(pull?.formerTitle),
        formerBase: oneLine(pull?.formerBase, 100),
        base: oneLine(pull?.base, 100),
        pushed: pushed(pull),
        reason: name === 'pullrequest.declined' ? excerpt(pull?.reason) : undefined,
        body: entry?.body === true ? excerpt(pull?.description) : undefined,
        context: end === undefined || gone ? undefined : age(pull, actor),
        gone,
      },
      at:
        name in VERDICTS
          ? (pull?.reviewed ?? report.at)
          : name === 'pullrequest.unapproved'
            ? undefined
            : pull?.updated,
    };
  },
};

/** What a comment needs to know about the pull request it is on. */
export function aboutPullRequest({ report: { pullRequest: pull }, repo, place }: Context): {
  /** `PR #12 in acme/api` */
  readonly thing: string;
  readonly title: string;
  readonly key: string | undefined;
  readonly state: string;
  readonly labels: NonNullable<Happening['labels']>;
} {
  const number = hash(pull?.number);
  return {
    thing: `${number === undefined ? 'a pull request' : `PR ${number}`}${place}`,
    title: oneLine(pull?.title),
    key: keyOf('pr', repo, number),
    state: stateOf(pull),
    labels: {
      base: pull?.base,
      head: pull?.head,
      branch: pull?.head,
      draft: pull === undefined ? undefined : String(pull.draft),
      opener: pull?.openerLogin,
    },
  };
}

const STATES = new Set(['merged', 'declined', 'superseded']);

function stateOf(pull: PullRequest | undefined): string {
  const state = pull?.state?.toLowerCase() ?? '';
  if (STATES.has(state)) return state;
  return pull?.draft === true ? 'draft' : 'open';
}

/** The first five names on one line; empty for none. */
const people = (names: readonly string[] | undefined): string =>
  (names ?? [])
    .map((name) => oneLine(name, 50))
    .filter(Boolean)
    .slice(0, 5)
    .join(', ');

/** `feat/bell → main`; from a fork `hubot/api:feat/bell → main`. */
function branches(pull: PullRequest | undefined): string | undefined {
  const [head, base] = [oneLine(pull?.head, 80), oneLine(pull?.base, 60)];
  if (head === '' || base === '') return undefined;
  const fork = oneLine(pull?.fork, 60);
  return `${fork === '' ? '' : `${fork}:`}${head} → ${base}`;
}

function pushed(pull: PullRequest | undefined): string | undefined {
  const [from, to] = [shortSha(pull?.formerTip), shortSha(pull?.tip)];
  return from === '' || to === '' ? undefined : `${from} → ${to}`;
}

/** `Opened by mona · open for 3 d 4 h`, of something that has just ended; the opener only where the title does not name them. */
function age(pull: PullRequest | undefined, actor: string): string | undefined {
  const opener = oneLine(pull?.opener, 60);
  const open = tookText(pull?.created, pull?.updated);
  return capital(
    [opener === '' || opener === actor ? undefined : `Opened by ${opener}`, open && `open for ${open}`]
      .filter(Boolean)
      .join(' · '),
  );
}
