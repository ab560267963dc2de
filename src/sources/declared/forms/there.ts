import { z } from 'zod';
import { type Form, path } from '../form.ts';
import type { Value } from '../value.ts';

interface There {
  readonly there: string;
  readonly take: Value;
}

export const there: Form<There> = {
  means: '`take`, where the document has something at a path, be it null, 0 or empty',
  example: { there: 'payload.closed_at', take: 'closed' },
  schema: (value) => z.strictObject({ there: path, take: value }),
  values: ['take'],
  text: ({ there: place, take }, { at, text }) => (at(place) === undefined ? undefined : text(take)),
};
