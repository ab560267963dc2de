import { z } from 'zod';
import { HANDSHAKE_NAMES } from '../../core/handshake.ts';
import type { Declaration, Value } from './declaration.ts';
import { header, verifierSchema } from './verifier-schema.ts';

const line = z.string().min(1).max(2_000);

const path = z.string().regex(/^(payload|item)(\.[^.]+)*$/);

const value: z.ZodType<Value> = z.lazy(() =>
  z.union(
    [
      line,
      z.array(value).min(1).max(50),
      z.strictObject({ from: value, map: z.record(z.string(), value), otherwise: value.exactOptional() }),
      z.strictObject({ time: value }),
      z.strictObject({ duration: value, unit: z.enum(['ms', 's', 'min']) }),
      z.strictObject({ money: value, currency: value, minor: z.boolean().exactOptional() }),
      z.strictObject({ text: value }),
      z.strictObject({ markdown: value, of: z.enum(['html', 'wiki', 'text']) }),
      z.strictObject({ adf: path }),
      z.strictObject({ cut: value, to: z.int().min(1).max(200) }),
      z.strictObject({ part: value, after: line.exactOptional(), before: line.exactOptional() }),
      z.strictObject({ say: line, with: z.record(z.string().regex(/^[A-Za-z_]\w{0,63}$/), value) }),
      z.strictObject({ origin: value, before: line.exactOptional(), path: value.exactOptional() }),
      z.strictObject({ since: value, until: value }),
      z.strictObject({ there: path, take: value }),
      z.strictObject({ first: path, where: value, is: line, take: value }),
      z.strictObject({ list: path, as: value, most: z.int().min(1).max(50).exactOptional() }),
    ],
    {
      error: notAValue,
    },
  ),
);

const NO_VALUE =
  'is no value; expected text such as "{{payload.id}}", a list of values, or an object with from and map, time, duration, money, text, markdown and of, adf, cut, part, say and with, origin, since and until, there, first or list';

function notAValue({ input }: { readonly input?: unknown }): string {
  return input === undefined ? 'is missing; expected a value such as "{{payload.id}}"' : NO_VALUE;
}

const values = z.record(z.string().regex(/^[A-Za-z_][\w-]{0,63}$/), value);

/** A type of source as a user writes it in `sources/<type>.json`, which names it. */
export const declarationSchema = z
  .strictObject({
    $schema: z.string().exactOptional(),
    title: line,
    docs: z.string().max(2_000).default(''),
    setUp: z.string().max(2_000).default(''),
    verifier: verifierSchema,
    events: z.record(z.string().regex(/^[\w.:-]{1,80}$/), z.string()),
    ignores: z.record(z.string(), z.string()).exactOptional(),
    maxBody: z.int().min(1_024).max(26_214_400).exactOptional(),
    takesGet: z.boolean().exactOptional(),
    handshake: z
      .enum(HANDSHAKE_NAMES, { error: `is no handshake; expected ${HANDSHAKE_NAMES.join(', ')}` })
      .exactOptional(),
    answer: z
      .strictObject({
        type: z.enum(['text/plain', 'text/xml', 'application/json']),
        body: z.string().max(1_000),
        when: value.exactOptional(),
      })
      .exactOptional(),
    eventHeader: header.exactOptional(),
    requires: value,
    each: z
      .string()
      .regex(/^payload(\.[^.]+)*$/, { error: 'is no path; expected one such as payload.alerts' })
      .exactOptional(),
    event: value,
    id: value.exactOptional(),
    key: value.exactOptional(),
    state: value.exactOptional(),
    closes: z.array(z.string()).exactOptional(),
    severity: value.exactOptional(),
    titles: z.record(z.string(), value),
    url: value.exactOptional(),
    labels: values.exactOptional(),
    facts: values.exactOptional(),
    at: value.exactOptional(),
  })
  .transform(({ $schema: _schema, ...rest }): Omit<Declaration, 'type'> => rest);
