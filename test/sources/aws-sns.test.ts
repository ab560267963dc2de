import { describe, expect, test } from 'vitest';
import type { SourceEvent } from '../../src/core/event.ts';
import type { Hook } from '../../src/core/hook.ts';
import { aHook } from '../builders.ts';
import { sampleHooks, sourceTypes } from './sample-hooks.ts';
import { confirmation, notification, TOPIC } from './sns-messages.ts';

const type = sourceTypes.get('aws-sns');
if (type === undefined) throw new Error('there is no type aws-sns');
const hookOf = (body: unknown, headers: Record<string, string> = {}): Hook =>
  aHook({ source: 'aws', headers: { 'content-type': 'text/plain; charset=UTF-8', ...headers }, body });

function read(body: unknown, headers?: Record<string, string>): SourceEvent {
  const reading = type?.read(hookOf(body, headers), {});
  const [event] = reading?.kind === 'events' ? reading.events : [];
  if (event === undefined) throw new Error(`it read to ${JSON.stringify(reading)}`);
  return event;
}
const published = (message: unknown, over: object = {}) => ({
  ...notification,
  Subject: undefined,
  ...over,
  Message: typeof message === 'string' ? message : JSON.stringify(message),
});

const ALARM = {
  AlarmName: 'checkout-latency',
  AWSAccountId: '111122223333',
  NewStateValue: 'ALARM',
  AlarmArn: 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:checkout-latency',
};
const alarm = (over: object) => read(published({ ...ALARM, ...over }));

test.each(sampleHooks('aws-sns'))('$file reads to its event', ({ event, hook }) => {
  const reading = type.read(hook, {});
  expect(reading.kind === 'events' && reading.events.map((one) => one.event)).toEqual([event]);
});

describe('an alarm of CloudWatch', () => {
  test('opens, loses its data and closes under one key', () => {
    const events = ['ALARM', 'INSUFFICIENT_DATA', 'OK'].map((NewStateValue) => alarm({ NewStateValue }));
    expect(events.map(({ event, state, closes = false, severity }) => [event, state, closes, severity])).toEqual([
      ['alarm.alarm', 'alarm', false, 'error'],
      ['alarm.insufficient_data', 'insufficient_data', false, 'warning'],
      ['alarm.ok', 'ok', true, 'error'],
    ]);
    expect(new Set(events.map(({ key }) => key))).toEqual(new Set([ALARM.AlarmArn]));
  });

  test('in a state of any length has a name that a template file can have', () => {
    const { event, state } = alarm({ NewStateValue: 'A'.repeat(500) });
    expect([event, state]).toEqual([`alarm.${'a'.repeat(74)}`, 'a'.repeat(74)]);
  });

  test.each([
    ['prod critical: CPU', 'critical'],
    ['P1_web', 'critical'],
    ['disk-warning', 'warning'],
    ['criticality', 'error'],
    ['high-cpu', 'error'],
  ])('called %s is %s', (AlarmName, severity) => {
    expect(alarm({ AlarmName }).severity).toBe(severity);
  });

  test.each([
    [{ Statistic: 'AVERAGE', ComparisonOperator: 'GreaterThanOrEqualToThreshold', Threshold: 90 }, ', average ≥ 90'],
    [
      { ExtendedStatistic: 'p99', ComparisonOperator: 'GreaterThanThreshold', Threshold: 2, Unit: 'Seconds' },
      ', p99 > 2 s',
    ],
    [{ Statistic: 'SUM', ComparisonOperator: 'LessThanThreshold', Threshold: 1234567.5 }, ', sum < 1,234,570'],
    [
      { Statistic: 'MINIMUM', ComparisonOperator: 'LessThanOrEqualToThreshold', Threshold: 0.05, Unit: 'Percent' },
      ', minimum ≤ 0.05%',
    ],
    [{ ComparisonOperator: 'LessThanLowerOrGreaterThanUpperThreshold' }, ''],
    [{}, ''],
  ])('says its condition: %j', (trigger, condition) => {
    const { title } = alarm({ Trigger: { MetricName: 'Bells', ...trigger } });
    expect(title).toBe(`ALARM: checkout-latency${condition} (eu-west-1)`);
  });

  test.each([
    ['aws', 'eu-west-1', 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1'],
    ['aws-cn', 'cn-north-1', 'https://console.amazonaws.cn/cloudwatch/home?region=cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1', 'https://console.amazonaws-us-gov.com/cloudwatch/home?region=us-gov-west-1'],
    ['aws-elsewhere', 'eu-west-1', undefined],
  ])('is linked in the console of %s', (partition, region, page) => {
    const { url } = alarm({
      AlarmName: 'a/b c',
      AlarmArn: `arn:${partition}:cloudwatch:${region}:111122223333:alarm:x`,
    });
    expect(url).toBe(page === undefined ? undefined : `${page}#alarmsV2:alarm/a%2Fb%20c`);
  });

  test('is read without an envelope too, with the topic and id of its headers', () => {
    const headers = { 'x-amz-sns-message-id': 'id-1', 'x-amz-sns-topic-arn': TOPIC };
    const event = read(ALARM, headers);
    expect(event).toMatchObject({ event: 'alarm.alarm', labels: { topic: 'alarms', region: 'eu-west-1' } });
    expect(type.dedupeKey(hookOf(ALARM, headers), event)).toBe('id-1');
  });

  test('without an ARN is known by account, region and name', () => {
    expect(alarm({ AlarmArn: undefined }).key).toBe('111122223333:eu-west-1:checkout-latency');
  });
});

describe('what else is published', () => {
  test('has its subject as title, and can be matched and printed', () => {
    const event = read(published({ state: 'late', job: { name: 'import' } }, { Subject: ' Import is late\n' }));
    expect(event).toMatchObject({
      event: 'notification',
      title: 'Import is late',
      labels: { topic: 'alarms', account: '111122223333', region: 'eu-west-1' },
      payload: { TopicArn: TOPIC, Message: { state: 'late', job: { name: 'import' } } },
    });
    expect(type.dedupeKey(hookOf({}), event)).toBe(notification.MessageId);
  });

  test('without a subject is called by its first line', () => {
    const event = read(published('The import is late.\n\nSince 02:00 UTC.'));
    expect([event.title, event.facts.lines]).toEqual(['The import is late.', ['Since 02:00 UTC.']]);
  });

  test.each([
    '',
    '{',
    '[]',
    '[1]',
    'null',
    '{"AlarmName": 7, "NewStateValue": {}}',
    '{"detail-type": "x", "detail": 7}',
    ' '.repeat(9),
  ])('never fails on the message %j', (message) => {
    expect(read(published(message)).title).toMatch(/\S/);
  });

  test.each([[[]], [null], ['x'], [7], [{ Type: 'Notification' }], [{ ...confirmation, TopicArn: ['x'] }]])(
    'never fails on the body %j',
    (body) => {
      const reading = type.read(hookOf(JSON.stringify(body)), {});
      expect(['events', 'unreadable']).toContain(reading.kind);
    },
  );
});
