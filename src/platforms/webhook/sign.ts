import { createHmac } from 'node:crypto';

/**
 * The headers of a Standard Webhooks request (https://www.standardwebhooks.com): receivers verify `id.timestamp.body` and drop
 * what they have seen by its id. A secret that begins with `whsec_` is base64; any other is taken as it is written.
 * Without a secret the id and the time go out unsigned.
 */
export function signedHeaders(
  body: string,
  secret: string | undefined,
  { id, seconds }: { readonly id: string; readonly seconds: number },
): Record<string, string> {
  const named = { 'webhook-id': id, 'webhook-timestamp': String(seconds) };
  if (secret === undefined) return named;
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { ...named, 'webhook-signature': `v1,${signature}` };
}
