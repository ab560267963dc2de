import { valueAt } from '../../core/path.ts';
import { type CloudPayload, type CloudUser, cloudPayloadSchema } from './cloud-payload.ts';
import type { Change, Comment, CommitStatus, Edit, Issue, PullRequest, Report } from './report.ts';

/** What Bitbucket Cloud says; undefined where the document holds none of what it always sends. */
export function readCloud(document: object): Report | undefined {
  const parsed = cloudPayloadSchema.safeParse(document);
  if (!parsed.success || !MARKS.some((mark) => Object.hasOwn(document, mark))) return undefined;
  const payload = parsed.data;
  const { actor, repository, project, commit, fork } = payload;
  return {
    actor: nameOf(actor),
    login: actor?.nickname ?? actor?.username ?? actor?.display_name,
    repo: repository?.full_name,
    project: project?.name,
    home: (repository ?? project)?.links?.html?.href,
    at: undefined,
    pullRequest: pullRequestOf(payload),
    comment: commentOf(payload),
    commit: commit && { hash: commit.hash, url: commit.links?.html?.href },
    changes: (payload.push?.changes ?? []).map(changeOf),
    mainBranch: repository?.mainbranch?.name,
    status: statusOf(payload),
    issue: issueOf(payload),
    fork: fork && { repo: fork.full_name, url: fork.links?.html?.href },
    edits: editsOf(payload),
  };
}

const MARKS = ['actor', 'repository'] as const;

const nameOf = (user: CloudUser): string | undefined => user?.display_name ?? user?.nickname ?? user?.username;

function pullRequestOf({ pullrequest, approval, changes_request }: CloudPayload): PullRequest | undefined {
  if (pullrequest === undefined) return undefined;
  const { source, destination, author } = pullrequest;
  const from = source?.repository?.full_name;
  return {
    number: pullrequest.id,
    title: pullrequest.title,
    description: readable(pullrequest.description),
    state: pullrequest.state,
    draft: pullrequest.draft === true,
    url: pullrequest.links?.html?.href,
    opener: nameOf(author),
    openerLogin: author?.nickname ?? author?.username ?? author?.display_name,
    head: source?.branch?.name,
    base: destination?.branch?.name,
    fork: from === destination?.repository?.full_name ? undefined : from,
    reviewers: pullrequest.reviewers.map((user) => nameOf(user) ?? ''),
    created: pullrequest.created_on,
    updated: pullrequest.updated_on,
    reason: readable(pullrequest.reason),
    reviewed: approval?.date ?? changes_request?.date,
    formerVerdict: undefined,
    formerTitle: undefined,
    formerBase: undefined,
    formerTip: undefined,
    tip: source?.commit?.hash,
    addedReviewers: [],
    removedReviewers: [],
  };
}

function commentOf({ comment }: CloudPayload): Comment | undefined {
  if (comment === undefined) return undefined;
  return {
    text: readable(comment.content?.raw),
    path: comment.inline?.path,
    line: comment.inline?.to ?? comment.inline?.from,
    url: comment.links?.html?.href,
    at: comment.updated_on ?? comment.created_on,
  };
}

function changeOf(change: NonNullable<CloudPayload['push']>['changes'][number]): Change {
  const ref = change.new ?? change.old;
  const isNew = change.created === true || change.old === undefined;
  return {
    kind: /tag/.test(ref?.type ?? '') ? 'tag' : 'branch',
    name: ref?.name,
    act: change.new === undefined ? 'deleted' : isNew ? 'created' : change.forced === true ? 'forced' : 'updated',
    tip: change.new?.target?.hash,
    url: change.new?.links?.html?.href,
    compare: change.links?.html?.href,
    message: change.new?.target?.message,
    commits: change.commits.toReversed().map(({ hash, message, author, links }) => ({
      hash,
      message,
      author: nameOf(author?.user) ?? nameOf(author) ?? author?.raw?.slice(0, 500).replace(/\s*<[^>]*>\s*$/, ''),
      url: links?.html?.href,
    })),
    truncated: change.truncated === true,
  };
}

function statusOf({ commit_status: status }: CloudPayload): CommitStatus | undefined {
  if (status === undefined) return undefined;
  const { name, key, state, description, url, refname, created_on, updated_on, commit, links } = status;
  // Older payloads name the commit in its address alone.
  const hash = commit?.hash ?? /\/commit\/([0-9a-f]{7,64})$/.exec(links?.commit?.href?.slice(0, 2_000) ?? '')?.[1];
  return { name, key, state, description, url, branch: refname, hash, created: created_on, updated: updated_on };
}

function issueOf({ issue }: CloudPayload): Issue | undefined {
  if (issue === undefined) return undefined;
  return {
    number: issue.id,
    title: issue.title,
    text: readable(issue.content?.raw),
    state: issue.state,
    // `type` says `issue` since the kinds of issues have a field of their own.
    kind: issue.kind ?? (issue.type === 'issue' ? undefined : issue.type),
    priority: issue.priority,
    assignee: nameOf(issue.assignee),
    url: issue.links?.html?.href,
    updated: issue.updated_on,
  };
}

const editsOf = ({ changes }: CloudPayload): readonly Edit[] =>
  Object.entries(changes ?? {})
    .slice(0, 20)
    .map(([field, change]) => ({ field, before: textOf(change, 'old'), after: textOf(change, 'new') }));

/** The text that a field had or has; of somebody, their name. */
function textOf(change: unknown, side: 'old' | 'new'): string | undefined {
  const value = valueAt(change, [side]);
  const text = typeof value === 'object' ? valueAt(value, ['display_name']) : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** Bitbucket’s Markdown without what only its own editor reads: accounts in place of names, and attributes of links. */
const readable = (markdown: string | undefined): string | undefined =>
  markdown
    ?.slice(0, 20_000)
    .replace(/@\{[^{}\s]{1,80}\}/g, '@somebody')
    .replace(/\{:[^{}\n]{0,200}\}/g, '');
