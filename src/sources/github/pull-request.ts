import { assigneeOf, labelLine, labelOf, milestoneOf, reviewerOf } from './details.ts';
import { type Context, type Entry, type Family, type Happening, hash, keyOf } from './family.ts';
import type { Payload } from './payloads.ts';
import { capital, colon, count, excerpt, oneLine, refName, shortSha, spoken, tookText } from './wording.ts';

interface PullRequestEntry extends Entry {
  /** `opened PR #12 in acme/api`, of `PR #12 in acme/api`. */
  says(thing: string, payload: Payload): string;
  /** The pull request itself is news, not only what happened to it: branches, size and labels are worth showing. */
  readonly card?: boolean;
  /** So is its description. */
  readonly body?: boolean;
}

const EVENTS: Readonly<Record<string, PullRequestEntry>> = {
  'pull_request.opened': {
    means: 'A pull request was opened, as a draft or ready for review.',
    emoji: '🟢',
    tone: 'good',
    body: true,
    card: true,
    says: (thing, { pull_request }) => `opened ${pull_request?.draft === true ? 'draft ' : ''}${thing}`,
  },
  'pull_request.closed': {
    means: 'A pull request was closed without being merged.',
    emoji: '🔴',
    tone: 'neutral',
    card: true,
    says: (thing) => `closed ${thing}`,
  },
  'pull_request.merged': {
    means: 'A pull request was merged (GitHub sends `closed` with `merged: true`).',
    emoji: '🟣',
    tone: 'good',
    card: true,
    says: (thing) => `merged ${thing}`,
  },
  'pull_request.reopened': {
    means: 'A closed pull request was opened again.',
    emoji: '🟢',
    tone: 'good',
    card: true,
    says: (thing) => `reopened ${thing}`,
  },
  'pull_request.ready_for_review': {
    means: 'A draft became ready for review.',
    emoji: '🟢',
    tone: 'good',
    body: true,
    card: true,
    says: (thing) => `marked ${thing} ready for review`,
  },
  'pull_request.converted_to_draft': {
    means: 'A pull request became a draft again.',
    emoji: '📝',
    tone: 'neutral',
    says: (thing) => `turned ${thing} into a draft`,
  },
  'pull_request.review_requested': {
    means: 'A person or a team was asked for a review.',
    emoji: '👀',
    says: (thing, payload) => `asked ${reviewerOf(payload)} to review ${thing}`,
  },
  'pull_request.review_request_removed': {
    means: 'A person or a team need not review any more.',
    emoji: '👀',
    tone: 'neutral',
    says: (thing, payload) => `no longer asks ${reviewerOf(payload)} to review ${thing}`,
  },
  'pull_request.assigned': {
    means: 'A pull request was given to somebody.',
    emoji: '👤',
    says: (thing, payload) => `assigned ${thing} to ${assigneeOf(payload)}`,
  },
  'pull_request.unassigned': {
    means: 'Somebody is no longer assigned to a pull request.',
    emoji: '👤',
    tone: 'neutral',
    says: (thing, payload) => `unassigned ${assigneeOf(payload)} from ${thing}`,
  },
  'pull_request.labeled': {
    means: 'A label was put on a pull request.',
    emoji: '🔖',
    tone: 'neutral',
    says: (thing, payload) => `added ${labelOf(payload)} to ${thing}`,
  },
  'pull_request.unlabeled': {
    means: 'A label was taken off a pull request.',
    emoji: '🔖',
    tone: 'neutral',
    says: (thing, payload) => `removed ${labelOf(payload)} from ${thing}`,
  },
  'pull_request.synchronize': {
    means: 'Commits were pushed to a pull request’s branch.',
    emoji: '🔄',
    tone: 'neutral',
    says: (thing) => `pushed to ${thing}`,
  },
  'pull_request.edited': {
    means: 'The title, the description or the target branch of a pull request changed.',
    emoji: '📝',
    tone: 'neutral',
    says: (thing, { changes }) => {
      if (changes?.base !== undefined) return `changed the target branch of ${thing}`;
      return `${changes?.title === undefined ? 'edited' : 'renamed'} ${thing}`;
    },
  },
  'pull_request.milestoned': {
    means: 'A pull request was put into a milestone.',
    emoji: '🎯',
    tone: 'neutral',
    says: (thing, payload) => `added ${thing} to ${milestoneOf(payload)}`,
  },
  'pull_request.demilestoned': {
    means: 'A pull request was taken out of a milestone.',
    emoji: '🎯',
    tone: 'neutral',
    says: (thing, payload) => `removed ${thing} from ${milestoneOf(payload)}`,
  },
  'pull_request.auto_merge_enabled': {
    means: 'A pull request will be merged as soon as its requirements are met.',
    emoji: '🤖',
    says: (thing) => `turned on auto-merge for ${thing}`,
  },
  'pull_request.auto_merge_disabled': {
    means: 'A pull request will not be merged by itself any more.',
    emoji: '🤖',
    tone: 'neutral',
    says: (thing) => `turned off auto-merge for ${thing}`,
  },
  'pull_request.enqueued': {
    means: 'A pull request joined the merge queue.',
    emoji: '🚦',
    says: (thing) => `added ${thing} to the merge queue`,
  },
  'pull_request.dequeued': {
    means: 'A pull request left the merge queue, merged or not.',
    emoji: '🚦',
    tone: 'neutral',
    says: (thing) => `removed ${thing} from the merge queue`,
  },
  'pull_request.locked': {
    means: 'The conversation of a pull request was locked.',
    emoji: '🔒',
    tone: 'neutral',
    says: (thing) => `locked ${thing}`,
  },
  'pull_request.unlocked': {
    means: 'The conversation of a pull request was unlocked.',
    emoji: '🔓',
    tone: 'neutral',
    says: (thing) => `unlocked ${thing}`,
  },
};

export const pullRequest: Family = {
  events: EVENTS,
  action: ({ action, pull_request }) => (action === 'closed' && pull_request?.merged === true ? 'merged' : action),
  read(context) {
    const { payload, actor, name } = context;
    const entry = EVENTS[name];
    const about = aboutPullRequest(context);
    const said = entry?.says(about.thing, payload) ?? `${spoken(context.action) || 'changed'} ${about.thing}`;
    const closed = name === 'pull_request.closed' || name === 'pull_request.merged';
    const newDraft = name === 'pull_request.opened' && about.state === 'draft';
    return {
      title: colon(`${actor} ${said}`, about.title),
      url: payload.pull_request?.html_url ?? payload.pull_request?._links?.html?.href,
      key: about.key,
      state: about.state,
      closes: closed,
      emoji: newDraft ? '📝' : entry?.emoji,
      tone: newDraft ? 'neutral' : entry?.tone,
      labels: {
        ...about.labels,
        reviewer: payload.requested_reviewer?.login ?? payload.requested_team?.name,
        assignee: payload.assignee?.login,
      },
      facts: {
        ...about.facts,
        card: entry?.card === true,
        ...(entry?.body === true ? { body: excerpt(payload.pull_request?.body) } : {}),
        formerTitle: oneLine(payload.changes?.title?.from),
        formerBase: refName(payload.changes?.base?.ref?.from),
        base: refName(payload.pull_request?.base?.ref),
        pushed: pushed(payload),
        context: closed ? age(payload, actor) : undefined,
      },
      at: payload.pull_request?.updated_at ?? payload.pull_request?.created_at,
    };
  },
};

/** What a review or a comment needs to know about the pull request it is on. */
export interface AboutPullRequest {
  /** `PR #12 in acme/api` */
  readonly thing: string;
  readonly title: string;
  readonly key: string | undefined;
  readonly state: 'open' | 'draft' | 'merged' | 'closed';
  readonly labels: NonNullable<Happening['labels']>;
  readonly facts: NonNullable<Happening['facts']>;
}

export function aboutPullRequest({ payload, repo, place }: Context): AboutPullRequest {
  const pull = payload.pull_request;
  const number = hash(pull?.number);
  return {
    thing: `${number === undefined ? 'a pull request' : `PR ${number}`}${place}`,
    title: oneLine(pull?.title),
    key: keyOf('pr', repo, number),
    state: stateOf(pull),
    labels: {
      base: pull?.base?.ref,
      head: pull?.head?.ref,
      branch: pull?.head?.ref,
      draft: pull?.draft === undefined ? undefined : String(pull.draft),
      opener: pull?.user?.login,
      label: pull?.labels.map(({ name }) => name ?? ''),
    },
    facts: {
      number: pull?.number,
      pullRequest: oneLine(pull?.title),
      opener: oneLine(pull?.user?.login),
      branches: branches(pull),
      size: size(pull),
      labels: labelLine(pull?.labels),
    },
  };
}

type PullRequest = Payload['pull_request'];

function stateOf(pull: PullRequest): AboutPullRequest['state'] {
  if (pull?.merged === true || pull?.merged_at !== undefined) return 'merged';
  if (pull?.state === 'closed') return 'closed';
  return pull?.draft === true ? 'draft' : 'open';
}

/** `feat/bell → main`; from a fork `mona:feat/bell → main`. */
function branches(pull: PullRequest): string | undefined {
  const fork = pull?.head?.repo?.full_name !== pull?.base?.repo?.full_name;
  const head = oneLine((fork ? pull?.head?.label : undefined) ?? pull?.head?.ref, 100);
  const base = oneLine(pull?.base?.ref, 100);
  return head === '' || base === '' ? undefined : `${head} → ${base}`;
}

function size(pull: PullRequest): string | undefined {
  if (pull?.additions === undefined || pull.deletions === undefined) return undefined;
  const files = pull.changed_files === undefined ? '' : ` in ${count(pull.changed_files, 'file')}`;
  return `+${pull.additions.toLocaleString('en-US')} −${pull.deletions.toLocaleString('en-US')}${files}`;
}

/** `Opened by mona · open for 3 d 4 h`, of something that has just ended; the opener only where the title does not name them. */
function age({ pull_request: pull }: Payload, actor: string): string | undefined {
  const opener = oneLine(pull?.user?.login);
  const open = tookText(pull?.created_at, pull?.merged_at ?? pull?.closed_at);
  const parts = [opener === actor ? undefined : openedBy(opener), open && `open for ${open}`];
  return capital(parts.filter(Boolean).join(' · '));
}

/** `Opened by mona`; undefined of nobody. */
export const openedBy = (opener: unknown): string | undefined =>
  typeof opener === 'string' && opener !== '' ? `Opened by ${opener}` : undefined;

function pushed({ before, after }: Payload): string | undefined {
  const [from, to] = [shortSha(before), shortSha(after)];
  return from === '' || to === '' ? undefined : `${from} → ${to}`;
}
