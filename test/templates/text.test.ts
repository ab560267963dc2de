import { expect, test } from 'vitest';
import { checkText, renderText } from '../../src/templates/text.ts';

test('a text is rendered literally', () => {
  const view = { payload: { order: { id: 7 }, items: ['a', 'b'], html: '<b>&"' } };
  expect(renderText('Order {{payload.order.id}}: {{payload.items}} {{{payload.html}}}{{payload.html}}', view)).toBe(
    'Order 7: a, b <b>&"<b>&"',
  );
  expect(renderText('{{#payload.items}}[{{.}}]{{/payload.items}}{{payload.toString}}', view)).toBe('[a][b]');
});

test('a broken text is told beforehand', () => {
  expect(checkText('{{a}} {{#b}}c{{/b}}')).toBeUndefined();
  expect(checkText('{{#b}}')).toBe('the section "b" is not closed; write {{/b}} after it');
  expect(checkText('{{> x}}')).toBe('{{> x}} stands where no partial can: partials work in templates only');
  expect(() => renderText('{{#b}}', {})).toThrow('the section "b" is not closed');
});

test('more texts than are kept stay right', () => {
  for (let at = 0; at < 1_200; at++) expect(renderText(`${at} {{a}}`, { a: 'x' })).toBe(`${at} x`);
});
