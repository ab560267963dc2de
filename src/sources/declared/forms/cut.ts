import { z } from 'zod';
import type { Form } from '../form.ts';
import type { Value } from '../value.ts';

interface Cut {
  readonly cut: Value;
  readonly to: number;
}

export const cut: Form<Cut> = {
  means: 'the first characters: of a hash, say',
  example: { cut: '{{payload.commit}}', to: 7 },
  schema: (value) => z.strictObject({ cut: value, to: z.int().min(1).max(200) }),
  values: ['cut'],
  text({ cut: whole, to }, { text }) {
    const written = text(whole);
    return written === undefined ? undefined : [...written].slice(0, to).join('');
  },
};
