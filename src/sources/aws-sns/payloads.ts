import { z } from 'zod';
import { id, list, number, record, text, time } from '../lenient.ts';

/** The signed fields: https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html */
export const envelope = z.object({
  Type: text,
  MessageId: text,
  TopicArn: text,
  Subject: text,
  Message: text,
  Timestamp: time,
  Token: text,
  SubscribeURL: text,
});
export type Envelope = z.infer<typeof envelope>;

/** What CloudWatch publishes; of a composite alarm without a `Trigger`. */
export const alarm = z.object({
  AlarmName: z.string().min(1),
  NewStateValue: z.string().min(1),
  AlarmDescription: text,
  AWSAccountId: id,
  AlarmArn: text,
  Region: text,
  OldStateValue: text,
  NewStateReason: text,
  StateChangeTime: time,
  TriggeringChildren: list(z.object({ Arn: text })),
  Trigger: record({
    MetricName: text,
    Namespace: text,
    Statistic: text,
    ExtendedStatistic: text,
    Unit: text,
    Dimensions: list(z.object({ name: text, value: text })),
    Period: number,
    EvaluationPeriods: number,
    DatapointsToAlarm: number,
    ComparisonOperator: text,
    Threshold: number,
  }),
});
export type Alarm = z.infer<typeof alarm>;
export type Trigger = NonNullable<Alarm['Trigger']>;

/** What EventBridge passes on: https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export const bridged = z.object({
  'detail-type': z.string().min(1),
  account: text,
  region: text,
  detail: z.record(z.string(), z.unknown()),
});
