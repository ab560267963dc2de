import type { Attempt, Delivery } from '../../core/delivery.ts';
import type { Hook, Said } from '../../core/hook.ts';
import type { RefusedHook, StoredEvent } from '../../core/store.ts';
import type { ActiveSource, Runtime } from '../../pipeline/runtime.ts';
import { whyNotTakenIn } from '../../pipeline/take-in.ts';
import { maskedFields } from '../masked-fields.ts';

/** An event as the API shows it; what it does not have is null. */
export function eventView({ event, deliveries }: StoredEvent) {
  return {
    id: event.id,
    source: event.source,
    type: event.type,
    event: event.event,
    title: event.title,
    severity: event.severity,
    state: event.state ?? null,
    key: event.key ?? null,
    url: event.url ?? null,
    labels: event.labels,
    receivedAt: event.receivedAt.toISOString(),
    at: event.at.toISOString(),
    routes: [...new Set(deliveries.map((delivery) => delivery.route))],
    deliveries: deliveries.map((delivery) => delivery.id),
  };
}

export function deliveryView(delivery: Delivery, attempts: readonly Attempt[], receivedAt?: Date) {
  const sent = attempts.find((attempt) => attempt.outcome === 'sent');
  const lateMs = sent && receivedAt ? sent.at.getTime() + sent.tookMs - receivedAt.getTime() : undefined;
  return {
    id: delivery.id,
    eventId: delivery.eventId,
    channel: delivery.channel,
    platform: delivery.platform,
    route: delivery.route,
    state: delivery.state,
    dueAt: delivery.dueAt.toISOString(),
    ref: delivery.ref ?? null,
    ...(delivery.mute === undefined ? {} : { mute: delivery.mute }),
    ...(delivery.replay ? { replay: true } : {}),
    attempts: attempts.map((attempt) => ({
      at: attempt.at.toISOString(),
      outcome: attempt.outcome,
      status: attempt.status ?? null,
      reason: attempt.reason ?? null,
      tookMs: attempt.tookMs,
    })),
    ...(lateMs === undefined || delivery.replay ? {} : { lateBy: Math.max(0, Math.round(lateMs / 1_000)) }),
  };
}

/** A refused hook; its body as text where it is text. Of its query nothing is shown: it may be a token by a wrong name. */
export function refusedView(refused: RefusedHook, { sources }: Pick<Runtime, 'sources'>) {
  const { headers, body } = masked({ ...refused, query: {} }, sources.get(refused.source));
  const whyNot = whyNotTakenIn(refused);
  return {
    id: refused.id,
    at: refused.at.toISOString(),
    source: refused.source,
    from: refused.from,
    method: refused.method,
    url: refused.url,
    code: refused.code,
    reason: refused.reason,
    headers,
    ...bodyView(body),
    bodyBytes: refused.bodyBytes,
    ...(refused.takenIn !== undefined && { takenIn: refused.takenIn }),
    ...(whyNot !== undefined && { whyNot }),
  };
}

/** The request of a hook; the masks are those of the source as the config has it now. */
export function requestView(hook: Hook, { sources }: Pick<Runtime, 'sources'>) {
  const { headers, query, body } = masked(hook, sources.get(hook.source));
  return { method: hook.method, from: hook.from, headers, query, ...bodyView(body) };
}

/** Masked where the source’s proof stands, and wherever a name says that it holds one. */
function masked(request: Said, source: ActiveSource | undefined): Said {
  const { headers, query, body } = source?.maskProof(request) ?? request;
  return { headers: maskedFields(headers), query: maskedFields(query), body };
}

/** Bytes as text when they are UTF-8, else as base64. */
export function bodyView(body: Buffer): { readonly body: string; readonly bodyEncoding: 'utf8' | 'base64' } {
  const text = body.toString('utf8');
  return text.includes('\ufffd')
    ? { body: body.toString('base64'), bodyEncoding: 'base64' }
    : { body: text, bodyEncoding: 'utf8' };
}
