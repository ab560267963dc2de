import type { Reading } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { isRecord } from '../../core/record.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { toEventName } from '../event-name.ts';
import { guessEvent } from '../guess.ts';
import { type Happening, toLabels } from '../happening.ts';
import { toMarkdown } from '../markup/to-markdown.ts';
import { plainText } from '../plain-text.ts';
import { sayOnce } from '../say-once.ts';
import { SEVERITY_EMOJI } from '../severity-of.ts';
import { colon, inBrackets, oneLine, words } from '../wording.ts';
import { readIssue } from './issue.ts';
import { readIssueAlert, readPluginAlert } from './issue-alert.ts';
import { readMetricAlert } from './metric-alert.ts';
import { type IntegrationHook, integrationHook, pluginHook } from './payloads.ts';

const EVENTS: Readonly<Record<string, string>> = {
  'issue.created': 'Sentry saw an error that it had not seen before.',
  'issue.unresolved': 'An issue is back, escalates, or was opened again.',
  'issue.assigned': 'An issue was given to somebody.',
  'issue.resolved': 'An issue is mended.',
  'issue.archived': 'An issue was put aside.',
  'event_alert.triggered': 'An alert rule about an issue’s events fired.',
  'metric_alert.critical': 'What a metric alert watches is critical.',
  'metric_alert.warning': 'What a metric alert watches is close to critical.',
  'metric_alert.resolved': 'What a metric alert watches is well again.',
  'comment.created': 'Somebody commented on an issue.',
};

const IGNORES: Readonly<Record<string, string>> = {
  'error.created':
    'Every single error, thousands of them when something breaks; an issue stands for all that are alike, and an alert rule says when they matter.',
  'comment.updated': 'A comment that was changed.',
  'comment.deleted': 'A comment that was removed.',
  'installation.created': 'The integration was installed.',
  'installation.deleted': 'The integration was removed.',
};

export const sentry = defineSource({
  type: 'sentry',
  title: 'Sentry',
  docs: 'https://docs.sentry.io/organization/integrations/integration-platform/webhooks/',
  verifier: {
    scheme: 'anyOf',
    of: [
      {
        scheme: 'hmac',
        headers: ['sentry-hook-signature'],
        algorithm: 'sha256',
        encoding: 'hex',
        prefix: '',
        signed: '{body}',
        key: 'utf8',
      },
      { scheme: 'urlToken' },
    ],
  },
  setUp:
    'Under “Settings” → “Custom Integrations”, create an internal integration with the address as its webhook URL, tick “Alert Rule Action”, and the webhooks “issue” and “comment”. Its client secret is the source’s secret. Then choose the integration as an action in your alert rules. The older plugin “WebHooks” signs nothing: give it the address with its token at the end (`/hooks/<source>/<secret>`).',
  events: EVENTS,
  ignores: IGNORES,
  eventHeader: 'sentry-hook-resource',
  read,
  dedupeKey: (hook) => hook.headers['request-id'],
});

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { document } = reading;
  const resource = hook.headers['sentry-hook-resource'];
  const plugin = pluginHook.safeParse(document);
  if (resource === undefined && plugin.success && plugin.data.event !== undefined)
    return eventOf('event_alert.triggered', readPluginAlert(plugin.data), { hook, document });

  const parsed = integrationHook.safeParse(document);
  const action = parsed.data?.action ?? '';
  const name = toEventName([resource, action === 'ignored' ? 'archived' : action].filter(Boolean).join('.'));
  if (!parsed.success || resource === undefined || name === undefined)
    return { kind: 'unreadable', reason: 'There is no header Sentry-Hook-Resource, or the body is no JSON object.' };
  const ignored = Object.hasOwn(IGNORES, name) ? IGNORES[name] : undefined;
  if (ignored !== undefined) return { kind: 'ignored', reason: ignored };
  const happening = Object.hasOwn(EVENTS, name) ? happeningOf(name, parsed.data) : undefined;
  if (happening !== undefined) return eventOf(name, happening, { hook, document });
  const guessed = sayOnce(guessEvent(isRecord(document) ? (document.data ?? document) : document, hook, name));
  return { kind: 'events', events: [{ ...guessed, payload: document, unlisted: !Object.hasOwn(EVENTS, name) }] };
}

function happeningOf(name: string, hook: IntegrationHook): Happening | undefined {
  const [resource, action = ''] = name.split('.');
  if (resource === 'issue') return readIssue(action, hook);
  if (resource === 'event_alert') return readIssueAlert(hook);
  return resource === 'metric_alert' ? readMetricAlert(action, hook) : readComment(hook);
}

/** A comment names its issue by number alone. */
function readComment({ data, actor }: IntegrationHook): Happening | undefined {
  if (data?.issue_id === undefined) return undefined;
  const author = oneLine(actor?.name, 60);
  const text = plainText(data.comment ?? '', 500);
  return {
    title: colon(`${words('Comment', author && `by ${author}`)}${inBrackets(data.project_slug)}`, oneLine(text, 90)),
    key: `issue:${data.issue_id}`,
    emoji: '💬',
    labels: { project: data.project_slug, author },
    facts: { text: text.length > 90 || text.includes('\n') ? toMarkdown(text, 'text') : undefined },
  };
}

interface Sent {
  readonly hook: Hook;
  readonly document: unknown;
}

function eventOf(event: string, happening: Happening, { hook, document }: Sent): Reading {
  const { title, key, state, closes, severity = 'info', emoji, tone, labels = {}, facts } = happening;
  const url = safeWebUrl(happening.url ?? '');
  return {
    kind: 'events',
    events: [
      {
        event,
        ...(key !== undefined && { key }),
        ...(state !== undefined && { state }),
        ...(closes === true && { closes }),
        severity,
        title: oneLine(title, 180),
        ...(url !== undefined && { url }),
        labels: toLabels(labels),
        facts: { ...facts, emoji: emoji ?? SEVERITY_EMOJI[severity], tone },
        payload: document,
        at: sentAt(hook),
      },
    ],
  };
}

/** Sentry says when it sent a hook, and of most hooks not when it happened. */
function sentAt({ headers, at }: Hook): Date {
  const seconds = headers['sentry-hook-timestamp'] ?? '';
  return /^\d{9,11}$/.test(seconds) ? new Date(Number(seconds) * 1_000) : at;
}
