import { z } from 'zod';
import type { AuthConfig, SourceConfig } from '../core/config.ts';
import { type Secret, toSecret } from '../core/secret.ts';
import { parseSubject } from '../core/subject.ts';
import { rangeProblem } from './address.ts';
import { kindOf } from './located.ts';
import { expected, quoted } from './sentences.ts';
import { duration, list, present, refuse, secretText, settings, text, word } from './settings.ts';

/** The type whose events the user maps. */
const GENERIC = 'generic';

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
  timestampHeader: headerName()
    .exactOptional()
    .describe(
      'The header that holds the signed time, in seconds since 1970; old hooks are then refused. Default: none.',
    ),
  signed: text('a pattern, as in "{timestamp}.{body}"')
    .exactOptional()
    .describe(
      'What is signed, with `{body}`, `{timestamp}` and `{id}`. Default: `{body}`, or `{timestamp}.{body}` with a `timestampHeader`.',
    ),
  tolerance: duration({ moreThanMs: 0 })
    .exactOptional()
    .describe('How far the signed time may be from this server’s clock. Default: `5m`.'),
})
  .superRefine(({ signed, timestampHeader, tolerance }, context) => {
    for (const [placeholder] of signed?.matchAll(/\{[^{}]*\}/g) ?? []) {
      if (!['{body}', '{timestamp}', '{id}'].includes(placeholder))
        refuse(context, 'holds a placeholder that is none of {body}, {timestamp}, {id}', ['signed']);
    }
    if (signed !== undefined && !signed.includes('{body}'))
      refuse(context, 'does not hold {body}: the signature would not cover what the hook says', ['signed']);
    if (timestampHeader !== undefined) return;
    if (signed?.includes('{timestamp}'))
      refuse(context, 'is missing; expected the header that {timestamp} in `signed` comes from', ['timestampHeader']);
    if (tolerance !== undefined)
      refuse(context, 'needs `timestampHeader`: without it there is no time to compare', ['tolerance']);
  })
  .transform(({ tolerance, ...rest }) => present({ ...rest, toleranceMs: tolerance }));

const FORMS = 'one of hmac, token, bearer, basic, urlToken or clientCertificate';

const SUBJECT = 'the subject of a certificate, as in "CN=hooks.example.com"';

const auth = settings({
  hmac: hmac.exactOptional().describe('The sender signs the body with the source’s `secret`.'),
  token: settings({ header: headerName().describe('The header that holds the secret, for example `X-Token`.') })
    .exactOptional()
    .describe('The sender puts the source’s `secret` into a header of its own.'),
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

const map = settings({
  id: z
    .string()
    .exactOptional()
    .describe('The sender’s own id of the event; a second one with the same id is dropped.'),
  event: z.string().exactOptional().describe('The name of the event, which routes match and templates are found by.'),
  title: z.string().exactOptional().describe('One line that stands alone in a notification.'),
  key: z
    .string()
    .exactOptional()
    .describe('What the event is about over time, for example `order:{{payload.order.id}}`.'),
  severity: z.string().exactOptional().describe('`info`, `warning`, `error` or `critical`. Default: info.'),
  state: z
    .string()
    .exactOptional()
    .describe('The state of the thing that `key` names, for example `open` or `resolved`.'),
  url: z.string().exactOptional().describe('Where a person goes to see more.'),
  labels: z
    .record(z.string(), z.string())
    .default({})
    .describe('Labels for routes to match, by name, for example `{ "region": "{{payload.region}}" }`.'),
});

const secret = z
  .union([z.string(), list(z.string(), 'a list of texts')], {
    error: expected('text, a list of texts while rotating, or "auto"'),
  })
  .transform((value) => (typeof value === 'string' ? [value] : value).filter((one) => one.trim() !== ''));

/** A source, as it is written under its name; `secretless` are the types that need no secret of it. */
export const sourceSchema = (types: readonly [string, ...string[]], secretless: readonly string[] = []) =>
  settings({
    type: word('source type', types).describe('Which sender this is: it decides how hooks are verified and read.'),
    secret: secret
      .exactOptional()
      .describe(
        'What the sender proves itself with: text, or a list while rotating. `auto` makes one at the first start and shows it in the console.',
      ),
    auth: auth
      .exactOptional()
      .describe('How the sender proves itself, when it is not the way its type has of its own.'),
    verify: z
      .literal('none', {
        error: ({ input }) =>
          `is ${typeof input === 'string' ? quoted(input) : kindOf(input)}; expected "none", or no \`verify\` at all`,
      })
      .exactOptional()
      .describe('`none` accepts hooks from anybody who knows the address. Default: every hook is verified.'),
    allowFrom: list(
      text('an address or a range').superRefine((value, context) => {
        const problem = rangeProblem(value);
        if (problem !== undefined && value.trim() !== '') refuse(context, problem);
      }),
      'a list of addresses and ranges',
    )
      .min(1)
      .default([])
      .describe(
        'Only these addresses and ranges may send, on top of the rest, for example `["10.0.0.0/8"]`. Default: all.',
      ),
    map: map.exactOptional().describe('Only for type `generic`: how its hooks become events, as mustache templates.'),
  })
    .superRefine((source, context) => {
      const secrets = source.secret ?? [];
      if (secrets.length > 1 && secrets.includes('auto'))
        refuse(context, 'has "auto" in a list; it stands alone', ['secret']);
      if (source.map !== undefined && source.type !== GENERIC)
        refuse(context, `is read for type ${GENERIC} only; this type knows its own events`, ['map']);
      if (source.verify === 'none') return;
      if (secrets.length > 0 || carriesSecret(source.auth)) return;
      if (source.auth === undefined && secretless.includes(source.type)) return;
      const found = source.secret === undefined ? 'missing' : 'empty';
      refuse(context, `is ${found}; expected text, "auto" to have one made, or "verify": "none" beside it`, ['secret']);
    })
    .transform(({ secret: written = [], type, verify, allowFrom, ...rest }): Omit<SourceConfig, 'name'> => {
      const autoSecret = written.includes('auto');
      const secrets: readonly Secret[] = autoSecret ? [] : written.map(toSecret);
      return present({ type, secrets, autoSecret, auth: rest.auth, verify, allowFrom, map: rest.map });
    });

/** These forms hold their own secret. */
const carriesSecret = (form: AuthConfig | undefined): boolean =>
  form !== undefined && !('hmac' in form) && !('token' in form);
