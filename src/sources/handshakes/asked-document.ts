import type { Hook } from '../../core/hook.ts';
import { readDocument } from '../document.ts';

/** The document of what may be a handshake; undefined where there is none. */
export function askedDocument(hook: Hook): unknown {
  const reading = hook.body.length === 0 ? undefined : readDocument(hook);
  return reading?.kind === 'document' ? reading.document : undefined;
}

/** A handshake says little. What is longer can only be a hook, and is not read before it is verified. */
const LONGEST_UNVERIFIED = 16 * 1024;

/** The same of a hook that is not verified yet. */
export const strangersDocument = (hook: Hook): unknown =>
  hook.body.length > LONGEST_UNVERIFIED ? undefined : askedDocument(hook);
