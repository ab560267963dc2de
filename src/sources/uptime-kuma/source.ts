import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import type { Severity } from '../../core/severity.ts';
import { safeWebUrl } from '../../core/url.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { toLabels } from '../happening.ts';
import { oneLine } from '../one-line.ts';
import { inBrackets } from '../wording.ts';
import { type Notification, notification } from './payloads.ts';

const PENDING = 'A monitor that is tried again before it counts as down.';

export const uptimeKuma = defineSource({
  type: 'uptime-kuma',
  title: 'Uptime Kuma',
  docs: 'https://github.com/louislam/uptime-kuma/wiki/Notification-Methods',
  setUp:
    'Add a notification of the type “Webhook” with the address, the body as “Preset - application/json”, and under “Additional Headers” `{"Authorization": "Bearer <secret>"}`. Tick “Apply on all existing monitors” and “Default enabled”, or choose it in each monitor.',
  verifier: { scheme: 'bearer' },
  takesGet: true,
  events: {
    'monitor.down': 'A monitor is down.',
    'monitor.up': 'A monitor is up again.',
    'monitor.maintenance': 'A monitor is under maintenance.',
    'certificate.expiring': 'A certificate is about to expire.',
    message: 'Uptime Kuma says something of no monitor.',
    test: 'Somebody pressed “Test”.',
  },
  ignores: { 'monitor.pending': PENDING },
  read,
  /** None: Uptime Kuma names no delivery and sends each once. */
  dedupeKey: () => undefined,
});

interface Standing {
  readonly event: string;
  readonly state: string;
  readonly lead: string;
  readonly severity: Severity;
  readonly emoji: string;
}

const STANDINGS: readonly (Standing | undefined)[] = [
  { event: 'monitor.down', state: 'down', lead: 'Down', severity: 'error', emoji: '🔴' },
  { event: 'monitor.up', state: 'up', lead: 'Up again', severity: 'error', emoji: '✅' },
  undefined,
  { event: 'monitor.maintenance', state: 'maintenance', lead: 'Maintenance', severity: 'info', emoji: '🛠️' },
];

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { data: sent } = notification.safeParse(reading.document);
  const status = sent?.heartbeat?.status;
  if (sent === undefined || (status === undefined && sent.msg === undefined))
    return {
      kind: 'unreadable',
      reason: 'The body is no document of Uptime Kuma: it has neither `heartbeat` nor `msg`.',
    };
  if (status === 2) return { kind: 'ignored', reason: PENDING };
  const standing = STANDINGS[status ?? -1];
  const event = standing === undefined ? messageEvent(sent.msg ?? '') : monitorEvent(sent, standing);
  return { kind: 'events', events: [{ ...event, payload: reading.document, at: timeOf(sent) ?? hook.at }] };
}

type Told = Omit<SourceEvent, 'payload' | 'at'>;

function monitorEvent({ heartbeat, monitor, msg }: Notification, standing: Standing): Told {
  const { event, state, lead, severity, emoji } = standing;
  const name = oneLine(monitor?.name ?? msg ?? 'a monitor without a name', 100);
  const url = safeWebUrl(monitor?.url ?? '');
  const isUp = state === 'up';
  const why = state === 'down' ? oneLine(heartbeat?.msg ?? '', 90) : '';
  return {
    event,
    ...(monitor?.id !== undefined && { key: `monitor:${monitor.id}` }),
    state,
    ...(isUp && monitor?.id !== undefined && { closes: true }),
    severity,
    title: oneLine(`${lead}: ${name}${inBrackets(why)}`, 180),
    ...(url !== undefined && { url }),
    labels: toLabels({ monitor: monitor?.name, ...Object.fromEntries(tagsOf(monitor)) }),
    facts: {
      emoji,
      tone: isUp ? 'good' : undefined,
      address: monitor?.hostname && oneLine(`${monitor.hostname}${monitor.port ? `:${monitor.port}` : ''}`, 120),
      ping: isUp && heartbeat?.ping !== undefined ? `${Math.round(heartbeat.ping)} ms` : undefined,
    },
  };
}

/** `env: prod` as a label; a tag without a value says only that it is there. */
const tagsOf = (monitor: Notification['monitor']): readonly (readonly [string, string])[] =>
  (monitor?.tags ?? []).flatMap(({ name, value }) =>
    /^[A-Za-z_][\w-]{0,63}$/.test(name ?? '') && name !== 'monitor' ? [[name ?? '', value || 'yes'] as const] : [],
  );

/** Of a certificate, and of a test, there is nothing but a text. */
function messageEvent(msg: string): Told {
  const text = oneLine(msg, 160) || 'Uptime Kuma sent a message without a text';
  const [, name, url, kind, days] = CERTIFICATE.exec(text) ?? [];
  if (name !== undefined && url !== undefined) {
    const link = safeWebUrl(url);
    return {
      event: 'certificate.expiring',
      state: 'expiring',
      severity: 'warning',
      title: `Certificate of ${name} expires in ${days === '1 days' ? '1 day' : days}`,
      ...(link !== undefined && { url: link }),
      labels: { monitor: name },
      facts: { emoji: '🟡', kind: kind?.trim() },
    };
  }
  const isTest = / Testing$/.test(text);
  return {
    event: isTest ? 'test' : 'message',
    severity: 'info',
    title: isTest ? `Test of the notification ${text.replace(/ Testing$/, '')}` : text,
    labels: {},
    facts: {},
  };
}

/** `[API][https://api.example.com] server certificate api.example.com will expire in 7 days` */
const CERTIFICATE = /^\[([^\]]{1,100})\]\[([^\]]{0,200})\] (.{0,100}certificate .{0,100})will expire in (\d+ days?)$/;

function timeOf({ heartbeat }: Notification): Date | undefined {
  const at = new Date(`${heartbeat?.time?.replace(' ', 'T')}Z`);
  return at.getTime() > 0 ? at : undefined;
}
