import { z } from 'zod';
import { elementsAt } from '../elements.ts';
import { type Form, path } from '../form.ts';
import type { Value } from '../value.ts';

interface List {
  readonly list: string;
  readonly as: Value;
  readonly most?: number;
}

export const list: Form<List> = {
  means:
    '`api, web and 2 more`: `as` of each element of a list at a path, the first `most` of them (5 without it); `found` is the element',
  example: { list: 'payload.parts', as: '{{found.name}}' },
  schema: (value) => z.strictObject({ list: path, as: value, most: z.int().min(1).max(50).exactOptional() }),
  values: ['as'],
  text({ list: at, as, most = 5 }, scope) {
    const texts = elementsAt(at, scope).flatMap((element) => element.text(as) ?? []);
    const shown = texts.slice(0, most);
    const more = texts.length - shown.length;
    if (more > 0) return `${shown.join(', ')} and ${more} more`;
    return texts.length === 0 ? undefined : shown.join(', ');
  },
};
