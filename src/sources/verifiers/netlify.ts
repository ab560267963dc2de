import { createHmac } from 'node:crypto';
import type { CustomVerifier, Proof, Verdict } from '../../core/source.ts';
import { decodeSignature } from '../signature.ts';
import { absent, bad, OK } from './finding.ts';
import { readJwt } from './jwt.ts';
import { firstHeader } from './request.ts';
import { anySame, sha256 } from './same-bytes.ts';

/**
 * Netlify: a JWT, signed with HS256, that says the hash of the body. https://docs.netlify.com/deploy/deploy-notifications/
 */
export const netlifyVerifier: CustomVerifier = {
  scheme: 'custom',
  title: 'a JWT (HS256) in X-Webhook-Signature',
  secret: 'shared',
  verify: verifyNetlify,
  sign: (secret, { body }) => {
    const claims = { iss: ISSUER, sha256: sha256(body).toString('hex') };
    const signed = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => encode(JSON.stringify(part))).join('.');
    return { headers: { [HEADER]: `${signed}.${signatureOf(secret.reveal(), signed).toString('base64url')}` } };
  },
};

const HEADER = 'x-webhook-signature';
const ISSUER = 'netlify';

function verifyNetlify({ hook, secrets }: Proof): Verdict {
  const token = firstHeader(hook, [HEADER]);
  if (token === undefined) return absent('The header X-Webhook-Signature');
  const jwt = readJwt(token);
  if (jwt === undefined) return bad('The header X-Webhook-Signature holds no JWT.');
  const wanted = secrets.map((secret) => signatureOf(secret.reveal(), jwt.signed));
  if (!anySame(jwt.signature, wanted))
    return bad('The JWT in X-Webhook-Signature is not signed (HS256) with the source’s secret.');

  // Only read once the signature fits.
  if (jwt.head().alg !== 'HS256') return bad('The JWT in X-Webhook-Signature names another algorithm than HS256.');
  const { iss, sha256: hash } = jwt.claims();
  if (iss !== ISSUER) return bad('The JWT in X-Webhook-Signature was not issued by Netlify.');
  const said = typeof hash === 'string' ? decodeSignature(hash, 'hex') : undefined;
  return said !== undefined && anySame(said, [sha256(hook.body)])
    ? OK
    : bad('The body is not the one whose hash the JWT in X-Webhook-Signature says.');
}

const signatureOf = (key: string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

const encode = (text: string): string => Buffer.from(text).toString('base64url');
