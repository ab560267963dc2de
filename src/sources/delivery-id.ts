import type { SourceEvent } from '../core/event.ts';
import type { Hook } from '../core/hook.ts';

/** The sender's id of what an event tells, where its type has it among the facts: what comes twice is known by it. */
export const deliveryIdOf = (_hook: Hook, { facts: { deliveryId } }: SourceEvent): string | undefined =>
  typeof deliveryId === 'string' ? deliveryId : undefined;
