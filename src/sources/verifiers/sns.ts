import type { CustomVerifier, Proof, Verdict } from '../../core/source.ts';
import { readDocument } from '../document.ts';
import { decodeSignature } from '../signature.ts';
import { type Certificates, createCertificates } from './certificates.ts';
import type { FetchTools } from './fetch-bytes.ts';
import { absent, bad } from './finding.ts';
import { certificateUrl, verifyRsa } from './rsa.ts';
import { checkTime, readTime } from './signed-time.ts';

/**
 * Amazon SNS: an RSA signature in the message, whose certificate is believed from Amazon's own hosts alone. It proves that
 * SNS sent this and from which topic, not whose topic that is: everybody with an account of AWS has some. The type must
 * refuse topics that its owner did not list, and of a notification trust no field but the signed ones.
 */
export function createSnsVerifier(tools: FetchTools = {}): CustomVerifier {
  const certificates = createCertificates(tools);
  return {
    scheme: 'custom',
    title: 'an RSA signature of Amazon SNS',
    secret: 'none',
    verify: (proof) => verifySns(proof, certificates),
  };
}

// https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
const NOTIFICATION = ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'];
const CONFIRMATION = ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
const SIGNED_FIELDS = new Map([
  ['Notification', NOTIFICATION],
  ['SubscriptionConfirmation', CONFIRMATION],
  ['UnsubscribeConfirmation', CONFIRMATION],
]);
const ALGORITHMS = new Map<unknown, 'sha1' | 'sha256'>([
  ['1', 'sha1'],
  ['2', 'sha256'],
]);
/** The name of a region, and no other: `sns.s3.amazonaws.com` would be somebody's bucket. */
export const SNS_HOST = /^sns\.[a-z]{2}(-[a-z]{2,12}){1,3}-\d{1,2}\.amazonaws\.com(\.cn)?$/;
const AMAZON = {
  host: SNS_HOST,
  path: /^\/SimpleNotificationService-[0-9a-f]{1,64}\.pem$/,
};
/** A delivery policy ends its tries within the hour; five minutes are for the clocks. */
const TOLERANCE_MS = 65 * 60_000;

function verifySns({ hook, now }: Proof, certificates: Certificates): Verdict | Promise<Verdict> {
  const reading = readDocument(hook);
  const message = reading.kind === 'document' ? fieldsOf(reading.document) : {};
  const fields = SIGNED_FIELDS.get(String(message.Type));
  if (fields === undefined) return bad('The body is no message of SNS: its Type is none that SNS signs.');
  const algorithm = ALGORITHMS.get(message.SignatureVersion);
  if (algorithm === undefined) return bad('The SignatureVersion is none that SNS uses: 1 or 2.');
  if (typeof message.Signature !== 'string' || message.Signature === '') return absent('The Signature in the body');
  const signature = decodeSignature(message.Signature, 'base64');
  if (signature === undefined) return bad('The Signature in the body is no base64.');
  const url = certificateUrl(textOf(message.SigningCertURL), AMAZON);
  if (url === undefined)
    return bad('The SigningCertURL is missing or no address of a certificate at sns.<region>.amazonaws.com.');
  const values = fields.map((name) => message[name] ?? undefined);
  // A field of another shape would be left out of what is signed and yet be read by somebody.
  if (values.some((value) => value !== undefined && typeof value !== 'string'))
    return bad('A signed field of the message is no text.');
  const signed = fields.map((name, at) => (values[at] === undefined ? '' : `${name}\n${values[at]}\n`)).join('');
  const misfit = 'The Signature does not fit the message and Amazon’s certificate.';
  const claim = { certificateUrl: url, algorithm, signature, signed: [Buffer.from(signed)], misfit };
  return verifyRsa(certificates, claim, () => {
    const at = readTime(textOf(message.Timestamp), 'iso');
    return at === undefined ? bad('The Timestamp of the message is no time.') : checkTime(at, now, TOLERANCE_MS);
  });
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const fieldsOf = (document: unknown): Readonly<Record<string, unknown>> =>
  typeof document === 'object' && document !== null && !Array.isArray(document)
    ? (document as Readonly<Record<string, unknown>>)
    : {};
