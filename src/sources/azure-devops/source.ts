import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { toneOfSeverity } from '../../core/message.ts';
import { valueAt } from '../../core/path.ts';
import { isRecord } from '../../core/record.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { toEventName } from '../event-name.ts';
import { type Happening, toLabels } from '../happening.ts';
import { excerpt, oneLine } from '../wording.ts';
import { build } from './build.ts';
import { deployment } from './deployment.ts';
import type { Context, Family } from './family.ts';
import { linkIn, sentenceOf } from './message-text.ts';
import { type Payload, payloadSchema } from './payloads.ts';
import { pullRequest } from './pull-request.ts';
import { push } from './push.ts';
import { workItem } from './work-item.ts';

const FAMILIES: readonly Family[] = [push, pullRequest, build, deployment, workItem];

const BY_NAME: ReadonlyMap<string, Family> = new Map(
  FAMILIES.flatMap((family) => Object.keys(family.events).map((name) => [name, family] as const)),
);

const EVENTS: Readonly<Record<string, string>> = Object.fromEntries(
  FAMILIES.flatMap(({ events }) => Object.entries(events).map(([name, { means }]) => [name, means])),
);

export const azureDevops = defineSource({
  type: 'azure-devops',
  title: 'Azure DevOps',
  docs: 'https://learn.microsoft.com/en-us/azure/devops/service-hooks/events',
  // It signs nothing; a user name and a password are what it can send.
  verifier: { scheme: 'basic', user: 'bellhop' },
  setUp:
    'In the project open **Project settings → Service hooks → Create subscription** and choose **Web Hooks**, then the event: ' +
    'each has a subscription of its own. Paste this source’s address as **URL**, type `bellhop` as **Basic authentication ' +
    'username**, and paste the secret as **Basic authentication password**. Leave **Resource details to send** and **Messages ' +
    'to send** at **All**.',
  events: EVENTS,
  ignores: {},
  read,
  // The same event has one id for all its subscriptions, and a pressed **Test** has always the same.
  dedupeKey(_hook, { payload }) {
    const [id, ...more] = ['id', 'subscriptionId', 'notificationId'].map((name) => valueAt(payload, [name]));
    if (typeof id !== 'string' || id === '') return undefined;
    return [id, ...more.filter((part) => typeof part === 'string' || typeof part === 'number')].join('/').slice(0, 200);
  },
});

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { document } = reading;
  const parsed = payloadSchema.safeParse(document);
  if (!isRecord(document) || !parsed.success) return unreadable('The body is no JSON object.');
  const name = toEventName(parsed.data.eventType);
  if (name === undefined) return unreadable('The body names no eventType, so this is no service hook of Azure DevOps.');
  const context = contextOf(name, parsed.data);
  const family = BY_NAME.get(name);
  const ignored = family?.ignored?.(context);
  if (ignored !== undefined) return { kind: 'ignored', reason: ignored };
  const happening = family?.read(context) ?? readUnlisted(context);
  return { kind: 'events', events: [toEvent(context, happening, { document, at: hook.at })] };
}

const unreadable = (reason: string): Reading => ({ kind: 'unreadable', reason });

function contextOf(name: string, payload: Payload): Context {
  const { resource } = payload;
  const { repository } = resource;
  const fields = resource.revision?.fields ?? resource.fields;
  const written = valueAt(fields, ['System.TeamProject']);
  const project = oneLine(
    repository?.project?.name ?? resource.project?.name ?? (typeof written === 'string' ? written : undefined),
    64,
  );
  const bare = oneLine(repository?.name, 64);
  return {
    name,
    payload,
    resource,
    repo: project === '' || bare === '' ? '' : `${project}/${bare}`,
    project,
    home: homeOf(repository?.remoteUrl),
  };
}

/** The address that Git uses is that of the page, but for the user in it. */
function homeOf(remote: string | undefined): string | undefined {
  return safeWebUrl(remote?.replace(/^(https?:\/\/)[^/@]{1,100}@/, '$1') ?? '');
}

/** The sender has a sentence for each of its events. */
function readUnlisted({ name, payload }: Context): Happening {
  const said = sentenceOf(payload);
  const more = excerpt(payload.detailedMessage?.text);
  return {
    title: said || `Azure DevOps: ${name}`,
    url: linkIn(payload),
    facts: { text: more === undefined || oneLine(more) === said ? undefined : more },
  };
}

function toEvent(
  { name, payload, repo, project, home }: Context,
  happening: Happening,
  { document, at }: { readonly document: unknown; readonly at: Date },
): SourceEvent {
  const severity = happening.severity ?? 'info';
  const url = safeWebUrl(happening.url ?? '') ?? home;
  return {
    event: name,
    ...(happening.key !== undefined && { key: happening.key }),
    ...(happening.state !== undefined && { state: happening.state }),
    ...(happening.closes === true && { closes: true }),
    severity,
    title: oneLine(happening.title, 180),
    ...(url !== undefined && { url }),
    labels: toLabels({ repo, project, ...happening.labels }),
    facts: { emoji: happening.emoji ?? '🔔', tone: happening.tone ?? toneOfSeverity(severity), ...happening.facts },
    payload: document,
    at: happening.at ?? payload.createdDate ?? at,
    ...(!Object.hasOwn(EVENTS, name) && { unlisted: true }),
  };
}
