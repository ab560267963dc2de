import { z } from 'zod';
import { elementsAt } from '../elements.ts';
import { type Form, line, path } from '../form.ts';
import type { Value } from '../value.ts';

interface First {
  readonly first: string;
  readonly where: Value;
  readonly is: string;
  readonly take: Value;
}

export const first: Form<First> = {
  means: '`take` of the first element for which `where` comes to `is`, of a list at a path; `found` is the element',
  example: { first: 'payload.tags', where: '{{found.name}}', is: 'env', take: '{{found.value}}' },
  schema: (value) => z.strictObject({ first: path, where: value, is: line, take: value }),
  values: ['where', 'take'],
  text: ({ first: list, where, is, take }, scope) =>
    elementsAt(list, scope)
      .find((element) => element.text(where) === is)
      ?.text(take),
};
