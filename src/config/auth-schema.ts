import { z } from 'zod';
import type { AuthConfig } from '../core/config.ts';
import { patternProblems } from '../core/signed-pattern.ts';
import { parseSubject } from '../core/subject.ts';
import { duration, present, refuse, secretText, settings, text, word } from './settings.ts';

const headerName = () =>
  text('the name of a header').refine((value) => value.trim() === '' || /^[\w!#$%&'*+.^`|~-]+$/.test(value), {
    error: 'is no name of a header; expected one as in "X-Signature"',
  });

const hmac = settings({
  header: headerName().describe('The header that holds the signature, for example `X-Signature`.'),
  algorithm: word('algorithm', ['sha1', 'sha256', 'sha512'])
    .default('sha256')
    .describe('The hash inside the HMAC: sha1, sha256 or sha512. Default: sha256.'),
  encoding: word('encoding', ['hex', 'base64'])
    .default('hex')
    .describe('How the signature is written: hex or base64. Default: hex.'),
  prefix: z.string().default('').describe('What stands before the signature, for example `sha256=`. Default: nothing.'),
  separator: z
    .string()
    .min(1, { error: 'is empty; expected what stands between the parts of the header, as in ","' })
    .exactOptional()
    .describe(
      'What stands between several signatures in the header, any of which will do. Default: one signature, or `,` with a `timestampField`.',
    ),
  timestampHeader: headerName()
    .exactOptional()
    .describe('The header that holds the signed time; old hooks are then refused. Default: none.'),
  timestampField: text('the name of a field, as in "t"')
    .exactOptional()
    .describe('The field of the signature’s header that holds the signed time: `t` for `t=…,v1=…`. Default: none.'),
  timestampUnit: word('unit', ['s', 'ms', 'iso'])
    .exactOptional()
    .describe(
      'How the signed time is written: seconds or milliseconds since 1970, or `iso`, as in `2026-11-21T12:00:00Z`. Default: `s` or `ms`, which its size tells apart.',
    ),
  idHeader: headerName()
    .exactOptional()
    .describe(
      'The header that `{id}` comes from. Default: webhook-id, x-webhook-id, x-delivery-id or x-request-id, whichever there is.',
    ),
  signed: text('a pattern, as in "{timestamp}.{body}"')
    .exactOptional()
    .describe(
      'What is signed, with `{body}`, `{timestamp}`, `{id}`, `{method}` and `{url}` (the source’s address under `server.publicUrl`). Default: `{body}`, or `{timestamp}.{body}` where there is a signed time.',
    ),
  tolerance: duration({ moreThanMs: 0 })
    .exactOptional()
    .describe('How far the signed time may be from this server’s clock. Default: `5m`.'),
  key: word('kind of key', ['utf8', 'base64', 'whsec'])
    .exactOptional()
    .describe(
      'How the source’s `secret` becomes the key: as it is written, decoded from base64, or decoded after `whsec_`. Default: utf8.',
    ),
})
  .superRefine(({ signed, timestampHeader, timestampField, timestampUnit, idHeader, tolerance }, context) => {
    for (const problem of signed === undefined ? [] : patternProblems(signed)) refuse(context, problem, ['signed']);
    if (idHeader !== undefined && signed?.includes('{id}') !== true)
      refuse(context, 'is of no use: `signed` does not hold {id}', ['idHeader']);
    if (timestampHeader !== undefined && timestampField !== undefined)
      refuse(context, 'stands beside `timestampHeader`; expected one of them', ['timestampField']);
    if (timestampHeader !== undefined || timestampField !== undefined) return;
    if (signed?.includes('{timestamp}'))
      refuse(context, 'is missing; expected the header that {timestamp} in `signed` comes from', ['timestampHeader']);
    for (const [key, value] of Object.entries({ tolerance, timestampUnit })) {
      if (value !== undefined)
        refuse(context, 'needs `timestampHeader`: without it there is no time to compare', [key]);
    }
  })
  .transform(({ tolerance, ...rest }) => present({ ...rest, toleranceMs: tolerance }));

const FORMS = 'one of hmac, token, bodyToken, queryToken, bearer, basic, urlToken, clientCertificate or entra';

const SUBJECT = 'the subject of a certificate, as in "CN=hooks.example.com"';
const TENANT = 'the id of a tenant, as in "0f8fad5b-d9cb-469f-a165-70867728950e"';

/** How the sender of a source proves itself. */
export const authSchema = settings({
  hmac: hmac.exactOptional().describe('The sender signs the body with the source’s `secret`.'),
  token: settings({ header: headerName().describe('The header that holds the secret, for example `X-Token`.') })
    .exactOptional()
    .describe('The sender puts the source’s `secret` into a header of its own.'),
  bodyToken: settings({
    path: text('a path, as in "auth.token"').describe('Where in the body the secret stands, for example `auth.token`.'),
  })
    .exactOptional()
    .describe('The sender puts the source’s `secret` into the body.'),
  queryToken: settings({
    name: text('the name of a field, as in "access_token"').describe(
      'The field of the query that holds the secret, for example `access_token`.',
    ),
  })
    .exactOptional()
    .describe('The sender puts the source’s `secret` into the address: `/hooks/<source>?access_token=<secret>`.'),
  bearer: secretText()
    .exactOptional()
    .describe('The token the sender puts into `Authorization: Bearer …`; takes the place of `secret`.'),
  basic: settings({
    user: text().describe('The user name the sender logs in with.'),
    password: secretText().describe('The password the sender logs in with.'),
  })
    .exactOptional()
    .describe('The sender logs in by HTTP Basic authentication; takes the place of `secret`.'),
  urlToken: secretText()
    .exactOptional()
    .describe('The last part of the address, `/hooks/<source>/<token>`, for senders that can do nothing else.'),
  clientCertificate: settings({
    subject: text(SUBJECT)
      .refine((value) => value.trim() === '' || parseSubject(value) !== undefined, {
        error: `is no subject; expected ${SUBJECT}`,
      })
      .describe(
        'Parts of the certificate’s subject, all of which it must have, for example `CN=hooks.example.com`, or `O="Acme, Inc.", CN=hooks`.',
      ),
  })
    .exactOptional()
    .describe(
      'The sender shows a client certificate of an authority in `server.tls.clientCa`; takes the place of `secret`.',
    ),
  entra: settings({
    tenantId: text(TENANT)
      .refine((value) => value.trim() === '' || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value), {
        error: `is no id of a tenant; expected ${TENANT}`,
      })
      .describe('The id of the tenant whose tokens are believed.'),
    audience: text('the audience of the tokens, as in "api://bellhop"').describe(
      'Whom the tokens are for: the Application ID URI or the client id of the application that was registered for Bellhop.',
    ),
  })
    .exactOptional()
    .describe(
      'The sender shows a token of Microsoft Entra, as the secure webhooks of Azure Monitor do; takes the place of `secret`.',
    ),
})
  .meta({ minProperties: 1, maxProperties: 1 })
  .transform((forms, context): AuthConfig => {
    const written = Object.keys(forms).length;
    if (written !== 1)
      refuse(
        context,
        written === 0 ? `is empty; expected ${FORMS}` : `has ${written} forms; expected exactly ${FORMS}`,
      );
    return forms as AuthConfig;
  });

/** The sender shows or uses the source's own `secret`; the other forms hold what they need. */
export const usesSecret = (form: AuthConfig): boolean =>
  'hmac' in form || 'token' in form || 'bodyToken' in form || 'queryToken' in form;
