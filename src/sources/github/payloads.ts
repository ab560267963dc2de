import { z } from 'zod';
import { flag, id, list, number, record, text, time } from '../lenient.ts';

const named = record({ name: text });

/** A user, a bot, an organization; a commit's author has `name` and perhaps `username`. */
const account = record({ login: text, name: text, username: text });

const repository = record({
  full_name: text,
  name: text,
  html_url: text,
  default_branch: text,
  stargazers_count: number,
  /** Seconds in a push, a string elsewhere. */
  pushed_at: number,
  owner: account,
});

const tip = record({ ref: text, sha: text, label: text, repo: repository });

const pullRequest = record({
  number: id,
  title: text,
  body: text,
  html_url: text,
  _links: record({ html: record({ href: text }) }),
  state: text,
  draft: flag,
  merged: flag,
  merged_at: time,
  created_at: time,
  updated_at: time,
  closed_at: time,
  user: account,
  merged_by: account,
  labels: list(named),
  head: tip,
  base: tip,
  additions: number,
  deletions: number,
  changed_files: number,
  commits: number,
});

const issue = record({
  number: id,
  title: text,
  body: text,
  html_url: text,
  state: text,
  state_reason: text,
  draft: flag,
  created_at: time,
  updated_at: time,
  user: account,
  labels: list(named),
  assignees: list(account),
  milestone: record({ title: text }),
  /** Present when the issue is a pull request. */
  pull_request: record({ html_url: text, merged_at: time }),
});

const comment = record({
  body: text,
  html_url: text,
  created_at: time,
  updated_at: time,
  user: account,
  path: text,
  line: number,
  original_line: number,
});

const commit = record({ id: text, message: text, url: text, timestamp: time, author: account });

const workflowRun = record({
  id,
  name: text,
  display_title: text,
  html_url: text,
  status: text,
  conclusion: text,
  event: text,
  run_number: id,
  run_attempt: number,
  head_branch: text,
  head_sha: text,
  head_commit: commit,
  run_started_at: time,
  updated_at: time,
  actor: account,
  pull_requests: list(record({ number: id })),
});

const checkRun = record({
  name: text,
  html_url: text,
  details_url: text,
  status: text,
  conclusion: text,
  head_sha: text,
  started_at: time,
  completed_at: time,
  output: record({ title: text, summary: text }),
  app: named,
  check_suite: record({ head_branch: text }),
  pull_requests: list(record({ number: id })),
});

const vulnerablePackage = record({ name: text, ecosystem: text });

/** Dependabot's, code scanning's and secret scanning's alerts have these fields between them. */
const alert = record({
  number: id,
  state: text,
  html_url: text,
  created_at: time,
  updated_at: time,
  dismissed_reason: text,
  dismissed_comment: text,
  resolution: text,
  resolution_comment: text,
  validity: text,
  secret_type: text,
  secret_type_display_name: text,
  push_protection_bypassed: flag,
  dependency: record({ package: vulnerablePackage, manifest_path: text }),
  security_advisory: record({ ghsa_id: text, cve_id: text, summary: text, severity: text }),
  security_vulnerability: record({
    severity: text,
    vulnerable_version_range: text,
    first_patched_version: record({ identifier: text }),
  }),
  rule: record({ id: text, name: text, description: text, severity: text, security_severity_level: text }),
  tool: named,
  most_recent_instance: record({ ref: text, location: record({ path: text, start_line: number }) }),
});

/** Every field of every event that Bellhop reads; an event fills in a few of them. */
export const payloadSchema = z.object({
  action: text,
  sender: account,
  repository,
  organization: account,

  ref: text,
  ref_type: text,
  before: text,
  after: text,
  created: flag,
  deleted: flag,
  forced: flag,
  compare: text,
  pusher: account,
  commits: list(commit),
  head_commit: commit,

  pull_request: pullRequest,
  issue,
  comment,
  review: record({ state: text, body: text, html_url: text, submitted_at: time, user: account }),
  label: named,
  assignee: account,
  milestone: record({ title: text }),
  requested_reviewer: account,
  requested_team: named,
  changes: record({
    title: record({ from: text }),
    body: record({ from: text }),
    base: record({ ref: record({ from: text }) }),
    new_repository: repository,
    old_repository: repository,
  }),

  release: record({
    tag_name: text,
    name: text,
    body: text,
    html_url: text,
    draft: flag,
    prerelease: flag,
    published_at: time,
    updated_at: time,
    assets: list(named),
  }),

  workflow: named,
  workflow_run: workflowRun,
  check_run: checkRun,

  deployment: record({ id, ref: text, sha: text, environment: text, task: text }),
  deployment_status: record({
    state: text,
    description: text,
    environment: text,
    environment_url: text,
    log_url: text,
    target_url: text,
    created_at: time,
    updated_at: time,
  }),

  alert,
  starred_at: time,
  zen: text,
  hook: record({ type: text, events: list(z.string()) }),
});

export type Payload = z.infer<typeof payloadSchema>;
