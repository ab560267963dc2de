import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answersOf } from '../../src/sources/typeform/answers.ts';

it('puts each answer to its question, and leaves out what was skipped', () => {
  const fields = [
    { id: 'a', title: 'Name' },
    { id: 'b', title: 'Again, {{field:a}}?' },
    { id: 'c', title: 'Why' },
  ];
  const answers = [
    { type: 'boolean', boolean: false, field: { id: 'b' } },
    { type: 'text', text: '', field: { id: 'c' } },
    { type: 'text', text: 'Mona\nLisa', field: { id: 'a' } },
    { type: 'number', number: 0, field: { id: 'x' } },
  ];
  expect(answersOf({ form_response: { definition: { fields }, answers } })).toEqual([
    { question: 'Again, …?', answer: 'No' },
    { question: 'Name:', answer: 'Mona Lisa' },
    { question: '', answer: '0' },
  ]);
});

it('never throws, and lists no more than fifteen', () => {
  const answers = fc.array(fc.oneof(fc.object(), fc.constant({ text: 'a' })), { maxLength: 30 });
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.record({ form_response: fc.record({ answers }) })), (payload) => {
      expect(answersOf(payload).length).toBeLessThanOrEqual(15);
    }),
  );
});
