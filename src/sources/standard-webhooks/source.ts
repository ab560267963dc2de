import type { Reading } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { defineSource } from '../define-source.ts';
import { readDocument } from '../document.ts';
import { toEventName } from '../event-name.ts';
import { guessEvent } from '../guess.ts';
import { titleLeaf } from '../leaf-roles.ts';
import { leavesOf } from '../leaves.ts';
import { oneLine } from '../one-line.ts';
import { sayOnce } from '../say-once.ts';
import { standardWebhooksVerifier } from '../verifiers/standard-webhooks.ts';
import { message } from './payloads.ts';

export const standardWebhooks = defineSource({
  type: 'standard-webhooks',
  title: 'Standard Webhooks',
  docs: 'https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md',
  verifier: {
    ...standardWebhooksVerifier,
    headers: ['webhook-signature', 'svix-signature'],
    idHeaders: ['webhook-id', 'svix-id'],
    timestamp: { headers: ['webhook-timestamp', 'svix-timestamp'], toleranceMs: 300_000 },
  },
  setUp:
    'For every sender that follows the Standard Webhooks specification or uses Svix (`svix-*` headers): enter the address as its endpoint, and its signing secret (`whsec_…`) as the source’s `secret`.',
  events: {},
  ignores: {},
  read,
  dedupeKey: (hook) => hook.headers['webhook-id'] ?? hook.headers['svix-id'],
});

function read(hook: Hook): Reading {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return reading;
  const parsed = message.safeParse(reading.document);
  if (!parsed.success) return { kind: 'unreadable', reason: 'The body is no JSON object.' };
  const { type, timestamp, data } = parsed.data;
  const event = toEventName(type) ?? guessEvent(reading.document, hook).event;
  // What it is about stands under `data`; senders that do not follow the recommendation put it at the top.
  const about = typeof data === 'object' && data !== null ? data : reading.document;
  const titled = titleLeaf(leavesOf(about));
  const title = oneLine(titled === undefined ? `${hook.source}: ${event}` : `${event}: ${oneLine(titled.text)}`);
  const guessed = guessEvent(about, hook, event);
  return {
    kind: 'events',
    events: [
      sayOnce({
        ...guessed,
        event,
        title,
        facts: { ...guessed.facts, from: titled === undefined ? undefined : hook.source },
        payload: reading.document,
        at: timestamp ?? hook.at,
      }),
    ],
  };
}
