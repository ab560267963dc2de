import { isRecord } from '../../core/record.ts';
import { day } from '../human-time.ts';
import { oneLine } from '../one-line.ts';

/** A question as it was asked, and what somebody said to it. */
export interface Answer {
  readonly question: string;
  readonly answer: string;
}

/** More than a message should list; the button leads to the rest. */
const MOST_ANSWERS = 15;

/** The answers of a response, each with the title of its question in the form's definition. Never throws. */
export function answersOf(payload: unknown): readonly Answer[] {
  const response = isRecord(payload) && isRecord(payload.form_response) ? payload.form_response : {};
  const definition = isRecord(response.definition) ? response.definition : {};
  const titles = new Map(listOf(definition.fields).map((field) => [field.id, questionOf(field.title)]));
  return listOf(response.answers)
    .slice(0, MOST_ANSWERS)
    .map((answer) => ({
      question: (isRecord(answer.field) ? titles.get(answer.field.id) : undefined) ?? '',
      answer: oneLine(saidIn(answer), 300),
    }))
    .filter(({ answer }) => answer !== '');
}

/** A title may repeat an earlier answer, as `{{field:…}}`. */
function questionOf(title: unknown): string {
  const question = oneLine(textOf(title).replace(/\{\{[^{}]{0,200}\}\}/g, '…'), 120);
  return question === '' || /[?!.:…]$/.test(question) ? question : `${question}:`;
}

/** https://www.typeform.com/developers/responses/JSON-response-explanation/ */
function saidIn(answer: Readonly<Record<string, unknown>>): string {
  const { choice, choices, payment } = answer;
  if (typeof answer.boolean === 'boolean') return answer.boolean ? 'Yes' : 'No';
  if (isRecord(choice)) return textOf(choice.label) || textOf(choice.other);
  if (isRecord(choices))
    return [...(Array.isArray(choices.labels) ? choices.labels : []), choices.other]
      .map(textOf)
      .filter(Boolean)
      .join(', ');
  if (isRecord(payment)) return [textOf(payment.amount), textOf(payment.name)].filter(Boolean).join(', ');
  const { text, email, url, phone_number: phone, file_url: file, date, number } = answer;
  const chosen = typeof date === 'string' ? (day(new Date(date)) ?? date) : undefined;
  return [text, email, url, phone, file, chosen, number].map(textOf).find((said) => said !== '') ?? '';
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.slice(0, 500).filter(isRecord) : [];
