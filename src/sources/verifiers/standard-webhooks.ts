import type { HmacVerifier } from '../../core/source.ts';

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export const standardWebhooksVerifier: HmacVerifier = {
  scheme: 'hmac',
  headers: ['webhook-signature'],
  algorithm: 'sha256',
  encoding: 'base64',
  prefix: 'v1,',
  separator: ' ',
  signed: '{id}.{timestamp}.{body}',
  idHeaders: ['webhook-id'],
  timestamp: { headers: ['webhook-timestamp'], toleranceMs: 300_000 },
  key: 'whsec',
};
