import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const SECRET = 'secret-of-the-benchmark';

/** A signed GitHub push of about 7 KB, as the shipped sample has it; every request carries a delivery id of its own. */
export function pushBody(): Buffer {
  const sample = JSON.parse(
    readFileSync(new URL('../../templates/github/samples/push.json', import.meta.url), 'utf8'),
  ) as { body: Record<string, unknown> };
  const body = { ...sample.body, filler: '' };
  const missing = 7_168 - Buffer.byteLength(JSON.stringify(body));
  return Buffer.from(JSON.stringify({ ...body, filler: 'x'.repeat(Math.max(0, missing)) }));
}

export const signatureOf = (body: Buffer): string =>
  `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
