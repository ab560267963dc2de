import type { Hook } from '../core/hook.ts';
import type { CustomVerifier, Proof, SharedSecretVerifier, Verdict, Verifier } from '../core/source.ts';
import type { SourceVerifier } from './verifier-of.ts';
import { verifyClientCertificate } from './verifiers/client-certificate.ts';
import { verifyEcdsa } from './verifiers/ecdsa.ts';
import { bad, busy, type Finding, OK } from './verifiers/finding.ts';
import { verifyHmac } from './verifiers/hmac.ts';
import { authorization, bodyText, ownText } from './verifiers/request.ts';
import { verifyBasic, verifyText } from './verifiers/secret-in-request.ts';

/** Verifiers that need nothing but the hook, and answer at once. */
export type DataVerifier = Exclude<Verifier, CustomVerifier>;

/**
 * Whether the hook comes from somebody who knows one of the secrets. Runs over the raw bytes and compares in constant
 * time, every secret with every signature; an empty secret never verifies. A signed time must lie within the
 * verifier's tolerance of `now`, before or after. Never throws and never rejects.
 */
export function verifyHook(hook: Hook, source: SourceVerifier<DataVerifier>, now: Date): Verdict;
export function verifyHook(hook: Hook, source: SourceVerifier, now: Date): Verdict | Promise<Verdict>;
export function verifyHook(
  hook: Hook,
  { verifier, secrets, address }: SourceVerifier,
  now: Date,
): Verdict | Promise<Verdict> {
  if (verifier.scheme === 'none') return OK;
  if (verifier.scheme === 'clientCertificate') return verifyClientCertificate(hook, verifier.subject);
  const known = secrets.filter((secret) => secret.reveal() !== '');
  if (known.length === 0 && !needsNoSecret(verifier))
    return bad('The source has no secret, so that nothing can prove where a hook comes from.');
  const proof: Proof = { hook, secrets: known, now, address };
  switch (verifier.scheme) {
    case 'anyOf':
      return verifyAnyOf(proof, verifier.of);
    case 'ecdsa':
      return verifyEcdsa(proof, verifier);
    case 'custom':
      return verifyByCode(proof, verifier);
    default:
      return verifyShared(proof, verifier);
  }
}

/** Whether every hook is refused where the config does not say by which address senders reach this server. */
export const signsAddress = (verifier: Verifier): boolean =>
  (verifier.scheme === 'custom' && verifier.signsAddress === true) ||
  (verifier.scheme === 'hmac' && verifier.signed.includes('{url}'));

/** Whether the sender proves itself by what no secret of the source is needed for. */
export const needsNoSecret = (verifier: Verifier): boolean =>
  verifier.scheme === 'clientCertificate' || (verifier.scheme === 'custom' && verifier.secret === 'none');

function verifyShared(proof: Proof, verifier: SharedSecretVerifier): Finding {
  const { hook } = proof;
  switch (verifier.scheme) {
    case 'hmac':
      return verifyHmac(proof, verifier);
    case 'token':
      return verifyText(proof, hook.headers[verifier.header.toLowerCase()], `The header ${verifier.header}`);
    case 'bodyToken':
      return verifyText(proof, bodyText(hook, verifier.path), `The token in the body (${verifier.path})`);
    case 'queryToken':
      return verifyText(proof, ownText(hook.query, verifier.name), `The token in the address (?${verifier.name}=)`);
    case 'urlToken':
      return verifyText(proof, hook.pathToken, 'The token at the end of the address');
    case 'bearer':
      return verifyText(proof, authorization(hook, 'bearer'), 'The header Authorization with a Bearer token');
    case 'basic':
      return verifyBasic(proof, verifier.user);
  }
}

/** All are asked; of refusals, the most telling is given: a time that is off, then a proof that does not fit. */
function verifyAnyOf(proof: Proof, alternatives: readonly SharedSecretVerifier[]): Verdict {
  const findings = alternatives.map((verifier) => verifyShared(proof, verifier));
  if (findings.some(({ ok }) => ok)) return OK;
  const refusals = findings.filter((finding) => !finding.ok);
  const telling =
    refusals.find(({ code }) => code === 'stale_timestamp') ?? refusals.find((refusal) => refusal.absent !== true);
  if (telling !== undefined) return telling;
  return bad(refusals.map(({ reason }) => reason).join(' ') || 'The source’s type knows no proof that it would take.');
}

/** A fault in the code of one sender's proof lets nobody in and loses nothing: the sender is asked to come back. */
function verifyByCode(proof: Proof, verifier: CustomVerifier): Verdict | Promise<Verdict> {
  try {
    const verdict = verifier.verify(proof);
    return verdict instanceof Promise ? verdict.catch(() => FAULT) : verdict;
  } catch {
    return FAULT;
  }
}

const FAULT = busy('Bellhop failed while it checked where this hook comes from; this is a fault in Bellhop.');
