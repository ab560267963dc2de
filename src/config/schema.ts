import { z } from 'zod';
import type { DeliveryConfig, ServerConfig, TlsConfig } from '../core/config.ts';
import { channelSchema, retry, timeout } from './channel-schema.ts';
import { chatopsSchema } from './chatops-schema.ts';
import { platformsSchema } from './platform-schema.ts';
import { routeSchema } from './route-schema.ts';
import {
  duration,
  filePath,
  list,
  name,
  names,
  optionalAddress,
  optionalFilePath,
  optionalText,
  present,
  settings,
  size,
} from './settings.ts';
import { sourceSchema } from './source-schema.ts';

/** What waits before each new try, unless the config says otherwise: about 16 hours in all. */
const RETRY = ['5s', '30s', '2m', '10m', '30m', '1h', '2h', '4h', '8h'];

const tls = settings({
  cert: filePath().describe(
    'The file with the certificate and those that lead to its authority, in PEM, as certbot’s `fullchain.pem`; read again when it is renewed.',
  ),
  key: filePath().describe('The file with the certificate’s key, in PEM, as certbot’s `privkey.pem`.'),
  clientCa: optionalFilePath().describe(
    'The file with the authorities, in PEM, by whose certificates senders prove themselves (`auth.clientCertificate`). Default: none is asked for.',
  ),
}).transform((values): TlsConfig => present(values));

const server = settings({
  publicUrl: optionalAddress('any').describe(
    'Where senders reach this server, for example `https://bellhop.example.com`. Default: the address it listens on.',
  ),
  trustProxy: z
    .int()
    .min(0)
    .max(16)
    .default(0)
    .describe('How many proxies in front are believed when they name the sender’s address. Default: 0.'),
  rateLimit: z
    .int()
    .min(1)
    .exactOptional()
    .describe('How many hooks a minute one address may send; what is over is asked to try again. Default: no limit.'),
  tls: tls
    .exactOptional()
    .describe('The certificate of this server, for speaking HTTPS without a proxy in front. Default: plain HTTP.'),
}).transform((values): ServerConfig => present(values));

const delivery = settings({
  retry: retry()
    .prefault(RETRY)
    .describe(`The waits before each new try; after the last one a delivery is dead. Default: ${RETRY.join(', ')}.`),
  timeout: timeout().prefault('10s').describe('How long one try may take. Default: `10s`.'),
  keep: duration({ moreThanMs: 0 })
    .prefault('30d')
    .describe('How long finished hooks, events and deliveries are kept. Default: `30d`.'),
  keepSize: size()
    .prefault('2GB')
    .describe('The size of the store above which the oldest finished events go first. Default: `2GB`.'),
}).transform(
  (values): DeliveryConfig => ({
    retryMs: values.retry,
    timeoutMs: values.timeout,
    keepMs: values.keep,
    keepBytes: values.keepSize,
  }),
);

const mention = settings({
  slack: optionalText().describe('A Slack user (`U…`), user group (`S…`), as in `S0123456`.'),
  discord: optionalText().describe('A Discord user’s id, or `role:` and a role’s id.'),
  teams: optionalText().describe('A Teams user, `8:orgid:…`.'),
})
  .transform((values) => present(values))
  .refine((values) => Object.keys(values).length > 0, { error: 'names nobody; expected slack, discord or teams' });

/** The schemas of the parts, so that a mistake in one entry does not hide those in the others. */
export const parts = (sourceTypes: readonly string[], secretless?: readonly string[]) => {
  const [first = 'generic', ...others] = sourceTypes;
  return {
    server,
    source: sourceSchema([first, ...others], secretless),
    platforms: platformsSchema,
    channel: channelSchema,
    mention,
    route: routeSchema,
    delivery,
    operators: names('the name of a channel'),
    chatops: chatopsSchema,
    name,
  };
};

export type Parts = ReturnType<typeof parts>;

/** One file of the config as a whole: what editors complete. */
export function configSchema(sourceTypes: readonly string[]) {
  const part = parts(sourceTypes);
  return settings({
    $schema: z.string().exactOptional().describe('Where editors find this schema: `./bellhop.schema.json`.'),
    server: part.server.exactOptional().describe('Where Bellhop is reached, and what stands in front of it.'),
    sources: z
      .record(part.name, part.source)
      .exactOptional()
      .describe('Who sends webhooks, by the name that ends their address: `/hooks/<name>`.'),
    platforms: part.platforms
      .exactOptional()
      .describe('The accounts that bots post with; webhooks and `console` need none.'),
    channels: z
      .record(part.name, part.channel)
      .exactOptional()
      .describe('Places to post in, by the name that routes use.'),
    mentions: z
      .record(part.name, part.mention)
      .exactOptional()
      .describe('People and groups to call, by the name that routes use.'),
    routes: list(part.route, 'a list of routes')
      .exactOptional()
      .describe('Which events go where: tried in order, and every route that matches delivers.'),
    delivery: part.delivery
      .exactOptional()
      .describe('How often a message is tried again, and how long things are kept.'),
    operators: part.operators
      .exactOptional()
      .describe('The channel, or channels, told when something is broken. Default: none.'),
    chatops: part.chatops.exactOptional().describe('What people may do in chat, and how long a mute lasts.'),
  });
}
