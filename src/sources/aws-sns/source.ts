import type { Reading, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import type { ReadOptions, SourceType, Verdict } from '../../core/source.ts';
import { defineSource } from '../define-source.ts';
import { deliveryIdOf } from '../delivery-id.ts';
import { oneLine } from '../one-line.ts';
import type { FetchTools } from '../verifiers/fetch-bytes.ts';
import { createSnsVerifier } from '../verifiers/sns.ts';
import { alarmEvent } from './alarm.ts';
import { confirmation } from './confirm.ts';
import { contentOf, readSns } from './message.ts';
import { notificationEvent, type Published } from './notification.ts';
import { alarm } from './payloads.ts';
import { subscriptionEvent } from './subscription.ts';
import { readArn } from './topic.ts';

const EVENTS = {
  'alarm.alarm': 'A CloudWatch alarm went off.',
  'alarm.ok': 'A CloudWatch alarm is over.',
  'alarm.insufficient_data': 'A CloudWatch alarm has too little data to tell.',
  notification: 'Anything else that was published: AWS Budgets, EventBridge, a text.',
  'subscription.confirmed': 'Bellhop confirmed its subscription to a topic.',
  'subscription.ended': 'Somebody ended the subscription: what the topic tells does not come any more.',
};

/** Amazon SNS, by HTTPS. `tools` fetch Amazon's certificates, and confirm subscriptions. */
export const createAwsSns = (tools: FetchTools): SourceType =>
  defineSource({
    type: 'aws-sns',
    title: 'Amazon SNS and CloudWatch',
    docs: 'https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html',
    verifier: createSnsVerifier(tools),
    setUp:
      'List the topic’s ARN in the source’s `topics`, then create a subscription to it with the protocol HTTPS and the address, without “raw message delivery”; Bellhop confirms it. Choose the topic as the notification of CloudWatch alarms, for “In alarm”, “OK” and “Insufficient data”. An alarm whose name holds the word `critical` or `warning` is that severe, any other an error.',
    events: EVENTS,
    ignores: {},
    handshake: confirmation(tools),
    admits,
    read,
    dedupeKey: deliveryIdOf,
  });

const OK: Verdict = { ok: true };

/** The signature says that SNS sent this, not whose topic it is: everybody with an account of AWS has some. */
function admits(hook: Hook, { topics }: ReadOptions): Verdict {
  const reading = readSns(hook);
  if (reading.kind === 'unreadable') return OK;
  const topic = reading.kind === 'message' ? (reading.message.TopicArn ?? '') : hook.headers['x-amz-sns-topic-arn'];
  const isAsked = reading.kind === 'message' && reading.message.Type === 'SubscriptionConfirmation';
  const isWanted = topics === undefined ? !isAsked : topic === undefined || topics.includes(topic);
  if (isWanted) return OK;
  const shown = oneLine(topic ?? '', 300);
  const reason = `The topic ${shown} is not in the source’s topics; if it is yours, add "${shown}" there.`;
  return { ok: false, code: 'topic_not_allowed', reason };
}

function read(hook: Hook): Reading {
  const reading = readSns(hook);
  if (reading.kind === 'unreadable') return reading;
  if (reading.kind === 'raw') {
    const { content } = reading;
    const topic = readArn(hook.headers['x-amz-sns-topic-arn']);
    const published = { content, subject: undefined, topic, at: hook.at, payload: content };
    return { kind: 'events', events: [withId(publishedEvent(published, hook), hook.headers['x-amz-sns-message-id'])] };
  }
  const { message, document } = reading;
  const at = message.Timestamp ?? hook.at;
  if (message.Type !== 'Notification')
    return { kind: 'events', events: [withId(subscriptionEvent(message, document, at), message.MessageId)] };
  if (message.Message === undefined) return { kind: 'unreadable', reason: 'The message of SNS has no text.' };
  const content = contentOf(message.Message);
  // Conditions and templates reach into what was published.
  const payload = { ...document, Message: content };
  const subject = message.Subject?.trim() || undefined;
  const published = { content, subject, topic: readArn(message.TopicArn), at, payload };
  return { kind: 'events', events: [withId(publishedEvent(published, hook), message.MessageId)] };
}

function publishedEvent(published: Published, hook: Hook): SourceEvent {
  const parsed = alarm.safeParse(published.content);
  return parsed.success
    ? alarmEvent(parsed.data, { ...published, listed: EVENTS })
    : notificationEvent(published, hook);
}

/** The same on every try of SNS. */
const withId = (event: SourceEvent, messageId: string | undefined): SourceEvent => ({
  ...event,
  facts: { ...event.facts, deliveryId: messageId },
});
