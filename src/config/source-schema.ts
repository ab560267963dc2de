import { z } from 'zod';
import type { SourceConfig } from '../core/config.ts';
import { HANDSHAKE_NAMES } from '../core/handshake.ts';
import { type Secret, toSecret } from '../core/secret.ts';
import { rangeProblem } from './address.ts';
import { authSchema, usesSecret } from './auth-schema.ts';
import { kindOf } from './located.ts';
import { expected, quoted } from './sentences.ts';
import { list, present, refuse, settings, text, word } from './settings.ts';

/** The type whose events the user maps. */
const GENERIC = 'generic';

/** The type that proves itself by Amazon's certificate: what remains to be said is whose topics are believed. */
const SNS = 'aws-sns';
const TOPIC = 'the ARN of a topic, as in "arn:aws:sns:eu-west-1:111122223333:alarms"';

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
    auth: authSchema
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
    handshake: word('handshake', HANDSHAKE_NAMES)
      .exactOptional()
      .describe(
        'What the sender asks before it sends, and how it is answered; for types that do not say it themselves. Default: nothing.',
      ),
    topics: list(
      text(TOPIC).refine(
        (value) => value.trim() === '' || /^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]+(\.fifo)?$/.test(value),
        {
          error: `is no topic; expected ${TOPIC}`,
        },
      ),
      'a list of topics',
    )
      .min(1)
      .exactOptional()
      .describe(
        'Only for type `aws-sns`: the ARNs of the topics that are taken, whose subscriptions are confirmed. Everybody with an account of AWS can sign in the name of some topic.',
      ),
    map: map.exactOptional().describe('Only for type `generic`: how its hooks become events, as mustache templates.'),
  })
    .superRefine((source, context) => {
      const secrets = source.secret ?? [];
      if (secrets.length > 1 && secrets.includes('auto'))
        refuse(context, 'has "auto" in a list; it stands alone', ['secret']);
      if (source.map !== undefined && source.type !== GENERIC)
        refuse(context, `is read for type ${GENERIC} only; this type knows its own events`, ['map']);
      if (source.topics !== undefined && source.type !== SNS)
        refuse(context, `is read for type ${SNS} only; other senders have no topics`, ['topics']);
      if (source.verify === 'none') return;
      if (source.type === SNS && source.auth === undefined && source.topics === undefined)
        refuse(context, `is missing; expected a list with ${TOPIC}`, ['topics']);
      const needed = source.auth === undefined ? !secretless.includes(source.type) : usesSecret(source.auth);
      if (secrets.length > 0 || !needed) return;
      const found = source.secret === undefined ? 'missing' : 'empty';
      refuse(context, `is ${found}; expected text, "auto" to have one made, or "verify": "none" beside it`, ['secret']);
    })
    .transform(({ secret: written = [], type, verify, allowFrom, ...rest }): Omit<SourceConfig, 'name'> => {
      const autoSecret = written.includes('auto');
      const secrets: readonly Secret[] = autoSecret ? [] : written.map(toSecret);
      const { auth, handshake, topics, map } = rest;
      return present({ type, secrets, autoSecret, auth, verify, allowFrom, handshake, topics, map });
    });
