import { type KeyObject, sign } from 'node:crypto';

export const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const TOKEN = '2336412f37fb687f5d51e6e241d09c80';
export const SUBSCRIBE_URL = `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=${TOKEN}`;

export type SnsMessage = Readonly<Record<string, unknown>>;

export const notification: SnsMessage = {
  Type: 'Notification',
  MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
  TopicArn: TOPIC,
  Subject: 'The nightly import is late',
  Message: 'Nothing has come since 02:00 UTC.',
  Timestamp: '2026-11-21T11:59:30.000Z',
  SigningCertURL: `https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-${'0a'.repeat(16)}.pem`,
  UnsubscribeURL: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
};

export const confirmation: SnsMessage = {
  ...notification,
  Type: 'SubscriptionConfirmation',
  MessageId: '165545c9-2a5c-472c-8df2-7ff2be2b3b1b',
  Subject: undefined,
  Token: TOKEN,
  SubscribeURL: SUBSCRIBE_URL,
};

export const unsubscription: SnsMessage = {
  ...confirmation,
  Type: 'UnsubscribeConfirmation',
  MessageId: '47138184-6831-46b8-8f7c-afc488602d7d',
};

/** Written as Amazon's documentation says, apart from the code that is tested. */
export function signedBy(key: KeyObject, message: SnsMessage): SnsMessage {
  const names = message.Type === 'Notification' ? ['Subject'] : ['SubscribeURL', 'Token'];
  const text = [...names, 'Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type']
    .sort()
    .filter((name) => message[name] !== undefined)
    .map((name) => `${name}\n${message[name]}\n`)
    .join('');
  return { ...message, SignatureVersion: '2', Signature: sign('sha256', Buffer.from(text), key).toString('base64') };
}
