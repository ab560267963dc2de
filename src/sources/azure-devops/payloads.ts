import { z } from 'zod';
import { flag, id, list, number, record, text, time } from '../lenient.ts';

const message = record({ text, markdown: text });
const href = record({ href: text });
const links = record({ web: href, html: href });

const person = record({ displayName: text });

/** Who it was: an object, or in older versions `Mona Lisa <mona@example.com>`. */
const anyone = z
  .union([
    z.string().transform((written) => written.slice(0, 500).replace(/\s*<[^>]*>\s*$/, '')),
    z.object({ displayName: z.string() }).transform(({ displayName }) => displayName),
  ])
  .optional()
  .catch(undefined);

const project = record({ name: text });
const repository = record({ name: text, remoteUrl: text, defaultBranch: text, project });

/** A field of a work item; what changed has both values, what was is the value itself. */
const fields = z.record(z.string(), z.unknown()).optional().catch(undefined);

/** Of every event; an event fills in a few of them. */
const resource = z.object({
  id,
  repository,
  project,
  _links: links,

  commits: list(record({ commitId: text, comment: text, author: record({ name: text }) })),
  refUpdates: list(record({ name: text, oldObjectId: text, newObjectId: text })),
  pushedBy: person,
  date: time,

  pullRequestId: id,
  title: text,
  description: text,
  status: text,
  mergeStatus: text,
  isDraft: flag,
  createdBy: person,
  closedBy: person,
  reviewers: list(record({ displayName: text, vote: number })),
  creationDate: time,
  closedDate: time,
  sourceRefName: text,
  targetRefName: text,

  buildNumber: text,
  result: text,
  definition: project,
  startTime: time,
  finishTime: time,
  sourceBranch: text,
  sourceVersion: text,
  sourceGetVersion: text,
  requestedFor: person,
  requests: list(record({ requestedFor: person })),

  environment: record({
    name: text,
    status: text,
    release: record({ name: text, _links: links }),
    releaseDefinition: project,
    timeToDeploy: number,
  }),

  workItemId: id,
  fields,
  revisedBy: anyone,
  revisedDate: time,
  revision: record({ fields, _links: links }),
});

/** Every field of every event that Bellhop reads. */
export const payloadSchema = z.object({
  id: text,
  subscriptionId: text,
  notificationId: id,
  eventType: text,
  message,
  detailedMessage: message,
  createdDate: time,
  /** Empty where it is missing. */
  resource: resource.catch(() => resource.parse({})),
});

export type Payload = z.infer<typeof payloadSchema>;
export type Resource = Payload['resource'];

/** The name of whoever a field names, in either way. */
export const nameOf = (value: unknown): string | undefined => anyone.parse(value);
