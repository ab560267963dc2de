import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { toneOfSeverity } from '../../core/message.ts';
import { isRecord } from '../../core/record.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { oneLine } from '../one-line.ts';
import { CHECK_RUN_IGNORES, checkRun } from './check-run.ts';
import { codeScanningAlert } from './code-scanning-alert.ts';
import { dependabotAlert } from './dependabot-alert.ts';
import { deploymentStatus } from './deployment-status.ts';
import { type Context, type Family, type Happening, toLabels } from './family.ts';
import { issueComment } from './issue-comment.ts';
import { issues } from './issues.ts';
import { type Payload, payloadSchema } from './payloads.ts';
import { ping } from './ping.ts';
import { pullRequest } from './pull-request.ts';
import { push } from './push.ts';
import { createRef, deleteRef } from './refs.ts';
import { release } from './release.ts';
import { pullRequestReview, pullRequestReviewComment } from './review.ts';
import { secretScanningAlert } from './secret-scanning-alert.ts';
import { star } from './star.ts';
import { readUnlisted } from './unlisted.ts';
import { workflowRun } from './workflow-run.ts';

/** By `X-GitHub-Event`. */
const FAMILIES: ReadonlyMap<string, Family> = new Map([
  ['push', push],
  ['pull_request', pullRequest],
  ['pull_request_review', pullRequestReview],
  ['pull_request_review_comment', pullRequestReviewComment],
  ['issues', issues],
  ['issue_comment', issueComment],
  ['release', release],
  ['workflow_run', workflowRun],
  ['check_run', checkRun],
  ['deployment_status', deploymentStatus],
  ['create', createRef],
  ['delete', deleteRef],
  ['star', star],
  ['dependabot_alert', dependabotAlert],
  ['code_scanning_alert', codeScanningAlert],
  ['secret_scanning_alert', secretScanningAlert],
  ['ping', ping],
]);

const EVENTS: Readonly<Record<string, string>> = Object.fromEntries(
  [...FAMILIES.values()].flatMap(({ events }) => Object.entries(events).map(([name, { means }]) => [name, means])),
);

const IGNORES: Readonly<Record<string, string>> = {
  ...CHECK_RUN_IGNORES,
  'check_suite.requested': 'An order to the apps that run checks, not news: what they do arrives as `check_run`.',
  'check_suite.rerequested': 'An order to the apps that run checks, not news: what they do arrives as `check_run`.',
  'watch.started': 'The old name of `star.created`, which GitHub sends for the same click.',
};

export const github = defineSource({
  type: 'github',
  title: 'GitHub',
  docs: 'https://docs.github.com/en/webhooks/webhook-events-and-payloads',
  verifier: {
    scheme: 'hmac',
    headers: ['x-hub-signature-256'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'sha256=',
    signed: '{body}',
    key: 'utf8',
  },
  setUp:
    'In the repository (or the organization) open **Settings → Webhooks → Add webhook**. Paste this source’s address as ' +
    '**Payload URL**, choose `application/json` as **Content type**, paste the secret, and pick the events you want to hear ' +
    'of: **Let me select individual events** is quieter than **Send me everything**. GitHub sends a `ping` at once.',
  events: EVENTS,
  ignores: IGNORES,
  eventHeader: 'x-github-event',
  // Larger ones are not sent: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap
  maxBody: 25 * 1024 * 1024,
  read,
  dedupeKey: (hook) => hook.headers['x-github-delivery']?.trim() || undefined,
});

function read(hook: Hook): Reading {
  const sent = hook.headers['x-github-event']?.trim() ?? '';
  if (sent === '') return unreadable('The X-GitHub-Event header is missing, so this is no webhook of GitHub’s.');
  // The name finds a template's file.
  if (!WORD.test(sent)) return unreadable('The X-GitHub-Event header holds no event name.');
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { document } = reading;
  if (!isRecord(document)) return unreadable('The body is no JSON object.');
  const parsed = payloadSchema.safeParse(document);
  if (!parsed.success || !MARKS.some((mark) => Object.hasOwn(document, mark)))
    return unreadable('The body is no payload of GitHub’s: it names no action, sender, repository or organization.');

  const family = FAMILIES.get(sent);
  const context = contextOf(sent, parsed.data, family);
  const ignored =
    family?.ignored?.(context) ?? (Object.hasOwn(IGNORES, context.name) ? IGNORES[context.name] : undefined);
  if (ignored !== undefined) return { kind: 'ignored', reason: ignored };
  const happening = family?.read(context) ?? readUnlisted(context, document);
  return { kind: 'events', events: [toEvent(context, happening, { document, at: hook.at })] };
}

const WORD = /^[a-z][a-z0-9_]{0,59}$/;

/** Every payload has one of these, most have four. */
const MARKS = ['action', 'sender', 'repository', 'organization', 'enterprise', 'installation', 'hook'] as const;

const unreadable = (reason: string): Reading => ({ kind: 'unreadable', reason });

function contextOf(sent: string, payload: Payload, family: Family | undefined): Context {
  const written = (family?.action === undefined ? payload.action : family.action(payload)) ?? '';
  // `push` and `create` have no action, whatever the payload says.
  const bare = family !== undefined && Object.hasOwn(family.events, sent);
  const action = bare || !WORD.test(written) ? '' : written;
  const repo = repoOf(payload);
  return {
    name: action === '' ? sent : `${sent}.${action}`,
    action,
    payload,
    actor: toLabels({ actor: payload.sender?.login ?? payload.pusher?.name }).actor?.toString() ?? 'Somebody',
    repo,
    place: repo === '' ? '' : ` in ${repo}`,
  };
}

/** `owner/name`, or empty. */
function repoOf({ repository }: Payload): string {
  const { full_name: full, owner, name } = repository ?? {};
  const repo = full ?? (owner?.login !== undefined && name !== undefined ? `${owner.login}/${name}` : '');
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
      owner: repo === '' ? payload.organization?.login : repo.split('/', 1)[0],
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
