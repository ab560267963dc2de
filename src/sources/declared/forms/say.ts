import { z } from 'zod';
import { type Form, line } from '../form.ts';
import type { Value } from '../value.ts';

interface Say {
  readonly say: string;
  readonly with: Readonly<Record<string, Value>>;
}

export const say: Form<Say> = {
  means: 'text that also prints other values, by the names they have here',
  example: { say: 'Paid: {{amount}}', with: { amount: { money: '{{payload.total}}', currency: 'EUR' } } },
  schema: (value) => z.strictObject({ say: line, with: z.record(z.string().regex(/^[A-Za-z_]\w{0,63}$/), value) }),
  values: ['say'],
  named: 'with',
  text({ say: template, with: values }, scope) {
    // One that has no value is absent, so that a section can leave out what goes with it.
    const named = Object.entries(values).flatMap(([name, value]) => {
      const text = scope.text(value);
      return text === undefined ? [] : [[name, text] as const];
    });
    return scope.with(Object.fromEntries(named)).text(template);
  },
};
