import { z } from 'zod';
import { flag, id, list, number, record, text, time } from '../lenient.ts';

const named = record({ name: text });

/** Gitea sends `login` and `username`, old Gogs the latter alone; a commit's author has a `name`. */
const account = record({ login: text, username: text, name: text });

const repository = record({ full_name: text, name: text, html_url: text, default_branch: text, owner: account });

const tip = record({ ref: text, sha: text, repo: repository });

const milestone = record({ title: text });

const pullRequest = record({
  number: id,
  title: text,
  body: text,
  html_url: text,
  state: text,
  draft: flag,
  merged: flag,
  merged_at: time,
  created_at: time,
  updated_at: time,
  closed_at: time,
  user: account,
  labels: list(named),
  assignees: list(account),
  milestone,
  head: tip,
  base: tip,
  /** Gogs has these four instead of `head` and `base`. */
  head_branch: text,
  base_branch: text,
  head_repo: repository,
  base_repo: repository,
  additions: number,
  deletions: number,
  changed_files: number,
});

const issue = record({
  number: id,
  title: text,
  body: text,
  html_url: text,
  state: text,
  created_at: time,
  updated_at: time,
  user: account,
  labels: list(named),
  assignees: list(account),
  milestone,
  /** Present when the issue is a pull request. */
  pull_request: record({ merged: flag }),
});

const commit = record({ id: text, message: text, url: text, timestamp: time, author: account });

/** Every field of every event that Bellhop reads; an event fills in a few of them. */
export const payloadSchema = z.object({
  action: text,
  number: id,
  sender: account,
  repository,
  organization: account,

  ref: text,
  ref_type: text,
  sha: text,
  before: text,
  after: text,
  compare_url: text,
  commits: list(commit),
  /** Only the newest few commits are listed; this counts them all. Gogs has no such field. */
  total_commits: number,
  head_commit: commit,
  pusher: account,

  /** What was forked: the repository that has the webhook. `repository` is the copy. */
  forkee: repository,

  pull_request: pullRequest,
  issue,
  is_pull: flag,
  comment: record({ body: text, html_url: text, created_at: time, updated_at: time, user: account }),
  review: record({ type: text, content: text }),
  requested_reviewer: account,
  changes: record({
    title: record({ from: text }),
    body: record({ from: text }),
    ref: record({ from: text }),
  }),

  release: record({
    tag_name: text,
    name: text,
    body: text,
    html_url: text,
    draft: flag,
    prerelease: flag,
    published_at: time,
    assets: list(named),
  }),

  page: text,
  package: record({
    type: text,
    name: text,
    version: text,
    html_url: text,
    created_at: time,
    owner: account,
    repository,
  }),
  /** Forgejo’s run of a workflow names the repository inside. */
  run: record({ repository }),
});

export type Payload = z.infer<typeof payloadSchema>;
export type Account = Payload['sender'];
