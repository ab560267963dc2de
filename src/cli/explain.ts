import { z } from 'zod';
import { systemClock } from '../core/clock.ts';
import { CommandError } from '../core/errors.ts';
import { createIds } from '../core/id.ts';
import { parseJson } from '../core/parse-json.ts';
import type { RouteTrace } from '../core/route.ts';
import { type EventExplanation, type Explanation, explainHook } from '../pipeline/explain.ts';
import { explanationView, sampleHook } from '../pipeline/explanation-view.ts';
import { auditText } from '../pipeline/mute-notices.ts';
import { findSource, readOffline, withKeptOverlay } from './offline.ts';
import { oneLine, print, printJson, style } from './output.ts';
import { readText } from './read-text.ts';
import { readSettings } from './settings.ts';

export interface ExplainOptions {
  readonly event?: string;
  readonly header: readonly string[];
  readonly json?: boolean;
}

/** `bellhop explain`: what would happen to a payload. Nothing is stored, nothing is sent. Returns the exit code. */
export async function explain(name: string, file: string, options: ExplainOptions): Promise<number> {
  const settings = readSettings();
  const newId = createIds(systemClock, Math.random);
  const { runtime: plain } = await readOffline(settings);
  const runtime = await withKeptOverlay(plain, { data: settings.data, now: systemClock.now(), newId });
  const source = findSource(runtime, name);
  const { payload, headers } = await readPayload(file);
  const hook = sampleHook(source, {
    payload,
    event: options.event,
    headers: { ...headers, ...Object.fromEntries(options.header.map(splitHeader)) },
    id: newId('hook'),
    at: systemClock.now(),
  });
  const explanation = explainHook(runtime, hook, { source, newId });
  if (options.json) printJson(explanationView(explanation));
  else print(explanationText(explanation));
  return explanation.reading.kind === 'unreadable' ? 1 : 0;
}

interface PayloadFile {
  readonly payload: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/** A bare body, byte for byte, or a sample as Bellhop ships them: `{headers, body}`. `-` is standard input. */
async function readPayload(file: string): Promise<PayloadFile> {
  const text = await readText(file);
  const sample = sampleSchema.safeParse(parseJson(text));
  return sample.success ? { payload: sample.data.body, headers: sample.data.headers } : { payload: text, headers: {} };
}

const sampleSchema = z.strictObject({ headers: z.record(z.string(), z.string()), body: z.unknown() });

function splitHeader(written: string): readonly [string, string] {
  const at = written.indexOf(':');
  if (at < 1) throw new CommandError(`--header "${written}" has no colon; "Name: value" was expected.`, 2);
  return [written.slice(0, at).trim(), written.slice(at + 1).trim()];
}

function explanationText({ reading, events }: Explanation): string {
  if (reading.kind !== 'events') return `${style('yellow', reading.kind)}: ${reading.reason}\nNothing would be posted.`;
  return events.map(eventText).join('\n\n');
}

function eventText({ event, routes, messages }: EventExplanation): string {
  const labels = Object.entries(event.labels).map(([name, value]) => `${name}=${[value].flat().join(',')}`);
  const about = [
    event.event,
    event.severity,
    event.state && `state ${event.state}`,
    event.key && `key ${event.key}`,
  ].filter(Boolean);
  return [
    style('bold', oneLine(event.title)),
    `  ${oneLine(about.join(' · '))}`,
    `  ${oneLine(labels.join('  '))}`,
    ...(event.unlisted ? [`  ${style('yellow', 'not listed by its type: goes out by the default template')}`] : []),
    '',
    'Routes',
    ...routes.map((route) => `  ${routeText(route)}`),
    '',
    messages.length === 0 ? 'Nothing would be posted.' : 'Messages',
    ...messages.flatMap(({ channel, platform, route, template, failure, payload, mute }) => [
      `  ${style('bold', channel)} on ${platform}, by route ${route}, template ${template}${failure === undefined ? '' : style('red', ` (${failure})`)}`,
      ...(mute === undefined ? [] : [`    ${style('yellow', `held back by ${oneLine(auditText(mute))}`)}`]),
      JSON.stringify(payload, undefined, 2).replace(/^/gm, '    '),
    ]),
  ].join('\n');
}

export function routeText({ name, matched, failed, skipped }: RouteTrace): string {
  if (matched) return `${style('green', '✓')} ${name}`;
  if (skipped !== undefined) return `${style('dim', '–')} ${name}: skipped, ${skipped}`;
  if (failed === undefined) return `${style('red', '✗')} ${name}`;
  const found = failed.found === undefined ? 'nothing' : oneLine(JSON.stringify(failed.found)).slice(0, 200);
  return `${style('red', '✗')} ${name}: ${failed.path} wants ${oneLine(failed.expected)}; found ${found}`;
}
