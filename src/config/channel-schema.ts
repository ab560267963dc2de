import { z } from 'zod';
import { type ChannelConfig, PLATFORM_NAMES, type PlatformName } from '../core/config.ts';
import { toSecret } from '../core/secret.ts';
import { type AddressRule, addressProblem, isLoopback } from './address.ts';
import { expected, notOneOf, quoted } from './sentences.ts';
import { duration, list, present, refuse, secretText, settings, text } from './settings.ts';

/** How long a platform may take to answer. */
export const timeout = () => duration({ moreThanMs: 0, atMost: '10m' });
export const retry = () => list(duration({ atMost: '7d' }), 'a list of durations, as in ["5s", "30s", "2m"]');

const pace = z.union(
  [
    settings({
      perSecond: z.number().positive().describe('How many messages a second, on average; below 1 for slower ones.'),
      burst: z.int().min(1).default(1).describe('How many may go at once after a quiet time. Default: 1.'),
    }),
    z.literal(false),
  ],
  { error: expected('an object with perSecond and burst, or false for no pace') },
);

const common = {
  pace: pace
    .exactOptional()
    .describe('How fast messages go out; `false` for no limit. Default: the platform’s own pace.'),
  retry: retry().exactOptional().describe('The waits before each new try in this channel. Default: `delivery.retry`.'),
  timeout: timeout()
    .exactOptional()
    .describe('How long one try may take in this channel. Default: `delivery.timeout`.'),
};

const slack = settings({
  platform: z.literal('slack').describe('Posts in Slack, by a bot (`id`) or an incoming webhook (`webhookUrl`).'),
  id: idLike(/^[A-Z][A-Z0-9]+$/, 'the id of a Slack channel, as in "C0123456789" (at the end of the channel’s details)')
    .exactOptional()
    .describe('The channel’s id, as in `C0123456789`; needs `platforms.slack`, and the bot in the channel.'),
  webhookUrl: webhookUrl('slack').exactOptional().describe('The address of a Slack incoming webhook; needs no bot.'),
  ...common,
});

const discord = settings({
  platform: z.literal('discord').describe('Posts in Discord, by a bot (`id`) or a webhook (`webhookUrl`).'),
  id: idLike(/^\d{1,20}$/, 'the id of a Discord channel, digits in quotes (developer mode, then “Copy Channel ID”)')
    .exactOptional()
    .describe('The channel’s id, as in `"112233445566778899"`; needs `platforms.discord`.'),
  webhookUrl: webhookUrl('discord').exactOptional().describe('The address of a Discord webhook; needs no bot.'),
  ...common,
});

const teams = settings({
  platform: z.literal('teams').describe('Posts in Microsoft Teams, by a bot (`id`) or a workflow (`webhookUrl`).'),
  id: idLike(/^19:.+@thread\.\w+$/u, 'the conversation id of a Teams channel, as in "19:…@thread.tacv2"')
    .exactOptional()
    .describe('The channel’s conversation id, `19:…@thread.tacv2`; needs `platforms.teams`.'),
  webhookUrl: webhookUrl('teams')
    .exactOptional()
    .describe('The address of a Teams workflow that starts when a webhook request is received; needs no bot.'),
  ...common,
});

const webhook = settings({
  platform: z.literal('webhook').describe('Posts signed JSON to an address, after Standard Webhooks.'),
  url: secretAddress('private').describe('Where the events are posted.'),
  secret: secretText().describe('Signs what is posted, so that the receiver can verify it.'),
  ...common,
});

const printed = settings({
  platform: z.literal('console').describe('Prints the message and shows it in the web console; needs no account.'),
  ...common,
});

const unknownPlatform = notOneOf('platform', PLATFORM_NAMES);

/** A channel, as it is written under its name. */
export const channelSchema = z
  .discriminatedUnion('platform', [slack, discord, teams, webhook, printed], {
    error: ({ code, input }) => {
      if (code !== 'invalid_union') return expected('an object, as in { "platform": "console" }')({ input });
      return unknownPlatform({ input: (input as { readonly platform?: unknown }).platform });
    },
  })
  .superRefine((channel, context) => {
    if (channel.platform === 'webhook' || channel.platform === 'console') return;
    if (channel.id === undefined && channel.webhookUrl === undefined)
      refuse(context, 'has no address; expected id (posted by a bot) or webhookUrl');
    if (channel.id !== undefined && channel.webhookUrl !== undefined)
      refuse(context, 'has both id and webhookUrl; expected one of them');
  })
  .transform(
    ({ retry: retryMs, timeout: timeoutMs, ...rest }): Omit<ChannelConfig, 'name'> =>
      present({ ...rest, retryMs, timeoutMs }),
  );

function idLike(shape: RegExp, what: string) {
  return text(what).superRefine((value, context) => {
    if (!shape.test(value) && value.trim() !== '') refuse(context, `${quoted(value)} is no such id; expected ${what}`);
  });
}

function secretAddress(plainHttp: AddressRule) {
  return text('an address').transform((value, context) => {
    const problem = addressProblem(value, plainHttp);
    return problem === undefined ? toSecret(value) : refuse(context, problem);
  });
}

type ByWebhook = Extract<PlatformName, 'slack' | 'discord' | 'teams'>;

const WEBHOOKS: Readonly<Record<ByWebhook, { readonly host: RegExp; readonly title: string }>> = {
  slack: { host: /(^|\.)slack(-gov)?\.com$/, title: 'Slack incoming webhook' },
  discord: { host: /(^|\.)discord(app)?\.com$/, title: 'Discord webhook' },
  teams: { host: /(^|\.)(office\.com|logic\.azure\.com|api\.powerplatform\.com)$/, title: 'Teams workflow' },
};

/** Foreign hosts are taken, for there are proxies and servers that speak Slack’s format; another platform’s are not. */
function webhookUrl(platform: ByWebhook) {
  return text('an address').transform((value, context) => {
    const problem = addressProblem(value, 'loopback') ?? webhookProblem(platform, new URL(value));
    return problem === undefined ? toSecret(value) : refuse(context, problem);
  });
}

function webhookProblem(platform: ByWebhook, { hostname, pathname }: URL): string | undefined {
  if (isLoopback(hostname)) return undefined;
  // https://devblogs.microsoft.com/microsoft365dev/retirement-of-office-365-connectors-within-microsoft-teams/
  if (/(^|\.)webhook\.office\.com$/.test(hostname))
    return 'is an Office 365 connector, which Microsoft retired in May 2026; in Teams, add a workflow to the channel that starts “When a Teams webhook request is received”, and use its address';
  const { title } = WEBHOOKS[platform];
  const other = Object.entries(WEBHOOKS).find(([name, { host }]) => name !== platform && host.test(hostname));
  if (other !== undefined) return `is the address of a ${other[1].title}; expected that of a ${title}`;
  if (platform === 'discord' && !/\/webhooks\/\d+\/[\w-]+\/?$/.test(pathname))
    return 'is no Discord webhook; expected https://discord.com/api/webhooks/<id>/<token>';
  return pathname === '/' ? `has no path; expected the whole address of a ${title}` : undefined;
}
