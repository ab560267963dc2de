import { z } from 'zod';
import { formatAmount, formatMoney } from '../../money.ts';
import type { Form } from '../form.ts';
import type { Value } from '../value.ts';

interface Money {
  readonly money: Value;
  readonly currency: Value;
  readonly minor?: boolean;
}

export const money: Form<Money> = {
  means: '`€12.50`, of a number in whole units, or in cents and their like with `"minor": true`',
  example: { money: '{{payload.total}}', currency: 'EUR' },
  schema: (value) => z.strictObject({ money: value, currency: value, minor: z.boolean().exactOptional() }),
  values: ['money', 'currency'],
  text({ money: amount, currency, minor = false }, { text }) {
    const written = text(amount);
    return written === undefined ? undefined : (minor ? formatMoney : formatAmount)(Number(written), text(currency));
  },
};
