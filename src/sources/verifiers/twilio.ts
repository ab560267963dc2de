import { createHmac } from 'node:crypto';
import type { CustomVerifier, Proof, Verdict } from '../../core/source.ts';
import { decodeSignature } from '../signature.ts';
import { absent, bad, OK } from './finding.ts';
import { firstHeader, NO_ADDRESS, ownText, publicUrl, withQuery } from './request.ts';
import { anySame, sha256 } from './same-bytes.ts';

/**
 * Twilio: HMAC-SHA1 over the address and the fields of the form; of other bodies the address names the hash, in `bodySHA256`.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export const twilioVerifier: CustomVerifier = {
  scheme: 'custom',
  title: 'HMAC-SHA1 of the address and the form in X-Twilio-Signature',
  secret: 'shared',
  signsAddress: true,
  verify: verifyTwilio,
  sign: (secret, { body, url = '' }) => {
    const isForm = body.length > 0 && !/^\s*[[{]/.test(body.toString('utf8', 0, 100));
    const query = { bodySHA256: sha256(body).toString('hex') };
    const address = isForm || body.length === 0 ? url : withQuery(url, query);
    const text = isForm ? address + formText(body) : address;
    const signature = signatureOf(secret.reveal(), text).toString('base64');
    return { headers: { 'x-twilio-signature': signature }, ...(address !== url && { query }) };
  },
};

const HASH_FIELD = 'bodySHA256';

function verifyTwilio({ hook, secrets, address }: Proof): Verdict {
  const header = firstHeader(hook, ['x-twilio-signature']);
  if (header === undefined) return absent('The header X-Twilio-Signature');
  if (address === undefined) return bad(NO_ADDRESS);
  const signature = decodeSignature(header, 'base64');
  if (signature === undefined) return bad('The header X-Twilio-Signature holds no base64 signature.');

  const hash = ownText(hook.query, HASH_FIELD);
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(hook.headers['content-type'] ?? '');
  // Without either, the signature would cover the address alone, and the body could say anything.
  if (hook.body.length > 0 && hash === undefined && !isForm)
    return bad(`The signature does not cover the body: it is no form, and the address has no ${HASH_FIELD}.`);
  const fields = hash === undefined && isForm ? formText(hook.body) : '';
  const urls = withAndWithoutPort(publicUrl(hook, address));
  const wanted = secrets.flatMap((secret) => urls.map((url) => signatureOf(secret.reveal(), url + fields)));
  const fits = anySame(signature, wanted);
  const bodyFits = hash === undefined || anySame(Buffer.from(hash.toLowerCase()), [hexOf(hook.body)]);
  if (fits && bodyFits) return OK;
  return bad(
    'The signature in X-Twilio-Signature does not fit the public address, the body and the source’s secret; the address at Twilio must be written as server.publicUrl says.',
  );
}

const signatureOf = (key: string, text: string): Buffer => createHmac('sha1', key).update(text).digest();

const hexOf = (body: Buffer): Buffer => Buffer.from(sha256(body).toString('hex'));

/** Names and values in a row, sorted by name; of one that comes twice, each value once, sorted. */
function formText(body: Buffer): string {
  const fields = new Map<string, Set<string>>();
  for (const [name, value] of new URLSearchParams(body.toString('utf8').trim())) {
    const values = fields.get(name) ?? new Set();
    fields.set(name, values.add(value));
  }
  return [...fields.keys()]
    .sort()
    .flatMap((name) => [...(fields.get(name) ?? [])].sort().map((value) => name + value))
    .join('');
}

/** Twilio has signed with and without the standard port, by product. */
function withAndWithoutPort(url: string): readonly string[] {
  const [, scheme = '', host = '', rest = ''] = /^(https?):\/\/([^/?#]+)(.*)$/s.exec(url) ?? [];
  if (host === '' || /:\d+$/.test(host)) return [url];
  return [url, `${scheme}://${host}:${scheme === 'https' ? 443 : 80}${rest}`];
}
