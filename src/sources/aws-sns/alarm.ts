import type { SourceEvent } from '../../core/event.ts';
import type { Severity } from '../../core/severity.ts';
import { toEventName } from '../event-name.ts';
import { toMarkdown } from '../markup/to-markdown.ts';
import { oneLine } from '../one-line.ts';
import { plainText } from '../plain-text.ts';
import { signOf } from '../severity-of.ts';
import { conditionOf, timesOf } from './condition.ts';
import type { Alarm, Trigger } from './payloads.ts';
import { type Arn, consolePage, readArn } from './topic.ts';

/** What SNS adds to an alarm. */
export interface AlarmContext {
  readonly topic: Arn | undefined;
  readonly at: Date;
  readonly payload: unknown;
  readonly listed: Readonly<Record<string, string>>;
}

/** With `alarm.` before it, as long as the name of an event may be. */
const LONGEST_STATE = 74;

const LEADS: ReadonlyMap<string, string> = new Map([
  ['alarm', 'ALARM'],
  ['ok', 'OK'],
  ['insufficient_data', 'No data'],
]);

export function alarmEvent(alarm: Alarm, { topic, at, payload, listed }: AlarmContext): SourceEvent {
  const { AlarmName: name, Trigger: trigger } = alarm;
  const state = toEventName(alarm.NewStateValue)?.toLowerCase().slice(0, LONGEST_STATE) ?? 'unknown';
  const event = `alarm.${state}`;
  const arn = readArn(alarm.AlarmArn);
  const region = arn?.region ?? topic?.region;
  const account = alarm.AWSAccountId ?? arn?.account;
  const severity = severityOfAlarm(name, state);
  const condition = state === 'alarm' ? conditionOf(trigger) : undefined;
  const what = `${oneLine(name, 110)}${condition === undefined ? '' : `, ${condition}`}`;
  const url = arn && consolePage(arn, (at) => `/cloudwatch/home?region=${at}#alarmsV2:alarm/${encode(name)}`);
  return {
    event,
    ...(Object.hasOwn(listed, event) ? {} : { unlisted: true }),
    key: (alarm.AlarmArn ?? [account, region, name].filter(Boolean).join(':')).slice(0, MAX_KEY),
    state,
    ...(state === 'ok' && { closes: true }),
    severity,
    title: oneLine(`${LEADS.get(state) ?? alarm.NewStateValue}: ${what}${region ? ` (${region})` : ''}`, 180),
    ...(url !== undefined && { url }),
    labels: {
      alarm: name,
      ...(region !== undefined && { region }),
      ...(account !== undefined && { account }),
      ...(topic !== undefined && { topic: topic.name }),
      ...(trigger?.MetricName && { metric: trigger.MetricName }),
      ...(trigger?.Namespace && { namespace: trigger.Namespace }),
    },
    facts: {
      ...signOf(state === 'ok' ? 'info' : severity, state),
      ...(state === 'insufficient_data' && { emoji: '❔' }),
      account,
      reason: alarm.NewStateReason && reasonText(alarm.NewStateReason),
      children: childrenText(alarm),
      ...(trigger !== undefined && triggerFacts(trigger)),
      // What is wrong, and what to do about it, is only true while it is.
      ...(state !== 'alarm' && { condition: undefined }),
      ...(state === 'alarm' && { description: toMarkdown(plainText(alarm.AlarmDescription ?? '', 500), 'text') }),
    },
    payload,
    at: alarm.StateChangeTime ?? at,
  };
}

const MAX_KEY = 1_000;

/** Half of a surrogate pair would make the encoder throw. */
const encode = (text: string): string => encodeURIComponent(Buffer.from(text).toString('utf8'));

/** CloudWatch has no severity; many write it into the alarm's name. What is over is told where the alarm was. */
function severityOfAlarm(name: string, state: string): Severity {
  if (state !== 'alarm' && state !== 'ok') return 'warning';
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  if (words.some((word) => ['critical', 'crit', 'sev1', 'p1'].includes(word))) return 'critical';
  return words.some((word) => ['warning', 'warn'].includes(word)) ? 'warning' : 'error';
}

function triggerFacts(trigger: Trigger): Readonly<Record<string, unknown>> {
  const { MetricName: metric, Namespace: namespace, Dimensions: dimensions } = trigger;
  const condition = conditionOf(trigger);
  const on = dimensions.flatMap(({ name, value }) => (name && value ? [`${name} ${value}`] : []));
  return {
    metric: metric === undefined ? undefined : `${metric}${namespace === undefined ? '' : ` (${namespace})`}`,
    condition: condition === undefined ? undefined : [condition, timesOf(trigger)].filter(Boolean).join(' '),
    on: on.length === 0 ? undefined : oneLine(on.slice(0, 3).join(', '), 120),
  };
}

/** Of a composite alarm: those that made it change. */
function childrenText({ TriggeringChildren: children }: Alarm): string | undefined {
  const names = children.flatMap(({ Arn }) => readArn(Arn)?.name.replace(/^alarm:/, '') ?? []);
  if (names.length === 0) return undefined;
  return oneLine(`${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`, 150);
}

/** `3 out of the last 5 datapoints [2.41, 3.02, 2.2] were greater than the threshold (2.0).`: without times and ARNs. */
const reasonText = (reason: string): string =>
  plainText(reason, 600)
    .replace(/^Thresholds? Crossed: /, '')
    .replace(/ \(\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\)/g, '')
    .replace(/ \(minimum \d+ datapoints? for \w+ -> \w+ transition\)/, '')
    .replace(/arn:aws[a-z-]*:cloudwatch:[a-z0-9-]+:\d+:alarm:/g, '');
