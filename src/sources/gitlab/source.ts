import { createHash } from 'node:crypto';
import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { toneOfSeverity } from '../../core/message.ts';
import { isRecord } from '../../core/record.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { type Happening, toLabels } from '../happening.ts';
import { standardWebhooksVerifier } from '../verifiers/standard-webhooks.ts';
import { oneLine } from '../wording.ts';
import { accessToken } from './access-token.ts';
import { deployment } from './deployment.ts';
import { type Context, type Family, nameOf } from './family.ts';
import { featureFlag } from './feature-flag.ts';
import { issue } from './issue.ts';
import { job } from './job.ts';
import { mergeRequest } from './merge-request.ts';
import { note } from './note.ts';
import { type Payload, payloadSchema } from './payloads.ts';
import { pipeline } from './pipeline.ts';
import { homeOf, projectNumber, repoOf } from './project.ts';
import { push, tagPush } from './push.ts';
import { release } from './release.ts';
import { isConfidential, sentEvent, WORD } from './sent-event.ts';
import { readUnlisted } from './unlisted.ts';
import { wikiPage } from './wiki-page.ts';

/** By the name that `sentEvent` gives. */
const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['push', push],
  ['tag_push', tagPush],
  ['merge_request', mergeRequest],
  ['issue', issue],
  ['note', note],
  ['pipeline', pipeline],
  ['job', job],
  ['deployment', deployment],
  ['release', release],
  ['wiki_page', wikiPage],
  ['feature_flag', featureFlag],
  ['access_token', accessToken],
]);

const EVENTS: Readonly<Record<string, string>> = Object.fromEntries(
  [...FAMILIES.values()].flatMap(({ events }) => Object.entries(events).map(([name, { means }]) => [name, means])),
);

const CONFIDENTIAL = 'It is confidential, and a channel has readers who may not see it.';

const IGNORES: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...FAMILIES.values()].flatMap(({ ignores }) => Object.entries(ignores ?? {}))),
  confidential_issue: CONFIDENTIAL,
  confidential_note: CONFIDENTIAL,
  repository_update: 'A system hook that says once more, with less, what `push` and `tag_push` say.',
};

export const gitlab = defineSource({
  type: 'gitlab',
  title: 'GitLab',
  docs: 'https://docs.gitlab.com/user/project/integrations/webhook_events/',
  // The signing token follows Standard Webhooks: https://gitlab.com/gitlab-org/gitlab/-/merge_requests/230944
  verifier: { scheme: 'anyOf', of: [{ scheme: 'token', header: 'x-gitlab-token' }, standardWebhooksVerifier] },
  setUp:
    'In the project (or the group) open **Settings → Webhooks → Add new webhook**. Paste this source’s address as **URL** and ' +
    'the secret as **Secret token** (or, where your GitLab has it, take its **Signing token** as the source’s secret), leave **Enable SSL verification** on, and pick the triggers you want to hear of. Choose a ' +
    'project’s webhook or its group’s: where both are set, everything comes twice. Leave **Custom webhook template** empty. ' +
    'Issues and comments that are confidential are not posted. System hooks (**Admin → System hooks**) are read too.',
  events: EVENTS,
  ignores: IGNORES,
  eventHeader: 'x-gitlab-event',
  // GitLab sends no more: https://docs.gitlab.com/administration/instance_limits/#webhook-payload-size
  maxBody: 25 * 1024 * 1024,
  read,
  dedupeKey,
});

/** Servers before 17.4 name none; and hooks that one hook sets off share the id of the event, so that it needs the body beside it. */
function dedupeKey({ headers, body }: Hook): string | undefined {
  const id = headers['webhook-id']?.trim() || headers['idempotency-key']?.trim();
  const event = headers['x-gitlab-event-uuid']?.trim();
  if (id !== undefined && id !== '') return id;
  return event && `${event}:${createHash('sha256').update(body).digest('hex')}`;
}

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { document } = reading;
  if (!isRecord(document)) return unreadable('The body is no JSON object.');
  const parsed = payloadSchema.safeParse(document);
  const sent = parsed.success ? sentEvent(hook, parsed.data) : undefined;
  if (!parsed.success || sent === undefined)
    return unreadable(
      'The body names no object_kind and no event_name, so this is no webhook of GitLab’s, or a custom template of one.',
    );
  if (isConfidential(hook, parsed.data)) return { kind: 'ignored', reason: CONFIDENTIAL };

  const family = FAMILIES.get(sent);
  const context = contextOf(sent, parsed.data, family);
  if (Object.hasOwn(IGNORES, context.name)) return { kind: 'ignored', reason: IGNORES[context.name] ?? '' };
  const happening = family?.read(context) ?? readUnlisted(context);
  return { kind: 'events', events: [toEvent(context, happening, { document, at: hook.at })] };
}

const unreadable = (reason: string): Reading => ({ kind: 'unreadable', reason });

function contextOf(sent: string, payload: Payload, family: Family | undefined): Context {
  const own = payload.object_attributes?.action ?? payload.action;
  const written = (family?.action === undefined ? own : family.action(payload)) ?? '';
  // `push` and `feature_flag` have no action, whatever the payload says.
  const isBare = family !== undefined && Object.hasOwn(family.events, sent);
  const action = isBare || !WORD.test(written) ? '' : written;
  const home = homeOf(payload);
  const repo = repoOf(payload, home);
  return {
    name: action === '' ? sent : `${sent}.${action}`,
    action,
    payload,
    actor: actorOf(sent, payload),
    repo,
    scope: repo || projectNumber(payload),
    place: repo === '' ? '' : ` in ${repo}`,
    home,
  };
}

/** A push names whoever pushed at the top; elsewhere those fields are about a new member. */
function actorOf(sent: string, { user, user_username: username, user_name: name }: Payload): string {
  const pusher = sent === 'push' || sent === 'tag_push' ? nameOf({ username, name }) : undefined;
  return nameOf(user) ?? pusher ?? 'Somebody';
}

/** Long titles are cut once more where a long path stands before them. */
const TITLE_LENGTH = 180;

function toEvent(
  { name, action, actor, repo, home }: Context,
  happening: Happening,
  { document, at }: { readonly document: unknown; readonly at: Date },
): SourceEvent {
  const severity = happening.severity ?? 'info';
  const url = safeWebUrl(happening.url ?? '') ?? safeWebUrl(home ?? '');
  const listed = Object.hasOwn(EVENTS, name);
  return {
    event: name,
    ...(happening.key !== undefined && { key: happening.key }),
    ...(happening.state !== undefined && { state: happening.state }),
    ...(happening.closes === true && { closes: true }),
    severity,
    title: oneLine(happening.title, TITLE_LENGTH),
    ...(url !== undefined && { url }),
    labels: toLabels({
      repo,
      owner: repo.split('/').slice(0, -1).join('/'),
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
