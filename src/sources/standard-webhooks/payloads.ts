import { z } from 'zod';
import { text, time } from '../lenient.ts';

/** The body the specification recommends: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export const message = z.object({
  type: text,
  timestamp: time,
  data: z.unknown().optional(),
});
