import type { CustomVerifier, HmacVerifier, Proof, Verdict } from '../../core/source.ts';
import { decodeSignature, signatureOf } from '../signature.ts';
import { absent, bad, OK } from './finding.ts';
import { verifyHmac } from './hmac.ts';
import { firstHeader, NO_ADDRESS, publicUrl } from './request.ts';
import { anySame, sha256 } from './same-bytes.ts';

/**
 * HubSpot: the third version of its signature where a hook has it, else the version its header names. The first two are plain
 * hashes that begin with the secret. https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests
 */
export const hubspotVerifier: CustomVerifier = {
  scheme: 'custom',
  title: 'HMAC-SHA256 in X-HubSpot-Signature-v3, or the older X-HubSpot-Signature',
  secret: 'shared',
  verify: verifyHubspot,
  sign: (secret, { body, at, url, method = 'POST' }) => {
    const timestamp = String(at.getTime());
    const key = Buffer.from(secret.reveal());
    if (url === undefined) {
      const signature = sha256(key, body).toString('hex');
      return { headers: { 'x-hubspot-signature': signature, 'x-hubspot-signature-version': 'v1' } };
    }
    const signature = signatureOf(V3, key, { body, timestamp, method, url }).toString('base64');
    return { headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp } };
  },
};

const V3: HmacVerifier = {
  scheme: 'hmac',
  headers: ['x-hubspot-signature-v3'],
  algorithm: 'sha256',
  encoding: 'base64',
  prefix: '',
  signed: '{method}{url}{body}{timestamp}',
  timestamp: { headers: ['x-hubspot-request-timestamp'], unit: 'ms', toleranceMs: 300_000 },
  key: 'utf8',
};

function verifyHubspot(proof: Proof): Verdict {
  const { hook, secrets, address } = proof;
  const header = firstHeader(hook, ['x-hubspot-signature']);
  const hasV3 = firstHeader(hook, V3.headers) !== undefined;
  // Where both came and the address is known, the weaker one is not asked.
  if (hasV3 && (address !== undefined || header === undefined)) return verifyHmac(proof, V3, spellings);
  if (header === undefined) return absent('The header X-HubSpot-Signature-v3 or X-HubSpot-Signature');
  const signature = decodeSignature(header, 'hex');
  if (signature === undefined) return bad('The header X-HubSpot-Signature holds no hex signature.');

  const version = firstHeader(hook, ['x-hubspot-signature-version']) ?? 'v1';
  if (version !== 'v1' && version !== 'v2') return bad('The header X-HubSpot-Signature-Version is neither v1 nor v2.');
  if (version === 'v2' && address === undefined) return bad(NO_ADDRESS);
  const prefixes =
    version === 'v2' && address !== undefined
      ? spellings(publicUrl(hook, address)).map((url) => hook.method + url)
      : [''];
  const wanted = secrets.flatMap((secret) => prefixes.map((prefix) => sha256(secret.reveal(), prefix, hook.body)));
  if (anySame(signature, wanted)) return OK;
  return bad(`The signature in X-HubSpot-Signature (${version}) does not fit the body and the source’s secret.`);
}

/** HubSpot says to decode these before the address is signed, which not every version of its signature does. */
const DECODED = /%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi;

const spellings = (url: string): readonly string[] => [...new Set([url, url.replace(DECODED, decodeURIComponent)])];
