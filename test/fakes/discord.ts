import { check } from '../../src/platforms/discord/check.ts';
import { type FakeCall, type FakeReply, type HttpFake, type HttpFakeOptions, startHttpFake } from './http-fake.ts';

export const DISCORD_TOKEN = 'fake-discord-bot-token';
export const DISCORD_WEBHOOK_TOKEN = 'fake-discord-webhook-token';
const DISCORD_BOT_ID = '900000000000000001';
export const DISCORD_APPLICATION_ID = '900000000000000002';
/** Any number is a channel to the fake; tests post here. */
export const DISCORD_CHANNEL_ID = '112233445566778899';

export interface DiscordFake extends HttpFake {
  /** For `platforms.discord.apiUrl`. */
  readonly apiUrl: string;
  readonly webhookUrl: string;
  /** Calls that carried a message. */
  messageCalls(): readonly FakeCall[];
}

type Json = Readonly<Record<string, unknown>>;

const isMessageCall = ({ method, path }: FakeCall): boolean =>
  (method === 'POST' && /\/(channels\/\d+\/messages|webhooks\/\d+\/[^/]+)$/.test(path)) ||
  (method === 'PATCH' && /\/messages\/[^/]+$/.test(path));

/** Headers of a bucket with room left; `x-ratelimit-remaining: 0` is for a test to script. */
const BUCKET = {
  'x-ratelimit-limit': '5',
  'x-ratelimit-remaining': '4',
  'x-ratelimit-reset-after': '5',
  'x-ratelimit-bucket': 'fakebucket',
};

/** Discord's REST API and webhook addresses. Scripted answers go to calls that carry a message; the others get their usual one. */
export async function startDiscordFake(options: HttpFakeOptions = {}): Promise<DiscordFake> {
  const nonces = new Map<string, string>();
  let count = 0;
  const newId = () => String(800_000_000_000_000_000n + BigInt(++count));

  const fake = await startHttpFake((call, report) => answer(call, report), { scripted: isMessageCall, ...options });

  function answer(call: FakeCall, report: (problem: string) => void): FakeReply | undefined {
    const path = call.path.replace(/^\/api(\/v10)?/, '');
    const route = `${call.method} ${path}`;
    if (/^POST \/interactions\/\d+\/[^/]+\/callback$/.test(route)) return { status: 204 };
    if (/^(POST|PATCH) \/webhooks\//.test(route)) return webhookAnswer(call, report);
    if (call.headers.authorization !== `Bot ${DISCORD_TOKEN}`) report(`${route} came without the bot’s token`);
    if (route === 'GET /users/@me') return { body: { id: DISCORD_BOT_ID, username: 'bellhop', bot: true } };
    if (route === 'GET /gateway/bot') return { body: gatewayOf(fake.url) };
    if (/^PATCH \/channels\/\d+$/.test(route)) return { body: { id: path.split('/')[2] } };
    if (!isMessageCall(call)) return undefined;

    const body = checked(call, report);
    const [, , channel = '', , edited] = path.split('/');
    if (edited !== undefined) return { body: { id: edited, channel_id: channel }, headers: BUCKET };
    if (typeof body.nonce !== 'string' || body.enforce_nonce !== true) report(`${route} has no enforced nonce`);
    // As Discord does for some minutes: the same nonce gets the message that is there already.
    const id = nonces.get(String(body.nonce)) ?? newId();
    nonces.set(String(body.nonce), id);
    return { body: { ...body, id, channel_id: channel }, headers: BUCKET };
  }

  function webhookAnswer(call: FakeCall, report: (problem: string) => void): FakeReply {
    const body = checked(call, report);
    const edited = /\/messages\/([^/]+)$/.exec(call.path)?.[1];
    if (edited !== undefined) return { body: { id: edited, channel_id: DISCORD_CHANNEL_ID } };
    if (call.query.with_components !== 'true' && Array.isArray(body.components) && body.components.length > 0) {
      report('components without with_components: Discord drops them');
    }
    if (call.query.wait !== 'true') return { status: 204 };
    return { body: { id: newId(), channel_id: DISCORD_CHANNEL_ID } };
  }

  return {
    ...fake,
    apiUrl: `${fake.url}/api`,
    webhookUrl: `${fake.url}/api/webhooks/${DISCORD_APPLICATION_ID}/${DISCORD_WEBHOOK_TOKEN}`,
    messageCalls: () => fake.calls.filter(isMessageCall),
  };
}

function checked(call: FakeCall, report: (problem: string) => void): Json {
  const body = call.parsed as Json | undefined;
  if (body === undefined) report(`${call.method} ${call.path} is no JSON`);
  // Answers to interactions notify by other rules.
  else if (!call.path.includes('@original')) for (const problem of check(body)) report(problem);
  return body ?? {};
}

/** https://docs.discord.com/developers/events/gateway#get-gateway-bot */
const gatewayOf = (url: string): Json => ({
  url: url.replace('http', 'ws'),
  shards: 1,
  session_start_limit: { total: 1_000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
});
