import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { toneOfSeverity } from '../../core/message.ts';
import { isRecord } from '../../core/record.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { type Happening, toLabels } from '../happening.ts';
import { oneLine } from '../one-line.ts';
import { DELIVERY_HEADERS, familyName, firstOf, sentEvent } from './event-name.ts';
import { type Context, type Family, loginOf } from './family.ts';
import { fork } from './fork.ts';
import { issueComment } from './issue-comment.ts';
import { issues } from './issues.ts';
import { packageFamily } from './package.ts';
import { type Payload, payloadSchema } from './payloads.ts';
import { pullRequest } from './pull-request.ts';
import { push } from './push.ts';
import { createRef, deleteRef } from './refs.ts';
import { release } from './release.ts';
import { repository } from './repository.ts';
import { pullRequestReview } from './review.ts';
import { readUnlisted } from './unlisted.ts';
import { wiki } from './wiki.ts';

/** By the name that `familyName` gives. */
const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['push', push],
  ['create', createRef],
  ['delete', deleteRef],
  ['fork', fork],
  ['issues', issues],
  ['issue_comment', issueComment],
  ['pull_request', pullRequest],
  ['pull_request_review_approved', pullRequestReview],
  ['pull_request_review_rejected', pullRequestReview],
  ['pull_request_review_comment', pullRequestReview],
  ['release', release],
  ['repository', repository],
  ['wiki', wiki],
  ['package', packageFamily],
]);

const EVENTS: Readonly<Record<string, string>> = Object.fromEntries(
  [...FAMILIES.values()].flatMap(({ events }) => Object.entries(events).map(([name, { means }]) => [name, means])),
);

export const gitea = defineSource({
  type: 'gitea',
  title: 'Gitea, Forgejo, Gogs',
  docs: 'https://docs.gitea.com/usage/repository/webhooks',
  verifier: {
    scheme: 'hmac',
    // One signature under several names, without a prefix; an empty header (there is no secret) counts as missing.
    headers: ['x-gitea-signature', 'x-forgejo-signature', 'x-gogs-signature'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: '',
    signed: '{body}',
    carrier: 'payload',
    key: 'utf8',
  },
  takesGet: true,
  setUp:
    'In the repository (or the organization) open **Settings → Webhooks → Add webhook** and choose **Gitea**, **Forgejo** or ' +
    '**Gogs**, whichever your server is called. Paste this source’s address as **Target URL** and the secret as **Secret**; any ' +
    '**HTTP method** and **POST content type** will do. Without a secret the signature is empty, and the hook is refused. On a ' +
    'private network the server’s `ALLOWED_HOST_LIST` must name this one.',
  events: EVENTS,
  ignores: {},
  eventHeader: 'x-gitea-event',
  // A push lists what each commit touched, and nothing caps it.
  maxBody: 10 * 1024 * 1024,
  read,
  dedupeKey: (hook) => firstOf(hook, DELIVERY_HEADERS),
});

function read(hook: Hook): Reading {
  const sent = sentEvent(hook);
  if (sent === undefined)
    return unreadable('The X-Gitea-Event header is missing, so this is no webhook of Gitea’s, Forgejo’s or Gogs’.');
  // The name finds a template's file.
  if (!WORD.test(sent)) return unreadable('The X-Gitea-Event header holds no event name.');
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { document } = reading;
  if (!isRecord(document)) return unreadable('The body is no JSON object.');
  const parsed = payloadSchema.safeParse(document);
  if (!parsed.success || !MARKS.some((mark) => Object.hasOwn(document, mark)))
    return unreadable('The body is no payload of Gitea’s: it names no action, sender, repository or organization.');

  const family = FAMILIES.get(familyName(sent, parsed.data));
  const context = contextOf(familyName(sent, parsed.data), parsed.data, hook);
  const happening = family?.read(context) ?? readUnlisted(context, document);
  return { kind: 'events', events: [toEvent(context, happening, { document, at: hook.at })] };
}

const WORD = /^[a-z][a-z0-9_]{0,59}$/;

/** Every payload has one of these, most have three. */
const MARKS = ['action', 'sender', 'repository', 'organization', 'forkee', 'pusher', 'run'] as const;

const unreadable = (reason: string): Reading => ({ kind: 'unreadable', reason });

function contextOf(name: string, payload: Payload, hook: Hook): Context {
  const family = FAMILIES.get(name);
  const written = (family?.action === undefined ? payload.action : family.action(payload)) ?? '';
  // `push`, `create` and a review have no action, whatever the payload says; `action_run_failure` says it itself.
  const bare = (family !== undefined && Object.hasOwn(family.events, name)) || name.endsWith(`_${written}`);
  const action = bare || !WORD.test(written) ? '' : written;
  const repo = repoOf(payload, name);
  return {
    name: action === '' ? name : `${name}.${action}`,
    action,
    payload,
    actor: actorOf(payload, action),
    repo,
    place: repo === '' ? '' : ` in ${repo}`,
    isGogs: hook.headers['x-gogs-event'] !== undefined && hook.headers['x-gitea-event'] === undefined,
  };
}

/** Old Gogs names no sender; who pushed, wrote or opened it is somebody else's field there. */
function actorOf(payload: Payload, action: string): string {
  const opener = action === 'opened' ? (payload.issue?.user ?? payload.pull_request?.user) : undefined;
  const author = action === 'created' ? payload.comment?.user : undefined;
  return loginOf(payload.sender) ?? loginOf(payload.pusher) ?? loginOf(author ?? opener) ?? 'Somebody';
}

/** `owner/name` of the repository that has the webhook, or empty. */
function repoOf(payload: Payload, name: string): string {
  const { forkee, package: pack, repository, run } = payload;
  const place = (name === 'fork' ? forkee : repository) ?? pack?.repository ?? run?.repository;
  const { full_name: full, owner, name: short } = place ?? {};
  const login = loginOf(owner);
  const repo = full ?? (login !== undefined && short !== undefined ? `${login}/${short}` : '');
  return /^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(repo) ? repo : '';
}

/** Long titles are cut once more where a long name stands before them. */
const LONGEST_TITLE = 180;

function toEvent(
  { name, action, payload, actor, repo }: Context,
  happening: Happening,
  { document, at }: { readonly document: unknown; readonly at: Date },
): SourceEvent {
  const severity = happening.severity ?? 'info';
  const url = safeWebUrl(happening.url ?? '') ?? safeWebUrl(payload.repository?.html_url ?? '');
  const listed = Object.hasOwn(EVENTS, name);
  return {
    event: name,
    ...(happening.key !== undefined && { key: happening.key }),
    ...(happening.state !== undefined && { state: happening.state }),
    ...(happening.closes === true && { closes: true }),
    severity,
    title: oneLine(happening.title, LONGEST_TITLE),
    ...(url !== undefined && { url }),
    labels: toLabels({
      repo,
      owner: repo === '' ? loginOf(payload.organization) : repo.split('/', 1)[0],
      author: actor === 'Somebody' ? undefined : actor,
      action,
      ...happening.labels,
    }),
    facts: { emoji: happening.emoji ?? '🔔', tone: happening.tone ?? toneOfSeverity(severity), ...happening.facts },
    payload: document,
    at: isTime(happening.at) ? happening.at : at,
    ...(!listed && { unlisted: true }),
  };
}

const isTime = (at: Date | undefined): at is Date => at !== undefined && at.getTime() > 0;
