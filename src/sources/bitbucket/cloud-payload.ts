import { z } from 'zod';
import { flag, id, list, number, record, text, time } from '../lenient.ts';

const href = record({ href: text });
const links = record({ html: href, commit: href });

/** `username` is what old payloads have; a commit’s author may be a line of Git’s, with or without the user. */
const user = record({ display_name: text, nickname: text, username: text });

const repository = record({ full_name: text, links, mainbranch: record({ name: text }) });

const end = record({ branch: record({ name: text }), commit: record({ hash: text }), repository });

const content = record({ raw: text });

const commit = record({
  hash: text,
  message: text,
  author: record({ raw: text, display_name: text, nickname: text, username: text, user }),
  links,
});

const ref = record({ type: text, name: text, target: commit, links });

const review = record({ date: time });

/** Every field that Bellhop reads of what Bitbucket Cloud sends. */
export const cloudPayloadSchema = z.object({
  actor: user,
  repository,
  project: record({ name: text, links }),
  pullrequest: record({
    id,
    title: text,
    description: text,
    state: text,
    draft: flag,
    author: user,
    source: end,
    destination: end,
    reviewers: list(user),
    reason: text,
    created_on: time,
    updated_on: time,
    links,
  }),
  approval: review,
  changes_request: review,
  comment: record({
    content,
    inline: record({ path: text, from: number, to: number }),
    created_on: time,
    updated_on: time,
    links,
  }),
  commit,
  push: record({
    changes: list(
      record({
        new: ref,
        old: ref,
        created: flag,
        forced: flag,
        closed: flag,
        truncated: flag,
        /** The newest first, five at most. */
        commits: list(commit),
        links,
      }),
    ),
  }),
  commit_status: record({
    name: text,
    key: text,
    state: text,
    description: text,
    url: text,
    refname: text,
    created_on: time,
    updated_on: time,
    commit: record({ hash: text }),
    links,
  }),
  issue: record({
    id,
    title: text,
    content,
    state: text,
    kind: text,
    type: text,
    priority: text,
    assignee: user,
    updated_on: time,
    links,
  }),
  fork: repository,
  changes: z.record(z.string(), z.unknown()).optional().catch(undefined),
});

export type CloudPayload = z.infer<typeof cloudPayloadSchema>;
export type CloudUser = CloudPayload['actor'];
