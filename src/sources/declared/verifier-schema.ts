import { z } from 'zod';
import { parseDuration } from '../../core/duration.ts';
import { patternProblems } from '../../core/signed-pattern.ts';
import type { EcdsaVerifier, HmacVerifier, Verifier } from '../../core/source.ts';
import { parseSubject } from '../../core/subject.ts';

const word = z.string().min(1).max(200);

/** The name of a header, in the lower case in which hooks hold it. */
export const header = z
  .string()
  .regex(/^[\w-]{1,100}$/, { error: 'is no name of a header; expected one as in "X-Signature"' })
  .transform((name) => name.toLowerCase());

const headers = z.array(header).min(1);

const DEFAULT_TOLERANCE = '5m';
const LONGEST_MS = 86_400_000;

const tolerance = z
  .string()
  .transform((written, context) => {
    const ms = parseDuration(written) ?? 0;
    if (ms >= 1_000 && ms <= LONGEST_MS) return ms;
    context.addIssue({ code: 'custom', message: 'is no duration from 1s to 1d; expected one as in "5m"' });
    return z.NEVER;
  })
  .exactOptional();

const timeShape = {
  headers: headers.exactOptional(),
  unit: z.enum(['s', 'ms', 'iso']).exactOptional(),
  tolerance,
  toleranceMs: z.int().min(1_000).max(LONGEST_MS).exactOptional(),
};

const DEFAULT_TOLERANCE_MS = parseDuration(DEFAULT_TOLERANCE) ?? LONGEST_MS;

/** The tolerance is written as text, or in milliseconds. */
function inMs<Time extends { readonly tolerance?: number; readonly toleranceMs?: number }>(time: Time) {
  const { tolerance: written, toleranceMs = written ?? DEFAULT_TOLERANCE_MS, ...rest } = time;
  return { ...rest, toleranceMs };
}

const signedTime = z
  .strictObject({ ...timeShape, field: word.exactOptional(), bodyPath: word.exactOptional() })
  .superRefine(({ headers: named, field, bodyPath }, context) => {
    const places = [named, field, bodyPath].filter((place) => place !== undefined).length;
    if (places === 1) return;
    const message = `says ${places === 0 ? 'no place' : `${places} places`} of the signed time; expected one of headers, field or bodyPath`;
    context.addIssue({ code: 'custom', message });
  })
  .transform(inMs);

const hmac = z
  .strictObject({
    scheme: z.literal('hmac'),
    headers,
    algorithm: z.enum(['sha1', 'sha256', 'sha512']).default('sha256'),
    encoding: z.enum(['hex', 'base64']).default('hex'),
    prefix: z.string().default(''),
    separator: z.string().min(1).exactOptional(),
    signed: z.string().exactOptional(),
    carrier: z.string().min(1).exactOptional(),
    idHeaders: headers.exactOptional(),
    timestamp: signedTime.exactOptional(),
    key: z.enum(['utf8', 'base64', 'whsec']).default('utf8'),
  })
  .superRefine(({ signed = '{body}', idHeaders, timestamp, separator }, context) => {
    const refuse = (key: string, message: string) => context.addIssue({ code: 'custom', message, path: [key] });
    for (const message of patternProblems(signed)) refuse('signed', message);
    if (signed.includes('{timestamp}') && (timestamp === undefined || timestamp.bodyPath !== undefined))
      refuse('timestamp', 'is missing; expected the headers or the field that {timestamp} in `signed` comes from');
    if (signed.includes('{id}') && idHeaders === undefined)
      refuse('idHeaders', 'is missing; expected the headers that {id} in `signed` comes from');
    if (timestamp?.field !== undefined && separator === undefined)
      refuse('separator', 'is missing; expected what stands between the time and the signature in the header');
  })
  .transform(
    ({ signed, ...rest }): HmacVerifier => ({
      ...rest,
      // A time that is not signed proves nothing.
      signed: signed ?? (rest.timestamp && rest.timestamp.bodyPath === undefined ? '{timestamp}.{body}' : '{body}'),
    }),
  );

const ecdsa = z
  .strictObject({
    scheme: z.literal('ecdsa'),
    headers,
    signed: z.string().default('{timestamp}{body}'),
    timestamp: z.strictObject({ ...timeShape, headers }).transform(inMs),
  })
  .superRefine(({ signed }, context) => {
    for (const message of patternProblems(signed, ['{body}', '{timestamp}']))
      context.addIssue({ code: 'custom', message, path: ['signed'] });
  })
  .transform((written): EcdsaVerifier => written);

const shared = [
  hmac,
  z.strictObject({ scheme: z.literal('token'), header }),
  z.strictObject({ scheme: z.literal('bodyToken'), path: word }),
  z.strictObject({ scheme: z.literal('queryToken'), name: word }),
  z.strictObject({ scheme: z.literal('bearer') }),
  z.strictObject({ scheme: z.literal('basic'), user: word }),
  z.strictObject({ scheme: z.literal('urlToken') }),
] as const;

const SHARED = 'hmac, token, bodyToken, queryToken, bearer, basic or urlToken';
const ALL = 'hmac, token, bodyToken, queryToken, bearer, basic, urlToken, clientCertificate, ecdsa, anyOf or none';

const noScheme = (known: string) => (issue: { readonly code?: string; readonly input?: unknown }) => {
  if (issue.input === undefined) return 'is missing; expected an object with a `scheme`';
  return `is no way to prove a sender; expected ${known}`;
};

/** How the sender proves itself: every way of `Verifier` that takes no code, in the same form. */
export const verifierSchema: z.ZodType<Verifier> = z.discriminatedUnion(
  'scheme',
  [
    ...shared,
    ecdsa,
    z.strictObject({
      scheme: z.literal('clientCertificate'),
      subject: z.string().refine((subject) => parseSubject(subject) !== undefined, {
        error: 'is no subject of a certificate; expected one as in "CN=hooks.example.com"',
      }),
    }),
    z.strictObject({
      scheme: z.literal('anyOf'),
      of: z
        .array(z.discriminatedUnion('scheme', shared, { error: noScheme(SHARED) }))
        .min(2)
        .max(10),
    }),
    z.strictObject({ scheme: z.literal('none') }),
  ],
  { error: noScheme(ALL) },
);
