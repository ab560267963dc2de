import { type Happening, hash, keyOf } from '../happening.ts';
import { count, oneLine } from '../wording.ts';
import { type Context, loginOf } from './family.ts';
import type { Payload } from './payloads.ts';
import { labelLine, peopleLine } from './thread.ts';

/** What a pull request's events and its reviews say about it. */
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
  const number = hash(pull?.number ?? payload.number);
  const head = pull?.head?.ref ?? pull?.head_branch;
  return {
    thing: `${number === undefined ? 'a pull request' : `PR ${number}`}${place}`,
    title: oneLine(pull?.title),
    key: keyOf('pr', repo, number),
    state: stateOf(pull),
    labels: {
      base: pull?.base?.ref ?? pull?.base_branch,
      head,
      branch: head,
      draft: pull === undefined ? undefined : String(isDraft(pull)),
      opener: loginOf(pull?.user),
      label: pull?.labels.map(({ name }) => name ?? ''),
      assignee: pull?.assignees.map((assignee) => loginOf(assignee) ?? ''),
      milestone: pull?.milestone?.title,
    },
    facts: {
      number: pull?.number,
      pullRequest: oneLine(pull?.title),
      opener: loginOf(pull?.user),
      branches: branches(pull),
      size: size(pull),
      labels: labelLine(pull?.labels),
      assignees: peopleLine(pull?.assignees),
    },
  };
}

type PullRequest = Payload['pull_request'];

function stateOf(pull: PullRequest): AboutPullRequest['state'] {
  if (pull?.merged === true || pull?.merged_at !== undefined) return 'merged';
  if (pull?.state === 'closed') return 'closed';
  return isDraft(pull) ? 'draft' : 'open';
}

/** Older versions send no flag: there a draft is what is called one. https://docs.gitea.com/1.19/usage/pull-request */
const isDraft = (pull: PullRequest): boolean => pull?.draft ?? /^(wip:|\[wip\])/i.test(pull?.title ?? '');

/** `feat/bell → main`; from a fork `mona:feat/bell → main`. */
function branches(pull: PullRequest): string | undefined {
  const [from, to] = [pull?.head?.repo ?? pull?.head_repo, pull?.base?.repo ?? pull?.base_repo];
  const head = oneLine(pull?.head?.ref ?? pull?.head_branch, 100);
  const base = oneLine(pull?.base?.ref ?? pull?.base_branch, 100);
  if (head === '' || base === '') return undefined;
  const isFork = from?.full_name !== undefined && to?.full_name !== undefined && from.full_name !== to.full_name;
  const owner = isFork ? (loginOf(from.owner) ?? oneLine(from.full_name?.split('/', 1)[0], 100)) : '';
  return `${owner === '' ? '' : `${owner}:`}${head} → ${base}`;
}

function size(pull: PullRequest): string | undefined {
  if (pull?.additions === undefined || pull.deletions === undefined) return undefined;
  const files = pull.changed_files === undefined ? '' : ` in ${count(pull.changed_files, 'file')}`;
  return `+${pull.additions.toLocaleString('en-US')} −${pull.deletions.toLocaleString('en-US')}${files}`;
}
