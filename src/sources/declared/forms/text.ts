import { z } from 'zod';
import { plainText } from '../../plain-text.ts';
import { filled } from '../filled.ts';
import type { Form } from '../form.ts';
import type { Value } from '../value.ts';

const LONGEST = 1_000;

interface Text {
  readonly text: Value;
}

export const text: Form<Text> = {
  means: 'long text, several lines kept, HTML turned into text; at most 1,000 characters',
  example: { text: '{{payload.description}}' },
  schema: (value) => z.strictObject({ text: value }),
  values: ['text'],
  text({ text: value }, scope) {
    if (typeof value !== 'string') return scope.text(value);
    const written = scope.lines(value);
    return written === undefined ? undefined : filled(plainText(written, LONGEST));
  },
};
