import { createHash, timingSafeEqual } from 'node:crypto';
import type { Hook } from '../core/hook.ts';
import type { Secret } from '../core/secret.ts';
import type { HmacVerifier, Verdict } from '../core/source.ts';
import { decodeSignature, hmacKey, signatureOf } from './signature.ts';
import type { SourceVerifier } from './verifier-of.ts';

/**
 * Whether the hook comes from somebody who knows one of the secrets. Runs over the raw bytes and compares in constant
 * time, every secret with every signature; an empty secret never verifies. A signed time must lie within the
 * verifier's tolerance of `now`, before or after.
 */
export function verifyHook(hook: Hook, { verifier, secrets }: SourceVerifier, now: Date): Verdict {
  if (verifier.scheme === 'none') return OK;
  const known = secrets.filter((secret) => secret.reveal() !== '');
  if (known.length === 0) return bad('The source has no secret, so that nothing can prove where a hook comes from.');
  switch (verifier.scheme) {
    case 'hmac':
      return verifyHmac(hook, { verifier, secrets: known }, now);
    case 'token':
      return verifyText(hook.headers[verifier.header.toLowerCase()], known, `The header ${verifier.header}`);
    case 'urlToken':
      return verifyText(hook.pathToken, known, 'The token at the end of the address');
    case 'bearer':
      return verifyText(authorization(hook, 'bearer'), known, 'The header Authorization with a Bearer token');
    case 'basic':
      return verifyBasic(hook, verifier.user, known);
  }
}

const OK: Verdict = { ok: true };
const bad = (reason: string): Verdict => ({ ok: false, code: 'bad_signature', reason });

function verifyText(given: string | undefined, secrets: readonly Secret[], what: string): Verdict {
  if (given === undefined || given === '') return bad(`${what} is missing.`);
  return anySame(
    Buffer.from(given),
    secrets.map((secret) => Buffer.from(secret.reveal())),
  )
    ? OK
    : bad(`${what} does not fit the source’s secret.`);
}

function verifyBasic(hook: Hook, user: string, passwords: readonly Secret[]): Verdict {
  const given = decodeSignature(authorization(hook, 'basic') ?? '', 'base64');
  if (given === undefined) return bad('The header Authorization with a user and password (Basic) is missing.');
  return anySame(
    given,
    passwords.map((password) => Buffer.from(`${user}:${password.reveal()}`)),
  )
    ? OK
    : bad('The user and password in the header Authorization do not fit the source’s.');
}

function verifyHmac(
  hook: Hook,
  { verifier, secrets }: { readonly verifier: HmacVerifier; readonly secrets: readonly Secret[] },
  now: Date,
): Verdict {
  const header = firstHeader(hook, verifier.headers);
  if (header === undefined) return bad(`The header ${verifier.headers.join(' or ')} is missing.`);
  const parts = verifier.separator === undefined ? [header] : header.split(verifier.separator);
  const id = firstHeader(hook, verifier.idHeaders ?? []);
  if (id === undefined && verifier.signed.includes('{id}'))
    return bad(`The header ${(verifier.idHeaders ?? []).join(' or ')} is missing.`);
  const timestamp = timestampOf(hook, verifier, parts);
  if (verifier.timestamp !== undefined && !/^\d{1,15}$/.test(timestamp ?? ''))
    return bad(`The signed time (${timestampPlace(verifier)}) is missing or is not a whole number of seconds.`);

  const signatures = parts
    .map((part) => part.trim())
    .filter((part) => part.startsWith(verifier.prefix))
    .map((part) => decodeSignature(part.slice(verifier.prefix.length), verifier.encoding))
    .filter((signature) => signature !== undefined);
  if (signatures.length === 0)
    return bad(`The header ${verifier.headers[0]} holds no ${verifier.encoding} signature after "${verifier.prefix}".`);
  const keys = secrets.map((secret) => hmacKey(secret, verifier.key)).filter((key) => key !== undefined);
  const signed = { body: hook.body, timestamp: timestamp ?? '', id: id ?? '' };
  const wanted = keys.map((key) => signatureOf(verifier, key, signed));
  // Every pair is compared, also after a hit, so that the time says nothing about which one it was.
  const fits = signatures.map((signature) => anySame(signature, wanted)).includes(true);
  if (!fits) return bad(`The signature in ${verifier.headers[0]} does not fit the body and the source’s secret.`);
  return checkTime(verifier, timestamp, now);
}

/** Only asked about a signature that fits: a stranger learns nothing about this server's clock. */
function checkTime(verifier: HmacVerifier, timestamp: string | undefined, now: Date): Verdict {
  if (verifier.timestamp === undefined || timestamp === undefined) return OK;
  // Some senders count milliseconds; read as seconds, those lie beyond the year 5000.
  const seconds = Number(timestamp) > 1e11 ? Number(timestamp) / 1_000 : Number(timestamp);
  const aheadSeconds = Math.trunc(seconds) - Math.floor(now.getTime() / 1_000);
  if (Math.abs(aheadSeconds) * 1_000 <= verifier.timestamp.toleranceMs) return OK;
  const away = `${Math.abs(aheadSeconds)} s ${aheadSeconds < 0 ? 'behind' : 'ahead of'}`;
  const reason = `The signed time is ${away} this server’s clock; ${verifier.timestamp.toleranceMs / 1_000} s are allowed.`;
  return { ok: false, code: 'stale_timestamp', reason };
}

function timestampOf(hook: Hook, verifier: HmacVerifier, parts: readonly string[]): string | undefined {
  if (verifier.timestamp?.field === undefined) return firstHeader(hook, verifier.timestamp?.headers ?? []);
  const start = `${verifier.timestamp.field}=`;
  return parts
    .map((part) => part.trim())
    .find((part) => part.startsWith(start))
    ?.slice(start.length);
}

const timestampPlace = ({ headers, timestamp }: HmacVerifier): string =>
  timestamp?.field === undefined ? (timestamp?.headers ?? []).join(' or ') : `${timestamp.field}= in ${headers[0]}`;

function firstHeader(hook: Hook, names: readonly string[]): string | undefined {
  return names.map((name) => hook.headers[name.toLowerCase()]).find((value) => value !== undefined && value !== '');
}

function authorization(hook: Hook, scheme: 'bearer' | 'basic'): string | undefined {
  const [given, ...rest] = (hook.headers.authorization ?? '').trim().split(/ +/);
  return given?.toLowerCase() === scheme && rest.length === 1 ? rest[0] : undefined;
}

/** Compares digests, so that neither the content nor the length shows in the time it takes. */
function anySame(given: Buffer, wanted: readonly Buffer[]): boolean {
  const digest = sha256(given);
  return wanted.map((bytes) => timingSafeEqual(digest, sha256(bytes))).includes(true);
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
