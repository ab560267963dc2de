import type { Clock } from '../../core/clock.ts';
import type { ChannelConfig } from '../../core/config.ts';
import type { Outcome } from '../../core/outcome.ts';
import type { Payload } from '../../core/platform.ts';
import { answerOf, failureOf } from './failures.ts';
import { outcomeOfWorkflow } from './outcomes.ts';

/** Power Automate's "when a Teams webhook request is received": takes cards, names no message, edits nothing. */
export interface Workflows {
  send(channel: ChannelConfig, payload: Payload, signal: AbortSignal): Promise<Outcome>;
  update(): Outcome;
}

export function createWorkflows(clock: Clock): Workflows {
  return {
    async send(channel, payload, signal) {
      const address = channel.webhookUrl?.reveal() ?? '';
      const refused = refusalOf(address);
      if (refused !== undefined) return { kind: 'dead', unreachable: true, reason: refused };
      if (signal.aborted) return { kind: 'retry', reason: 'The time was up before it was sent.' };
      try {
        const response = await fetch(address, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(payload),
          redirect: 'manual',
          signal,
        });
        await response.body?.cancel();
        // Accepted means queued (202), and no id is told: the channel's own name is all there is to refer to.
        if (response.ok) return { kind: 'sent', ref: { channel: channel.name }, status: response.status };
        const retryAfter = response.headers.get('retry-after') ?? undefined;
        return outcomeOfWorkflow(answerOf(response.status, undefined, { retryAfter, now: clock.now() }));
      } catch (error) {
        return outcomeOfWorkflow(failureOf(error, signal, clock.now()));
      }
    },
    update: () => ({ kind: 'dead', gone: true, reason: 'A Workflows address cannot edit what it has posted.' }),
  };
}

/** Why an address is not even tried. Names no part of it: its query holds the key. */
function refusalOf(address: string): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    return 'The channel’s webhookUrl is no http or https address.';
  if (/(^|\.)webhook\.office\.com$|^outlook\.office(365)?\.com$/i.test(url.hostname))
    return 'Office 365 connectors were retired in 2026: make a Workflows address and use that as webhookUrl.';
  return undefined;
}
