import { type Entry, keyOf } from '../happening.ts';
import { colon, excerpt, oneLine, shortSha } from '../wording.ts';
import type { Family } from './family.ts';
import { aboutIssue } from './issue.ts';
import { aboutPullRequest } from './pull-request.ts';

interface CommentEntry extends Entry {
  /** What comes before what it is on: `commented on`. */
  readonly says: string;
}

const CREATED = { emoji: '💬', says: 'commented on' } as const;
const UPDATED = { emoji: '📝', tone: 'neutral', says: 'edited a comment on' } as const;
const DELETED = { emoji: '🗑️', tone: 'neutral', says: 'deleted a comment on' } as const;

const PULL_REQUEST_EVENTS: Readonly<Record<string, CommentEntry>> = {
  'pullrequest.comment.created': {
    ...CREATED,
    means: 'Somebody commented on a pull request, or on a line of it (Data Center: `pr:comment:added`).',
  },
  'pullrequest.comment.updated': {
    ...UPDATED,
    means: 'A comment on a pull request changed (Data Center: `pr:comment:edited`).',
  },
  'pullrequest.comment.deleted': {
    ...DELETED,
    means: 'A comment on a pull request was removed (Data Center: `pr:comment:deleted`).',
  },
  'pullrequest.comment.resolved': {
    means: 'A conversation on a pull request was resolved.',
    emoji: '☑️',
    tone: 'neutral',
    says: 'resolved a comment on',
  },
  'pullrequest.comment.reopened': {
    means: 'A resolved conversation on a pull request was opened again.',
    emoji: '💬',
    says: 'reopened a comment on',
  },
};

/** Carries the key of the pull request, but no state: a comment says nothing about that. */
export const pullRequestComment: Family = {
  events: PULL_REQUEST_EVENTS,
  read(context) {
    const { name, actor, report } = context;
    const { comment } = report;
    const entry = PULL_REQUEST_EVENTS[name];
    const about = aboutPullRequest(context);
    const path = oneLine(comment?.path, 80);
    const where = path === '' ? about.thing : `${path} in ${about.thing.replace(' in ', ' of ')}`;
    const gone = name === 'pullrequest.comment.deleted';
    const page = report.pullRequest?.url;
    return {
      title: colon(`${actor} ${entry?.says ?? 'commented on'} ${where}`, about.title),
      url: gone ? page : (comment?.url ?? page),
      key: about.key,
      emoji: entry?.emoji,
      tone: entry?.tone,
      labels: about.labels,
      facts: {
        gone,
        line: path === '' || gone ? undefined : comment?.line,
        body: gone ? undefined : excerpt(comment?.text),
      },
      at: gone ? undefined : comment?.at,
    };
  },
};

const COMMIT_EVENTS: Readonly<Record<string, CommentEntry>> = {
  'repo.commit_comment.created': {
    ...CREATED,
    means: 'Somebody commented on a commit (Data Center: `repo:comment:added`).',
  },
  'repo.commit_comment.updated': {
    ...UPDATED,
    means: 'A comment on a commit changed (Data Center: `repo:comment:edited`).',
  },
  'repo.commit_comment.deleted': {
    ...DELETED,
    means: 'A comment on a commit was removed (Data Center: `repo:comment:deleted`).',
  },
};

export const commitComment: Family = {
  events: COMMIT_EVENTS,
  read({ name, actor, report, repo, place }) {
    const { comment, commit } = report;
    const entry = COMMIT_EVENTS[name];
    const sha = shortSha(commit?.hash);
    const path = oneLine(comment?.path, 80);
    const thing = `${sha === '' ? 'a commit' : `commit ${sha}`}${path === '' ? place : place.replace(' in ', ' of ')}`;
    const gone = name === 'repo.commit_comment.deleted';
    return {
      title: `${actor} ${entry?.says ?? 'commented on'} ${path === '' ? thing : `${path} in ${thing}`}`,
      url: gone ? commit?.url : (comment?.url ?? commit?.url),
      key: keyOf('commit', repo, sha === '' ? undefined : `@${sha}`),
      emoji: entry?.emoji,
      tone: entry?.tone,
      labels: { sha },
      facts: {
        gone,
        line: path === '' || gone ? undefined : comment?.line,
        body: gone ? undefined : excerpt(comment?.text),
      },
      at: gone ? undefined : comment?.at,
    };
  },
};

const ISSUE_EVENTS: Readonly<Record<string, CommentEntry>> = {
  'issue.comment.created': { ...CREATED, means: 'Somebody commented on an issue.' },
};

/** Carries the key of the issue, but no state. */
export const issueComment: Family = {
  events: ISSUE_EVENTS,
  read(context) {
    const { name, actor, report } = context;
    const { comment } = report;
    const entry = ISSUE_EVENTS[name];
    const about = aboutIssue(context);
    return {
      title: colon(`${actor} commented on ${about.thing}`, about.title),
      url: comment?.url ?? report.issue?.url,
      key: about.key,
      emoji: entry?.emoji,
      tone: entry?.tone,
      labels: about.labels,
      facts: { body: excerpt(comment?.text) },
      at: comment?.at,
    };
  },
};
