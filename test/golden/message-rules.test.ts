import { describe, expect, test } from 'vitest';
import { SHIPPED_TEMPLATES } from '../../src/blueprint.ts';
import { inlineText } from '../../src/core/message.ts';
import { isRecord } from '../../src/core/record.ts';
import { loadSamples } from '../../src/templates/samples.ts';
import { inventions } from './inventions.ts';
import { composeAll, type Passed, passThrough } from './pass-through.ts';
import { strangers } from './strangers.ts';

const samples = [...(await loadSamples([SHIPPED_TEMPLATES])), ...strangers];
const messages: readonly (readonly [name: string, passed: Passed])[] = [
  ...samples.flatMap((sample) =>
    passThrough(sample).map((passed) => [`${sample.type}/${sample.name}`, passed] as const),
  ),
  ...inventions.map(({ event }) => [`${event.type}/${event.event}`, composeAll(event)] as const),
];

describe.each(messages)('%s', (_name, { rendered: { message }, payloads }) => {
  test('has a first line that stands alone in a notification', () => {
    expect(message.emoji).not.toBe('');
    expect(message.title).toMatch(/^\S.*\S$/u);
    expect(message.title.length).toBeLessThanOrEqual(250);
  });

  test('has at most four short fields', () => {
    const fields = message.fields.map(({ name, value }) => ({ name, length: inlineText(value).length }));
    expect(fields.length).toBeLessThanOrEqual(4);
    expect(fields.filter(({ length }) => length > 160)).toEqual([]);
  });

  test('lets Slack find no call in what it holds, and Discord neither', () => {
    expect(mrkdwnIn(payloads.slack).filter(({ verbatim }) => verbatim !== true)).toEqual([]);
    expect(payloads.discord.allowed_mentions).toEqual({ parse: [], roles: [], users: [] });
  });
});

/** Every mrkdwn object of a payload, however deep: without `verbatim` Slack makes calls of the names in it. */
function mrkdwnIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (!isRecord(value)) return [];
  return [...(value.type === 'mrkdwn' ? [value] : []), ...Object.values(value).flatMap(mrkdwnIn)];
}
