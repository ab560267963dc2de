import type { SourceEvent } from '../../core/event.ts';
import { signOf } from '../severity-of.ts';
import type { Envelope } from './payloads.ts';
import { consolePage, readArn } from './topic.ts';

/** That messages will come from now on, or none any more. */
export function subscriptionEvent(message: Envelope, payload: unknown, at: Date): SourceEvent {
  const ended = message.Type === 'UnsubscribeConfirmation';
  const topic = readArn(message.TopicArn);
  const named = topic === undefined ? 'a topic' : `${topic.name} (${topic.region})`;
  const url = topic && consolePage(topic, (region) => `/sns/v3/home?region=${region}#/topic/${message.TopicArn}`);
  const severity = ended ? 'warning' : 'info';
  return {
    event: ended ? 'subscription.ended' : 'subscription.confirmed',
    ...(message.TopicArn !== undefined && { key: `subscription:${message.TopicArn}`, ...(!ended && { closes: true }) }),
    state: ended ? 'ended' : 'confirmed',
    severity,
    title: ended ? `Unsubscribed from ${named}: no more alerts come from it` : `Subscribed to ${named}`,
    ...(url !== undefined && { url }),
    labels: topic === undefined ? {} : { topic: topic.name, account: topic.account, region: topic.region },
    facts: { ...signOf(severity, ended ? undefined : 'ok'), account: topic?.account },
    payload,
    at,
  };
}
