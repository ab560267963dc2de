import { LIMITS } from './limits.ts';
import { escapedLength } from './text.ts';

/**
 * How many characters Slack counts in these blocks, against the limit of a whole message: after escaping, with its
 * extra for headers.
 */
export function measureBlocks(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, child) => sum + measureBlocks(child), 0);
  let sum = 'type' in value && value.type === 'header' ? LIMITS.headerWeight : 0;
  // Written mrkdwn is escaped already; everything else Slack escapes before it counts.
  const lengthOf = 'type' in value && value.type === 'mrkdwn' ? (text: string) => text.length : escapedLength;
  for (const [key, child] of Object.entries(value)) {
    if (key === 'text' && typeof child === 'string') sum += lengthOf(child);
    else sum += measureBlocks(child);
  }
  return sum;
}
