import { z } from 'zod';
import { HANDSHAKE_NAMES } from '../../core/handshake.ts';
import type { Declaration } from './declaration.ts';
import { line } from './form.ts';
import { forms } from './forms/index.ts';
import type { Value } from './value.ts';
import { header, verifierSchema } from './verifier-schema.ts';

const value: z.ZodType<Value> = z.lazy(() =>
  z.union([line, z.array(value).min(1).max(50), ...Object.values(forms).map(({ schema }) => schema(value))], {
    error: notAValue,
  }),
);

/** `first (where, is, take)`: a form with the keys that go with it. */
const FORMS = Object.values(forms).map(({ example }) => {
  const [name, ...others] = Object.keys(example);
  return others.length === 0 ? name : `${name} (${others.join(', ')})`;
});

const NO_VALUE = `is no value; expected text such as "{{payload.id}}", a list of values, or an object with ${FORMS.join(', ')}`;

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
