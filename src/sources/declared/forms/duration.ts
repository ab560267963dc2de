import { z } from 'zod';
import { formatDuration } from '../../../core/duration.ts';
import type { Form } from '../form.ts';
import type { Value } from '../value.ts';

const UNIT_MS = { ms: 1, s: 1_000, min: 60_000 } as const;

interface Duration {
  readonly duration: Value;
  readonly unit: keyof typeof UNIT_MS;
}

export const duration: Form<Duration> = {
  means: '`3 min 5 s`, of a number in `unit`: `ms`, `s` or `min`',
  example: { duration: '{{payload.took}}', unit: 's' },
  schema: (value) => z.strictObject({ duration: value, unit: z.enum(['ms', 's', 'min']) }),
  values: ['duration'],
  text({ duration: written, unit }, { text }) {
    const amount = Number(text(written));
    return amount > 0 ? formatDuration(amount * UNIT_MS[unit]) : undefined;
  },
};
