import { z } from 'zod';
import { filled } from '../filled.ts';
import { type Form, line } from '../form.ts';
import type { Value } from '../value.ts';

interface Part {
  readonly part: Value;
  readonly after?: string;
  readonly before?: string;
}

export const part: Form<Part> = {
  means:
    'what stands `after` the first of something, `before` the next of something, or between the two: `main` of `origin/main`; nothing where they are not there',
  example: { part: '{{payload.branch}}', after: 'origin/' },
  schema: (value) => z.strictObject({ part: value, after: line.exactOptional(), before: line.exactOptional() }),
  values: ['part'],
  text({ part: written, after, before }, { text }) {
    const whole = text(written) ?? '';
    if (after !== undefined && !whole.includes(after)) return undefined;
    const start = after === undefined ? 0 : whole.indexOf(after) + after.length;
    const end = before === undefined ? whole.length : whole.indexOf(before, start);
    return end === -1 ? undefined : filled(whole.slice(start, end).trim());
  },
};
