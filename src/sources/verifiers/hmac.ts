import type { Hook } from '../../core/hook.ts';
import type { HmacVerifier, Proof } from '../../core/source.ts';
import { decodeSignature, hmacKey, signatureOf } from '../signature.ts';
import { absent, bad, type Finding, OK } from './finding.ts';
import { bodyText, firstHeader, NO_ADDRESS, ownText, publicUrl } from './request.ts';
import { anySame } from './same-bytes.ts';
import { checkTime, readTime, timeForm } from './signed-time.ts';

/**
 * Whether one of the signatures was made with one of the secrets, over these bytes, near this time. `spellings`: of the
 * address, for a sender that signs another than it posts to.
 */
export function verifyHmac(
  { hook, secrets, now, address }: Proof,
  verifier: HmacVerifier,
  spellings: (url: string) => readonly string[] = (url) => [url],
): Finding {
  const [name = ''] = verifier.headers;
  const header = firstHeader(hook, verifier.headers);
  if (header === undefined) return absent(`The header ${verifier.headers.join(' or ')}`);
  const parts = (verifier.separator === undefined ? [header] : header.split(verifier.separator)).map((part) =>
    part.trim(),
  );
  const id = firstHeader(hook, verifier.idHeaders ?? []);
  if (id === undefined && verifier.signed.includes('{id}'))
    return bad(`The header ${(verifier.idHeaders ?? []).join(' or ')} is missing.`);
  const timestamp = timestampOf(hook, verifier, parts);
  const { bodyPath, unit } = verifier.timestamp ?? {};
  if (verifier.timestamp !== undefined && bodyPath === undefined && readTime(timestamp, unit) === undefined)
    return bad(timeProblem(verifier));
  if (address === undefined && verifier.signed.includes('{url}')) return bad(NO_ADDRESS);

  const signatures = parts
    .filter((part) => part.startsWith(verifier.prefix))
    .map((part) => decodeSignature(part.slice(verifier.prefix.length), verifier.encoding))
    .filter((signature) => signature !== undefined);
  if (signatures.length === 0)
    return bad(`The header ${name} holds no ${verifier.encoding} signature after "${verifier.prefix}".`);
  const keys = secrets.map((secret) => hmacKey(secret, verifier.key)).filter((key) => key !== undefined);
  const urls = address !== undefined && verifier.signed.includes('{url}') ? spellings(publicUrl(hook, address)) : [''];
  const body = verifier.carrier === undefined ? hook.body : carried(hook, verifier.carrier);
  const signed = { body, timestamp: timestamp ?? '', id: id ?? '', method: hook.method };
  const wanted = keys.flatMap((key) => urls.map((url) => signatureOf(verifier, key, { ...signed, url })));
  // Every pair is compared, also after a hit, so that the time says nothing about which one it was.
  const fits = signatures.map((signature) => anySame(signature, wanted)).includes(true);
  if (!fits) return bad(`The signature in ${name} does not fit the ${signedThings(verifier)} and the source’s secret.`);

  if (verifier.timestamp === undefined) return OK;
  // A body is only read once its signature fits.
  const at = readTime(bodyPath === undefined ? timestamp : bodyText(hook, bodyPath), unit);
  return at === undefined ? bad(timeProblem(verifier)) : checkTime(at, now, verifier.timestamp.toleranceMs);
}

/** What will be read: a form of this one field, or a query, is no more than the paper around its document. */
function carried({ body, query, headers }: Hook, field: string): Buffer {
  if (body.length === 0) return Buffer.from(ownText(query, field) ?? '');
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
  const text = isForm ? body.toString('utf8') : '';
  // With a second field beside it, what is read might be another than what was signed.
  const isAlone = text.startsWith(`${field}=`) && !text.includes('&');
  return isAlone ? Buffer.from(new URLSearchParams(text).get(field) ?? '') : body;
}

function timestampOf(hook: Hook, verifier: HmacVerifier, parts: readonly string[]): string | undefined {
  const { field, headers } = verifier.timestamp ?? {};
  if (field === undefined) return firstHeader(hook, headers ?? []);
  const start = `${field}=`;
  return parts.find((part) => part.startsWith(start))?.slice(start.length);
}

function timeProblem({ headers, timestamp }: HmacVerifier): string {
  const { field, bodyPath } = timestamp ?? {};
  const inHeader = field === undefined ? (timestamp?.headers ?? []).join(' or ') : `${field}= in ${headers[0]}`;
  const place = bodyPath === undefined ? inHeader : `${bodyPath} in the body`;
  return `The signed time (${place}) is missing or ${timeForm(timestamp?.unit)}.`;
}

const signedThings = ({ signed }: HmacVerifier): string =>
  signed.includes('{url}') ? 'body, the public address' : 'body';
