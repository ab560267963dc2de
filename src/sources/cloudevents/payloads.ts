import { z } from 'zod';
import { text, time } from '../lenient.ts';

/** The attributes that are used: https://github.com/cloudevents/spec/blob/main/cloudevents/spec.md#context-attributes */
export const attributes = z.object({
  type: z.string().min(1),
  source: z.string().min(1),
  id: text,
  subject: text,
  time,
});
