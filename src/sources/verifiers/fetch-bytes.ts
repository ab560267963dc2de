import { type Clock, systemClock } from '../../core/clock.ts';

export interface FetchTools {
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
}

export type Fetched =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  /** The host has nothing there. */
  | { readonly kind: 'none' }
  /** Not now: it may be there. */
  | { readonly kind: 'unreachable' };

/** Within what the most impatient sender waits for its answer. */
const TIME_LIMIT_MS = 3_000;
/** No certificate and no set of keys is longer; what is cut off can be none. */
const MOST_BYTES = 64 * 1024;

const UNREACHABLE: Fetched = { kind: 'unreachable' };

/** Fetches what a sender's proof needs from the sender's own host: no redirect, little time, few bytes. Never rejects. */
export async function fetchBytes(
  url: string,
  { fetch = globalThis.fetch, clock = systemClock }: FetchTools,
): Promise<Fetched> {
  const stop = new AbortController();
  let cancel = (): void => {};
  // Also ends in time where the fetch does not heed its signal.
  const late = new Promise<Fetched>((resolve) => {
    cancel = clock.after(TIME_LIMIT_MS, () => {
      resolve(UNREACHABLE);
      stop.abort();
    });
  });
  try {
    return await Promise.race([download(fetch, url, stop.signal), late]);
  } catch {
    return UNREACHABLE;
  } finally {
    cancel();
  }
}

async function download(fetch: typeof globalThis.fetch, url: string, signal: AbortSignal): Promise<Fetched> {
  const response = await fetch(url, { redirect: 'error', signal });
  if (response.ok) return { kind: 'bytes', bytes: await firstBytes(response) };
  await response.body?.cancel();
  return response.status >= 400 && response.status < 500 && response.status !== 429 ? { kind: 'none' } : UNREACHABLE;
}

async function firstBytes(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES);
}
