import { z } from 'zod';
import { flag, id, list, number, record, text, time } from '../lenient.ts';

const account = record({ id, username: text, name: text, re_requested: flag });

const project = record({
  id,
  path_with_namespace: text,
  web_url: text,
  homepage: text,
  default_branch: text,
});

const commit = record({
  id: text,
  title: text,
  message: text,
  url: text,
  timestamp: time,
  author: record({ name: text }),
  author_name: text,
});

const label = record({ title: text });

/** What was before and what is now, of which only the presence counts. */
const touched = record({});

const from = record({ previous: text, current: text });

/** An issue, a merge request, a comment, a pipeline, a page: whatever the payload is about, each fills in a few fields. */
const thing = record({
  id,
  iid: id,
  author_id: id,
  action: text,
  state: text,
  status: text,
  type: text,
  severity: text,
  title: text,
  name: text,
  description: text,
  url: text,
  labels: list(label),
  created_at: time,
  updated_at: time,
  finished_at: time,
  due_date: text,
  /** Anything but `false` and nothing counts, so that no other spelling lets it out. */
  confidential: z.unknown().optional(),
  internal: z.unknown().optional(),

  draft: flag,
  work_in_progress: flag,
  source_branch: text,
  target_branch: text,
  source_project_id: id,
  target_project_id: id,
  /** The project that a merge request comes from, or what started a pipeline. */
  source: z
    .union([z.string(), z.object({ path_with_namespace: text })])
    .optional()
    .catch(undefined),
  target: project,
  last_commit: commit,
  oldrev: text,

  note: text,
  noteable_type: text,
  commit_id: text,
  position: record({ new_path: text, old_path: text, new_line: id, old_line: id }),

  ref: text,
  tag: flag,
  sha: text,
  duration: number,

  slug: text,
  message: text,
  diff_url: text,
  active: flag,
  expires_at: text,
  awarded_on_url: text,
});

/** Every field of every event that Bellhop reads; an event fills in a few of them. */
export const payloadSchema = z.object({
  object_kind: text,
  event_name: text,
  event_type: text,
  user: account,
  project,
  project_id: id,
  repository: project,
  object_attributes: thing,
  merge_request: thing,
  issue: thing,
  snippet: thing,
  commit,
  labels: list(label),
  assignees: list(account),
  reviewers: list(account),
  changes: record({
    title: from,
    description: touched,
    draft: record({ current: flag }),
    target_branch: from,
    labels: record({ previous: list(label), current: list(label) }),
    assignees: record({ previous: list(account), current: list(account) }),
    reviewers: record({ previous: list(account), current: list(account) }),
    milestone_id: record({ previous: id, current: id }),
    severity: from,
    due_date: touched,
    weight: touched,
    time_estimate: touched,
    total_time_spent: touched,
    discussion_locked: touched,
  }),

  before: text,
  after: text,
  ref: text,
  message: text,
  commits: list(commit),
  /** At most twenty commits are listed; this counts them all. */
  total_commits_count: number,
  user_username: text,
  user_name: text,

  builds: list(record({ name: text, status: text, allow_failure: flag })),
  build_id: id,
  build_name: text,
  build_stage: text,
  build_status: text,
  build_created_at: time,
  build_started_at: time,
  build_finished_at: time,
  build_duration: number,
  build_allow_failure: flag,
  build_failure_reason: text,
  pipeline_id: id,
  sha: text,
  /** Of a release its tag; of a job whether it runs on one. */
  tag: z.union([z.string(), z.boolean()]).optional().catch(undefined),
  /** Of a deployment its name; of a job the whole thing. */
  environment: z
    .union([z.string(), z.object({ name: text })])
    .optional()
    .catch(undefined),

  status: text,
  status_changed_at: time,
  deployment_id: id,
  deployable_url: text,
  environment_external_url: text,
  environment_tier: text,
  short_sha: text,
  commit_url: text,
  commit_title: text,

  action: text,
  name: text,
  description: text,
  url: text,
  created_at: time,
  updated_at: time,
  released_at: time,
  assets: record({ links: list(record({ name: text })) }),

  group: record({ group_name: text, group_path: text, full_path: text }),

  /** System hooks and those about members have neither an object nor a user: what they say stands at the top. */
  state: text,
  username: text,
  old_username: text,
  access_level: text,
  group_access: text,
  group_name: text,
  group_path: text,
  path: text,
  full_path: text,
  old_path: text,
  old_full_path: text,
  path_with_namespace: text,
  old_path_with_namespace: text,
  project_path_with_namespace: text,
});

export type Payload = z.infer<typeof payloadSchema>;
export type Account = Payload['user'];
export type Thing = Payload['object_attributes'];
