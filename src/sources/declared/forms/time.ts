import { z } from 'zod';
import { dateTime } from '../../human-time.ts';
import { readTime } from '../../read-time.ts';
import type { Form } from '../form.ts';
import type { Value } from '../value.ts';

interface Time {
  readonly time: Value;
}

export const time: Form<Time> = {
  means: '`24 Nov, 14:02 UTC`, of ISO text or of seconds or milliseconds since 1970',
  example: { time: '{{payload.at}}' },
  schema: (value) => z.strictObject({ time: value }),
  values: ['time'],
  text({ time: written }, { text }) {
    const at = readTime(text(written));
    return at && dateTime(at);
  },
};
