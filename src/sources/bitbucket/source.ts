import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { toneOfSeverity } from '../../core/message.ts';
import { isRecord } from '../../core/record.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { type Happening, toLabels } from '../happening.ts';
import { oneLine } from '../wording.ts';
import { readCloud } from './cloud.ts';
import { commitComment, issueComment, pullRequestComment } from './comments.ts';
import { commitStatus } from './commit-status.ts';
import { readDataCenter } from './data-center.ts';
import { nameOfKey } from './event-keys.ts';
import type { Context, Family } from './family.ts';
import { issue } from './issue.ts';
import { pullRequest } from './pull-request.ts';
import { push } from './push.ts';
import type { Report } from './report.ts';
import { ping, repository } from './repository.ts';
import { readUnlisted } from './unlisted.ts';

const FAMILIES: readonly Family[] = [
  push,
  pullRequest,
  pullRequestComment,
  commitStatus,
  commitComment,
  issue,
  issueComment,
  repository,
  ping,
];

const BY_NAME: ReadonlyMap<string, Family> = new Map(
  FAMILIES.flatMap((family) => Object.keys(family.events).map((name) => [name, family] as const)),
);

const EVENTS: Readonly<Record<string, string>> = Object.fromEntries(
  FAMILIES.flatMap(({ events }) => Object.entries(events).map(([name, { means }]) => [name, means])),
);

const IGNORES: Readonly<Record<string, string>> = {
  'mirror.repo_synchronized': 'A mirror caught up with its repository: the push itself arrives as `repo.push`.',
  'pr.to_ref_updated': 'The target branch of a pull request moved on: the push to it arrives as `repo.push`.',
};

export const bitbucket = defineSource({
  type: 'bitbucket',
  title: 'Bitbucket',
  docs: 'https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/',
  verifier: {
    scheme: 'hmac',
    headers: ['x-hub-signature'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'sha256=',
    signed: '{body}',
    key: 'utf8',
  },
  setUp:
    'In the repository open **Repository settings → Webhooks → Add webhook** (in Data Center **Create webhook**). Paste this ' +
    'source’s address as **URL**, paste the secret as **Secret**, and choose the triggers you want to hear of: the default ' +
    'is pushes alone. Cloud and Data Center have different names for the same events; here both have the same.',
  events: EVENTS,
  ignores: IGNORES,
  eventHeader: 'x-event-key',
  read,
  // A retry of Cloud’s has the id of the first attempt.
  dedupeKey: ({ headers }) => headers['x-request-uuid']?.trim() || headers['x-request-id']?.trim() || undefined,
});

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { document } = reading;
  if (!isRecord(document)) return unreadable('The body is no JSON object.');
  // Data Center writes its key into the body, too.
  const inBody = typeof document.eventKey === 'string' ? document.eventKey : undefined;
  const key = (hook.headers['x-event-key']?.trim() || inBody) ?? '';
  if (key === '') return unreadable('The X-Event-Key header is missing, so this is no webhook of Bitbucket’s.');
  // The name finds a template's file.
  const name = nameOfKey(key);
  if (name === undefined) return unreadable('The X-Event-Key header holds no event key.');
  const report = isDataCenter(key, inBody) ? readDataCenter(document) : readCloud(document);
  if (report === undefined)
    return unreadable('The body is no payload of Bitbucket’s: it names no actor, repository or pull request.');

  const context = contextOf(name, report);
  const family = BY_NAME.get(name);
  const ignored = family?.ignored?.(context) ?? (Object.hasOwn(IGNORES, name) ? IGNORES[name] : undefined);
  if (ignored !== undefined) return { kind: 'ignored', reason: ignored };
  const happening = family?.read(context) ?? readUnlisted(context);
  return { kind: 'events', events: [toEvent(context, happening, { document, at: hook.at })] };
}

const unreadable = (reason: string): Reading => ({ kind: 'unreadable', reason });

/** Cloud has no key in its bodies, and its keys never begin so. */
const isDataCenter = (key: string, inBody: string | undefined): boolean =>
  inBody !== undefined || /^(pr|mirror|diagnostics):|^repo:(refs_changed|modified|forked|comment:)/.test(key);

function contextOf(name: string, report: Report): Context {
  const repo = /^~?[\w.-]{1,100}\/[\w.-]{1,130}$/.test(report.repo ?? '') ? (report.repo ?? '') : '';
  return {
    name,
    report,
    actor: oneLine(report.actor, 60) || 'Somebody',
    repo,
    place: repo === '' ? '' : ` in ${repo}`,
  };
}

function toEvent(
  { name, report, repo }: Context,
  happening: Happening,
  { document, at }: { readonly document: unknown; readonly at: Date },
): SourceEvent {
  const severity = happening.severity ?? 'info';
  const url = safeWebUrl(happening.url ?? '') ?? safeWebUrl(report.home ?? '');
  const listed = Object.hasOwn(EVENTS, name);
  return {
    event: name,
    ...(happening.key !== undefined && { key: happening.key }),
    ...(happening.state !== undefined && { state: happening.state }),
    ...(happening.closes === true && { closes: true }),
    severity,
    title: oneLine(happening.title, 180),
    ...(url !== undefined && { url }),
    labels: toLabels({
      repo,
      owner: repo === '' ? undefined : repo.split('/', 1)[0],
      author: report.login,
      action: name.slice(name.indexOf('.') + 1),
      ...happening.labels,
    }),
    facts: { emoji: happening.emoji ?? '🔔', tone: happening.tone ?? toneOfSeverity(severity), ...happening.facts },
    payload: document,
    at: report.at ?? happening.at ?? at,
    ...(!listed && { unlisted: true }),
  };
}
