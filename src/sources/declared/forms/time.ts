import { z } from 'zod';
import { dateTime, day } from '../../human-time.ts';
import { readTime } from '../../read-time.ts';
import type { Form } from '../form.ts';
import type { Value } from '../value.ts';

interface Time {
  readonly time: Value;
}

export const time: Form<Time> = {
  means: '`24 Nov, 14:02 UTC`, of ISO text or of seconds or milliseconds since 1970; `24 Nov 2026` of a day alone',
  example: { time: '{{payload.at}}' },
  schema: (value) => z.strictObject({ time: value }),
  values: ['time'],
  text({ time: written }, { text }) {
    const said = text(written);
    const at = readTime(said);
    return at && (/^\d{4}-\d\d-\d\d$/.test(said ?? '') ? day(at) : dateTime(at));
  },
};
