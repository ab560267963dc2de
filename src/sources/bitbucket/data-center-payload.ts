import { z } from 'zod';
import { flag, id, list, number, record, text, time } from '../lenient.ts';

const links = record({ self: list(record({ href: text })) });

const user = record({ name: text, displayName: text, links });

/** Milliseconds since 1970. */
const moment = z
  .number()
  .transform((ms) => new Date(ms))
  .refine((at) => at.getTime() > 0)
  .optional()
  .catch(undefined);

const bare = { slug: text, name: text, project: record({ key: text }), links };
const repository = record({ ...bare, origin: record(bare) });

const end = record({ id: text, displayId: text, latestCommit: text, repository });

const commit = record({ id: text, message: text, author: record({ name: text, displayName: text }) });

/** Every field that Bellhop reads of what Bitbucket Data Center and its forerunner, Bitbucket Server, send. */
export const dataCenterPayloadSchema = z.object({
  eventKey: text,
  date: time,
  actor: user,
  repository,
  test: flag,

  pullRequest: record({
    id,
    title: text,
    description: text,
    state: text,
    draft: flag,
    createdDate: moment,
    updatedDate: moment,
    closedDate: moment,
    fromRef: end,
    toRef: end,
    author: record({ user }),
    reviewers: list(record({ user })),
    links,
  }),
  previousTitle: text,
  previousTarget: record({ displayId: text }),
  previousFromHash: text,
  previousStatus: text,
  addedReviewers: list(user),
  removedReviewers: list(user),

  comment: record({ id, text, anchor: record({ path: text, line: number }), updatedDate: moment }),
  /** The commit that is commented on. */
  commit: text,

  changes: list(
    record({ ref: record({ displayId: text, type: text }), refId: text, fromHash: text, toHash: text, type: text }),
  ),
  /** Of the whole push, the newest first, five at most; since Data Center 8. */
  commits: list(commit),
  toCommit: commit,

  old: repository,
  new: repository,
});

export type DataCenterPayload = z.infer<typeof dataCenterPayloadSchema>;
export type DataCenterUser = DataCenterPayload['actor'];
export type DataCenterRepository = DataCenterPayload['repository'];
