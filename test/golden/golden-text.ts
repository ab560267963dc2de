import type { Labels } from '../../src/core/event.ts';
import { compactJson } from './compact-json.ts';
import type { Passed } from './pass-through.ts';

/** Shown as JSON; `console` is shown as the text it prints. */
const AS_JSON = ['slack', 'discord', 'teams', 'webhook'] as const;

/** What a colleague judges: how a sample is read, the message as text, and the exact JSON for each platform. */
export const goldenText = (passed: readonly Passed[]): string => `${passed.map(eventText).join('\n\n\n')}\n`;

function eventText({ event, dedupeKey, rendered, payloads }: Passed): string {
  const { severity, state, key, closes, url, labels, at } = event;
  const reading = Object.entries({
    event: event.unlisted === true ? `${event.event} (unlisted)` : event.event,
    severity,
    state,
    key,
    closes: closes === true ? 'yes' : 'no',
    url,
    at: at.toISOString(),
    labels: labelText(labels),
    dedupe: dedupeKey,
    template: rendered.template,
  });
  return [
    ...reading.map(([name, value]) => `${name.padEnd(9)} ${value ?? '–'}`),
    '',
    String(payloads.console.text),
    ...AS_JSON.flatMap((platform) => ['', `── ${platform}`, compactJson(payloads[platform])]),
  ].join('\n');
}

function labelText(labels: Labels): string {
  const written = Object.entries(labels).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : value.join('|')}`,
  );
  return written.sort().join('  ') || '–';
}
