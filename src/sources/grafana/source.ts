import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { guessEvent } from '../guess.ts';
import { sayOnce } from '../say-once.ts';
import { readLegacy } from './legacy.ts';
import { legacyNotification, notification } from './payloads.ts';
import { readUnified } from './unified.ts';

export const grafana = defineSource({
  type: 'grafana',
  title: 'Grafana',
  docs: 'https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/',
  verifier: {
    scheme: 'anyOf',
    of: [
      {
        scheme: 'hmac',
        headers: ['x-grafana-alerting-signature'],
        algorithm: 'sha256',
        encoding: 'hex',
        prefix: '',
        signed: '{body}',
        key: 'utf8',
      },
      { scheme: 'bearer' },
    ],
  },
  setUp:
    'Under “Alerting” → “Contact points”, add a webhook with the address, and leave “Disable resolved message” off. Either fill in “HMAC Signature” → “Secret” with the source’s secret and leave its other fields empty, or the scheme `Bearer` and the secret as the credentials of the authorization header. With a timestamp header, say so in the source: `"auth": {"hmac": {"header": "X-Grafana-Alerting-Signature", "timestampHeader": "<the header>", "signed": "{timestamp}:{body}"}}`. A custom payload is read as well as its field names allow.',
  events: {
    'alert.firing': 'A group of alerts fires, has changed, or is repeated while it fires.',
    'alert.resolved': 'Every alert of the group is resolved.',
    'alert.no_data': 'A rule finds no data to judge by.',
    'alert.error': 'The query of a rule fails.',
    'alert.pending': 'A rule of legacy alerting is about to fire.',
    'alert.paused': 'A rule of legacy alerting was paused.',
    test: 'Somebody pressed “Test”.',
    custom: 'A notification in a form of one’s own (a custom payload).',
  },
  ignores: {},
  // A group of some hundred alerts with long annotations.
  maxBody: 4 * 1024 * 1024,
  read,
  /** None: Grafana names no delivery, and the identical body comes again at the repeat interval on purpose. */
  dedupeKey: () => undefined,
});

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const { document } = reading;
  if (document === null || document === '') return { kind: 'unreadable', reason: 'The body holds no value.' };
  return { kind: 'events', events: [toEvent(document, hook)] };
}

function toEvent(document: unknown, hook: Hook): SourceEvent {
  const unified = notification.safeParse(document);
  if (unified.success && unified.data.alerts.length > 0) return readUnified(unified.data, document, hook);
  const legacy = legacyNotification.safeParse(document);
  const named = legacy.data?.ruleId !== undefined || legacy.data?.ruleName !== undefined;
  const event = legacy.success && named ? readLegacy(legacy.data, document, hook) : undefined;
  return event ?? sayOnce(guessEvent(document, hook, 'custom'));
}
