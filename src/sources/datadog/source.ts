import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import type { Severity } from '../../core/severity.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { deliveryIdOf } from '../delivery-id.ts';
import { readDocument } from '../document.ts';
import { guessEvent } from '../guess.ts';
import { oneLine } from '../one-line.ts';
import { readTime } from '../read-time.ts';
import { sayOnce } from '../say-once.ts';
import { SEVERITY_EMOJI, severityOf } from '../severity-of.ts';
import { inBrackets } from '../wording.ts';
import { linkInMessage, messageText, monitorName, transitionOf } from './message-text.ts';
import { type MonitorHook, monitorHook, PAYLOAD } from './payloads.ts';
import { placeOf, tagsOf } from './tags.ts';

export const datadog = defineSource({
  type: 'datadog',
  title: 'Datadog',
  docs: 'https://docs.datadoghq.com/integrations/webhooks/',
  verifier: { scheme: 'anyOf', of: [{ scheme: 'bearer' }, { scheme: 'basic', user: 'bellhop' }] },
  setUp: `Under “Integrations” → “Webhooks”, add a webhook with the address, the custom headers \`{"Authorization": "Bearer <secret>"}\` (or the authentication “Basic” with the user \`bellhop\` and the secret) and the payload \`${PAYLOAD}\`. Then write \`@webhook-<its name>\` into the messages of your monitors, outside of \`{{#is_alert}}\` and its like, so that recoveries come too.`,
  events: {
    'monitor.triggered': 'What a monitor watches is in alarm.',
    'monitor.warning': 'What a monitor watches is beyond its warning threshold.',
    'monitor.no_data': 'A monitor gets no data.',
    'monitor.renotified': 'It is in alarm still.',
    'monitor.recovered': 'What a monitor watches is well again.',
    event: 'An event of no monitor, or a payload of one’s own.',
  },
  ignores: {},
  read,
  dedupeKey: deliveryIdOf,
});

interface Standing {
  readonly event: string;
  readonly state: string;
  readonly lead: string;
  /** Where the monitor has no priority. */
  readonly severity: Severity;
}

const TRIGGERED: Standing = { event: 'monitor.triggered', state: 'triggered', lead: 'Triggered', severity: 'error' };
const WARNING: Standing = { event: 'monitor.warning', state: 'warning', lead: 'Warning', severity: 'warning' };
const NO_DATA: Standing = { event: 'monitor.no_data', state: 'no_data', lead: 'No data', severity: 'warning' };

const STANDINGS: ReadonlyMap<string, Standing> = new Map([
  ['triggered', TRIGGERED],
  ['re-triggered', { ...TRIGGERED, lead: 'Triggered again' }],
  ['warn', WARNING],
  ['re-warn', { ...WARNING, lead: 'Warning again' }],
  ['no data', NO_DATA],
  ['re-no data', { ...NO_DATA, lead: 'No data again' }],
  ['renotify', { ...TRIGGERED, event: 'monitor.renotified', lead: 'Still in alarm' }],
  ['recovered', { event: 'monitor.recovered', state: 'recovered', lead: 'Recovered', severity: 'info' }],
]);

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { document } = reading;
  if (document === null || document === '') return { kind: 'unreadable', reason: 'The body holds no value.' };
  const { data: sent } = monitorHook.safeParse(document);
  if (sent?.title === undefined) return { kind: 'events', events: [sayOnce(guessEvent(document, hook, 'event'))] };
  const transition = sent.transition ?? transitionOf(sent.title);
  const standing = STANDINGS.get(transition?.trim().toLowerCase() ?? '');
  return { kind: 'events', events: [toEvent(sent, standing, { hook, document })] };
}

interface Sent {
  readonly hook: Hook;
  readonly document: unknown;
}

function toEvent(sent: MonitorHook, standing: Standing | undefined, { hook, document }: Sent): SourceEvent {
  const key = standing && keyOf(sent);
  const tags = tagsOf(sent.scope, sent.tags);
  const { text, isMarkdown, measured } = messageText(sent.body);
  const url = safeWebUrl(sent.link ?? linkInMessage(sent.body) ?? '');
  const recovered = standing?.state === 'recovered';
  const severity = standing === undefined ? (severityOf(sent.type) ?? 'info') : severityOfMonitor(sent, standing);
  const name = monitorName(sent.title) ?? 'a monitor without a name';
  const where = inBrackets(...placeOf(tags).filter((place) => !name.includes(place)));
  return {
    event: standing?.event ?? 'event',
    ...(key !== undefined && { key }),
    ...(standing && { state: standing.state }),
    ...(recovered && key !== undefined && { closes: true }),
    severity,
    title: oneLine(`${standing === undefined ? '' : `${standing.lead}: `}${name}${where}`, 180),
    ...(url !== undefined && { url }),
    labels: {
      ...Object.fromEntries([...tags].map(([tag, values]) => [tag, values.length === 1 ? (values[0] ?? '') : values])),
      ...(sent.priority && { priority: sent.priority }),
    },
    facts: {
      emoji: recovered ? '✅' : standing === NO_DATA && severity === 'warning' ? '❔' : SEVERITY_EMOJI[severity],
      tone: recovered ? 'good' : undefined,
      // What recovered needs no telling what to do.
      ...(recovered ? {} : { ...shown(text, isMarkdown), snapshotUrl: safeWebUrl(sent.snapshot ?? '') }),
      measured,
      priority: sent.priority,
      ...(sent.id !== undefined && { deliveryId: sent.id }),
    },
    payload: document,
    at: readTime(sent.date) ?? hook.at,
  };
}

/** Markdown as a whole; other text line by line, as it was written. */
const shown = (text: string | undefined, isMarkdown: boolean): Readonly<Record<string, unknown>> =>
  isMarkdown
    ? { body: text }
    : {
        lines: text
          ?.split('\n')
          .filter((line) => line.trim() !== '')
          .slice(0, MOST_LINES),
      };

const MOST_LINES = 12;

/** The cycle begins when the monitor triggers and ends when it recovers; without it, one monitor and what it watches. */
function keyOf({ cycle, monitor_id, scope = '' }: MonitorHook): string | undefined {
  if (cycle !== undefined) return `cycle:${oneLine(cycle, 100)}`;
  return monitor_id === undefined ? undefined : `monitor:${oneLine(`${monitor_id}:${scope}`, 300).replaceAll(' ', '')}`;
}

/** The priority says how bad an alarm is; a warning, and not knowing, is never worse than a warning. */
function severityOfMonitor({ priority }: MonitorHook, { state, severity }: Standing): Severity {
  const told = /^P[45]$/i.test(priority ?? '') ? 'info' : severityOf(priority);
  if (told === undefined || state === 'triggered' || state === 'recovered') return told ?? severity;
  return told === 'info' ? told : severity;
}
