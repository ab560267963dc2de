import { type Reply, replyMessage } from '../core/chat.ts';
import type { PlatformName } from '../core/config.ts';
import type { InboundContext } from './inbound.ts';

/** What somebody is told when Bellhop itself failed on what they asked: an apology with an id that the log knows. */
export function chatFault(
  platform: PlatformName,
  error: unknown,
  { clock, log, newFaultId }: Pick<InboundContext, 'clock' | 'log' | 'newFaultId'>,
): Reply {
  const id = newFaultId();
  log.error(`${platform}: a command met a fault in Bellhop`, { id, error: stackOf(error) });
  const title = `Bellhop failed on this; its log has the details under ${id}.`;
  return { audience: 'person', message: replyMessage({ title, tone: 'bad', at: clock.now() }) };
}

export const stackOf = (error: unknown): string => (error instanceof Error ? String(error.stack) : String(error));
