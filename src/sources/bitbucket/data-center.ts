import {
  type DataCenterPayload,
  type DataCenterRepository,
  type DataCenterUser,
  dataCenterPayloadSchema,
} from './data-center-payload.ts';
import type { Change, Comment, Commit, Edit, PullRequest, Report } from './report.ts';

/** What Bitbucket Data Center says; undefined where the document holds none of what it always sends. */
export function readDataCenter(document: object): Report | undefined {
  const parsed = dataCenterPayloadSchema.safeParse(document);
  if (!parsed.success || !MARKS.some((mark) => Object.hasOwn(document, mark))) return undefined;
  const payload = parsed.data;
  const { actor, pullRequest } = payload;
  // Of a fork the payload shows the copy; it is news of what was copied.
  const repository =
    payload.repository?.origin ?? payload.repository ?? payload.new ?? pullRequest?.toRef?.repository ?? undefined;
  const home = homeOf(repository) ?? linkOf(pullRequest)?.replace(/\/pull-requests\/\d+.*$/, '');
  return {
    actor: nameOf(actor),
    login: actor?.name ?? actor?.displayName,
    repo: repoOf(repository),
    project: repository === undefined || repoOf(repository) === undefined ? payload.new?.name : undefined,
    home,
    at: payload.date,
    pullRequest: pullRequestOf(payload),
    comment: commentOf(payload),
    commit:
      payload.commit === undefined ? undefined : { hash: payload.commit, url: under(home, 'commits', payload.commit) },
    changes: changesOf(payload, home),
    mainBranch: undefined,
    status: undefined,
    issue: undefined,
    fork: forkOf(payload),
    edits: editsOf(payload),
  };
}

const MARKS = ['actor', 'repository', 'pullRequest', 'eventKey', 'test'] as const;

const nameOf = (user: DataCenterUser): string | undefined => user?.displayName ?? user?.name;

type Linked = { readonly links?: { readonly self: readonly { readonly href?: string | undefined }[] } | undefined };

const linkOf = (thing: Linked | undefined): string | undefined => thing?.links?.self[0]?.href;

const homeOf = (repository: Linked | undefined): string | undefined => linkOf(repository)?.replace(/\/browse\/?$/, '');

const repoOf = (repository: DataCenterRepository): string | undefined =>
  repository?.project?.key === undefined || repository.slug === undefined
    ? undefined
    : `${repository.project.key}/${repository.slug}`;

const under = (home: string | undefined, folder: string, mark: string | undefined): string | undefined =>
  home === undefined || mark === undefined ? undefined : `${home}/${folder}/${inUrl(mark)}`;

/** Half an emoji is no part of an address. */
const inUrl = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));

function pullRequestOf(payload: DataCenterPayload): PullRequest | undefined {
  const { pullRequest } = payload;
  if (pullRequest === undefined) return undefined;
  const { fromRef, toRef, author } = pullRequest;
  const from = repoOf(fromRef?.repository);
  const { previousTitle, previousTarget } = payload;
  return {
    number: pullRequest.id,
    title: pullRequest.title,
    description: pullRequest.description,
    state: pullRequest.state,
    draft: pullRequest.draft === true,
    url: linkOf(pullRequest),
    opener: nameOf(author?.user),
    openerLogin: author?.user?.name ?? author?.user?.displayName,
    head: fromRef?.displayId,
    base: toRef?.displayId,
    fork: from === repoOf(toRef?.repository) ? undefined : from,
    reviewers: pullRequest.reviewers.map(({ user }) => nameOf(user) ?? ''),
    created: pullRequest.createdDate,
    updated: pullRequest.closedDate ?? pullRequest.updatedDate,
    reason: undefined,
    reviewed: undefined,
    formerVerdict: payload.previousStatus,
    formerTitle: previousTitle === pullRequest.title ? undefined : previousTitle,
    formerBase: previousTarget?.displayId === toRef?.displayId ? undefined : previousTarget?.displayId,
    formerTip: payload.previousFromHash,
    tip: fromRef?.latestCommit,
    addedReviewers: payload.addedReviewers.map((user) => nameOf(user) ?? ''),
    removedReviewers: payload.removedReviewers.map((user) => nameOf(user) ?? ''),
  };
}

function commentOf({ comment, pullRequest }: DataCenterPayload): Comment | undefined {
  if (comment === undefined) return undefined;
  const page = linkOf(pullRequest);
  return {
    text: comment.text,
    path: comment.anchor?.path,
    line: comment.anchor?.line,
    url:
      page === undefined || !/^\d{1,20}$/.test(comment.id ?? '')
        ? undefined
        : `${page}/overview?commentId=${comment.id}`,
    at: comment.updatedDate,
  };
}

function changesOf({ changes, commits, toCommit }: DataCenterPayload, home: string | undefined): readonly Change[] {
  return changes.map(({ ref, refId, toHash, type }): Change => {
    const deleted = type === 'DELETE';
    const name = ref?.displayId ?? refId?.replace(/^refs\/(heads|tags)\//, '');
    const at = refId ?? (name === undefined ? undefined : `refs/heads/${name}`);
    return {
      kind: ref?.type === 'TAG' || refId?.startsWith('refs/tags/') === true ? 'tag' : 'branch',
      name,
      act: deleted ? 'deleted' : type === 'ADD' ? 'created' : 'updated',
      tip: deleted ? undefined : toHash,
      url: deleted || home === undefined || at === undefined ? undefined : `${home}/commits?until=${inUrl(at)}`,
      compare: undefined,
      // Both are of the push as a whole.
      message: changes.length === 1 && !deleted ? toCommit?.message : undefined,
      commits: changes.length === 1 && !deleted ? commits.toReversed().map((commit) => commitOf(commit, home)) : [],
      truncated: commits.length >= MOST_COMMITS,
    };
  });
}

/** As many are listed, unless an administrator says otherwise; whether there are more is not. */
const MOST_COMMITS = 5;

const commitOf = (commit: DataCenterPayload['commits'][number], home: string | undefined): Commit => ({
  hash: commit.id,
  message: commit.message,
  author: commit.author?.displayName ?? commit.author?.name,
  url: under(home, 'commits', commit.id),
});

function forkOf({ repository }: DataCenterPayload): Report['fork'] {
  if (repository?.origin === undefined) return undefined;
  return { repo: repoOf(repository), url: linkOf(repository) };
}

function editsOf(payload: DataCenterPayload): readonly Edit[] {
  const [before, after] = [repoOf(payload.old), repoOf(payload.new)];
  return before === after ? [] : [{ field: 'full_name', before, after }];
}
