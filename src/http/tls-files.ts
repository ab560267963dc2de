import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { TlsConfig } from '../core/config.ts';
import type { Problem } from '../core/problem.ts';

/** What the files of `server.tls` hold, read in one go and found to fit together. */
export interface TlsMaterial {
  /** PEM: the certificate, then those that lead to its authority. */
  readonly cert: string;
  readonly key: string;
  /** PEM: the authorities whose clients are believed. */
  readonly clientCa?: string;
  readonly validUntil: Date;
}

export type ReadTls =
  | { readonly material: TlsMaterial; readonly problems: readonly [] }
  | { readonly material?: undefined; readonly problems: readonly Problem[] };

const MAX_FILE_BYTES = 1024 * 1024;
const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** Reads certificate, key and authorities. Every mistake is a sentence with the file and what to do; never throws. */
export async function readTls(tls: TlsConfig, now: Date): Promise<ReadTls> {
  const problems: Problem[] = [];
  const refuse = (part: keyof TlsConfig, what: string): undefined => {
    problems.push({ path: ['server', 'tls', part], message: `names ${tls[part]}, ${what}` });
  };
  const textOf = async (part: keyof TlsConfig, file: string): Promise<string | undefined> => {
    const { text, fault } = await readText(file);
    return text ?? refuse(part, fault ?? 'which is empty');
  };

  const cert = await textOf('cert', tls.cert);
  const key = await textOf('key', tls.key);
  const clientCa = tls.clientCa === undefined ? undefined : await textOf('clientCa', tls.clientCa);

  const chain = cert === undefined ? undefined : certificatesIn(cert);
  if (chain !== undefined && 'fault' in chain) refuse('cert', chain.fault);
  const privateKey = key === undefined ? undefined : keyIn(key);
  if (privateKey !== undefined && 'fault' in privateKey) refuse('key', privateKey.fault);
  const authorities = clientCa === undefined ? undefined : certificatesIn(clientCa);
  if (authorities !== undefined && 'fault' in authorities) refuse('clientCa', authorities.fault);

  const [own] = chain === undefined || 'fault' in chain ? [] : chain.found;
  const age = own && ageFault(own, now);
  if (age !== undefined) refuse('cert', `${age}; renew it, or name the renewed one`);
  if (authorities !== undefined && 'found' in authorities) {
    const [first, ...more] = authorities.found.map((authority) => ageFault(authority, now));
    // An authority’s old certificate beside its new one is how they are exchanged.
    if (first !== undefined && more.every((fault) => fault !== undefined))
      refuse('clientCa', `${first}; no client could be verified, so get its new one`);
  }
  if (chain !== undefined && 'found' in chain && privateKey !== undefined && 'found' in privateKey) {
    const fault = pairFault(chain.found, privateKey.found, tls.cert);
    if (fault !== undefined) refuse('key', fault);
  }
  if (problems.length > 0 || cert === undefined || key === undefined || own === undefined) return { problems };

  const material: TlsMaterial = {
    ...{ cert, key, validUntil: new Date(own.validTo) },
    ...(clientCa === undefined ? {} : { clientCa }),
  };
  try {
    createSecureContext(secureContextOf(material));
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    refuse('cert', `which OpenSSL does not take (${code}); make it anew with a key of today’s size`);
    return { problems };
  }
  return { material, problems: [] };
}

/** What Node is told of it; the same at the start and at each renewal, which forgets whatever it is not told again. */
export const secureContextOf = ({ cert, key, clientCa }: TlsMaterial) =>
  ({ cert, key, ...(clientCa === undefined ? {} : { ca: clientCa }), minVersion: 'TLSv1.2' }) as const;

async function readText(file: string): Promise<{ readonly text?: string; readonly fault?: string }> {
  try {
    const found = await stat(file);
    // A pipe or a device would be read for ever.
    if (!found.isFile()) return { fault: 'which is no ordinary file' };
    if (found.size > MAX_FILE_BYTES) return { fault: 'which is over 1 MiB: no certificate is that long' };
    return { text: await readFile(file, 'utf8') };
  } catch (error) {
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { fault: 'which does not exist' };
    if (code === 'EACCES' || code === 'EPERM')
      return { fault: 'which this account may not read; give the account that runs Bellhop access to it' };
    return { fault: `which cannot be read (${code})` };
  }
}

type Found<T> = { readonly found: T } | { readonly fault: string };

function certificatesIn(text: string): Found<readonly X509Certificate[]> {
  const blocks = text.match(PEM_CERTIFICATE) ?? [];
  if (blocks.length === 0) {
    const found = text.includes('PRIVATE KEY-----')
      ? 'which holds a key and no certificate'
      : 'which holds no certificate';
    return { fault: `${found}; expected PEM, which begins with -----BEGIN CERTIFICATE-----` };
  }
  try {
    return { found: blocks.map((block) => new X509Certificate(block)) };
  } catch {
    return { fault: 'which holds a damaged certificate; copy it again, whole' };
  }
}

function keyIn(text: string): Found<KeyObject> {
  if (/-----BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(text))
    return { fault: 'which is locked with a passphrase; expected the key without one (openssl pkey -in … -out …)' };
  if (!text.includes('PRIVATE KEY-----')) {
    const found = text.includes('-----BEGIN CERTIFICATE')
      ? 'which holds a certificate and no key'
      : 'which holds no key';
    return { fault: `${found}; expected PEM, which begins with -----BEGIN PRIVATE KEY-----` };
  }
  try {
    return { found: createPrivateKey(text) };
  } catch {
    return { fault: 'which holds a damaged key; copy it again, whole' };
  }
}

function ageFault({ validFrom, validTo }: X509Certificate, now: Date): string | undefined {
  if (new Date(validTo) <= now) return `which expired on ${dayOf(new Date(validTo))}`;
  if (new Date(validFrom) > now) return `which is valid from ${dayOf(new Date(validFrom))} only`;
  return undefined;
}

function pairFault(chain: readonly X509Certificate[], key: KeyObject, certFile: string): string | undefined {
  const [own, ...others] = chain;
  if (own === undefined || own.checkPrivateKey(key)) return undefined;
  if (others.some((other) => other.checkPrivateKey(key)))
    return `whose certificate does not stand first in ${certFile}; put it first, then those that lead to its authority`;
  return `which is not the key of the certificate in ${certFile}; expected the two files that were made together`;
}

/** As people write it, in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
