import { z } from 'zod';
import { adfToMarkdown } from '../../markup/to-markdown.ts';
import { filled } from '../filled.ts';
import { type Form, path } from '../form.ts';

interface Adf {
  readonly adf: string;
}

export const adf: Form<Adf> = {
  means: 'Markdown too, of an Atlassian document (a tree) at a path',
  example: { adf: 'payload.comment.body' },
  schema: () => z.strictObject({ adf: path }),
  values: [],
  text: (written, { at }) => filled(adfToMarkdown(at(written.adf))),
};
