import { z } from 'zod';
import { formatDuration } from '../../../core/duration.ts';
import { readTime } from '../../read-time.ts';
import type { Form } from '../form.ts';
import type { Value } from '../value.ts';

interface Since {
  readonly since: Value;
  readonly until: Value;
}

export const since: Form<Since> = {
  means: '`3 min 5 s`: from one time to a later one',
  example: { since: '{{payload.started}}', until: '{{payload.ended}}' },
  schema: (value) => z.strictObject({ since: value, until: value }),
  values: ['since', 'until'],
  text({ since: started, until: ended }, { text }) {
    const [from, to] = [readTime(text(started)), readTime(text(ended))];
    return from && to && to > from ? formatDuration(to.getTime() - from.getTime()) : undefined;
  },
};
