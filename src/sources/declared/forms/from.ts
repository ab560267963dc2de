import { z } from 'zod';
import type { Form } from '../form.ts';
import type { Value } from '../value.ts';

interface From {
  readonly from: Value;
  readonly map: Readonly<Record<string, Value>>;
  readonly otherwise?: Value;
}

export const from: Form<From> = {
  means:
    'looked up by its text, without regard to case; `otherwise` for what is not in the map, and nothing without it',
  example: { from: '{{payload.kind}}', map: { PAID: 'paid' } },
  schema: (value) =>
    z.strictObject({ from: value, map: z.record(z.string(), value), otherwise: value.exactOptional() }),
  values: ['from', 'otherwise'],
  named: 'map',
  text({ from: looked, map, otherwise }, { text }) {
    const word = text(looked)?.toLowerCase() ?? '';
    const found = Object.entries(map).find(([key]) => key.toLowerCase() === word)?.[1];
    return text(found ?? otherwise);
  },
};
