import { z } from 'zod';
import { type Markup, toMarkdown } from '../../markup/to-markdown.ts';
import { filled } from '../filled.ts';
import type { Form } from '../form.ts';
import type { Value } from '../value.ts';

interface Markdown {
  readonly markdown: Value;
  readonly of: Markup;
}

export const markdown: Form<Markdown> = {
  means:
    'long text as Markdown, for three braces in a template (`{{{facts.said}}}`), of what its sender wrote in `html`, in Atlassian’s `wiki` text, or as `text` without markup; at most 2,000 characters',
  example: { markdown: '{{payload.body}}', of: 'html' },
  schema: (value) => z.strictObject({ markdown: value, of: z.enum(['html', 'wiki', 'text']) }),
  values: ['markdown'],
  text({ markdown: said, of }, { text, lines }) {
    const written = typeof said === 'string' ? lines(said) : text(said);
    return written === undefined ? undefined : filled(toMarkdown(written, of));
  },
};
