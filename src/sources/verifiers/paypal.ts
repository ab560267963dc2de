import { crc32 } from 'node:zlib';
import type { CustomVerifier, Proof, Verdict } from '../../core/source.ts';
import { decodeSignature } from '../signature.ts';
import { type Certificates, createCertificates } from './certificates.ts';
import type { FetchTools } from './fetch-bytes.ts';
import { absent, bad } from './finding.ts';
import { firstHeader } from './request.ts';
import { certificateUrl, verifyRsa } from './rsa.ts';
import { checkTime, readTime } from './signed-time.ts';

/**
 * PayPal: an RSA signature over ids, time and a checksum of the body, whose certificate is believed from PayPal's own hosts
 * alone. The source's secret is the id of the webhook (`8PT597110X687430L`), which PayPal signs and does not send.
 */
export function createPaypalVerifier(tools: FetchTools = {}): CustomVerifier {
  const certificates = createCertificates(tools);
  return {
    scheme: 'custom',
    title: 'an RSA signature of PayPal for the webhook’s id',
    secret: 'public',
    verify: (proof) => verifyPaypal(proof, certificates),
  };
}

const PAYPAL = { host: /^api(\.sandbox)?\.paypal\.com$/, path: /^\/v1\/notifications\/certs\/[\w-]{1,100}$/ };
/** PayPal tries for three days, and may keep the time of its first try; the store drops what comes twice. */
const TOLERANCE_MS = 4 * 24 * 3_600_000;

function verifyPaypal({ hook, secrets, now }: Proof, certificates: Certificates): Verdict | Promise<Verdict> {
  const header = (name: string) => firstHeader(hook, [`paypal-${name}`]);
  const [id, time, written] = [header('transmission-id'), header('transmission-time'), header('transmission-sig')];
  if (written === undefined) return absent('The header paypal-transmission-sig');
  if (id === undefined) return bad('The header paypal-transmission-id is missing.');
  const at = readTime(time, 'iso');
  if (at === undefined) return bad('The header paypal-transmission-time is missing or no time.');
  const algorithm = header('auth-algo') ?? 'SHA256withRSA';
  if (algorithm !== 'SHA256withRSA') return bad('The header paypal-auth-algo names another way than SHA256withRSA.');
  const signature = decodeSignature(written, 'base64');
  if (signature === undefined) return bad('The header paypal-transmission-sig holds no base64 signature.');
  const url = certificateUrl(header('cert-url'), PAYPAL);
  if (url === undefined)
    return bad('The header paypal-cert-url is missing or no address of a certificate at api.paypal.com.');
  const checksum = crc32(hook.body);
  const signed = secrets.map((webhookId) => Buffer.from(`${id}|${time}|${webhookId.reveal()}|${checksum}`));
  const misfit = 'The signature in paypal-transmission-sig does not fit the body and the source’s webhook id.';
  return verifyRsa(certificates, { certificateUrl: url, algorithm: 'sha256', signature, signed, misfit }, () =>
    checkTime(at, now, TOLERANCE_MS),
  );
}
