import { oneLine } from '../wording.ts';
import type { Payload } from './payloads.ts';

/** The first line of the sender’s own sentence, without the addresses in it. */
export function sentenceOf({ message }: Payload): string {
  const [line = ''] = (message?.text ?? '').slice(0, 2_000).trim().split(/\r?\n/, 1);
  return oneLine(line.replace(/\s*\(https?:\/\/[^\s)]*\)/g, '').replace(/[.\s]+$/, ''), 150);
}

/** Where the sender’s own sentence links to: for some events the only address of a page that there is. */
export const linkIn = ({ message }: Payload): string | undefined =>
  /\]\((https?:\/\/[^\s)]{1,1500})\)/.exec((message?.markdown ?? '').slice(0, 10_000))?.[1];
