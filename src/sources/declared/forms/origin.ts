import { z } from 'zod';
import { safeWebUrl } from '../../../core/url.ts';
import type { Form } from '../form.ts';
import type { Value } from '../value.ts';

interface Origin {
  readonly origin: Value;
}

export const origin: Form<Origin> = {
  means: '`https://acme.example`, of an address there',
  example: { origin: '{{payload.url}}' },
  schema: (value) => z.strictObject({ origin: value }),
  values: ['origin'],
  text({ origin: address }, { text }) {
    const written = safeWebUrl(text(address) ?? '');
    return written === undefined ? undefined : new URL(written).origin;
  },
};
