import type { Attempt, Delivery, DeliveryState } from '../../core/delivery.ts';
import type { OutcomeKind, Ref } from '../../core/outcome.ts';

export interface DeliveryRow {
  readonly seq: number;
  readonly rank: number;
  readonly id: string;
  readonly event_id: string;
  readonly channel: string;
  readonly platform: string;
  readonly route: string;
  readonly mentions: string;
  readonly replay: number;
  readonly state: DeliveryState;
  readonly due_at: number;
  readonly tries: number;
  readonly ref: string | null;
  readonly created_at: number;
  readonly interrupted: number;
  readonly mute: string | null;
}

export function toDelivery(row: DeliveryRow): Delivery {
  return {
    id: row.id,
    eventId: row.event_id,
    channel: row.channel,
    platform: row.platform,
    route: row.route,
    mentions: JSON.parse(row.mentions) as string[],
    replay: row.replay === 1,
    ...(row.mute !== null && { mute: row.mute }),
    state: row.state,
    createdAt: new Date(row.created_at),
    dueAt: new Date(row.due_at),
    tries: row.tries,
    ...(row.ref !== null && { ref: JSON.parse(row.ref) as Ref }),
  };
}

export interface AttemptRow {
  readonly at: number;
  readonly outcome: OutcomeKind;
  readonly status: number | null;
  readonly reason: string | null;
  readonly took_ms: number;
}

export function toAttempt(row: AttemptRow): Attempt {
  return {
    at: new Date(row.at),
    outcome: row.outcome,
    ...(row.status !== null && { status: row.status }),
    ...(row.reason !== null && { reason: row.reason }),
    tookMs: row.took_ms,
  };
}
