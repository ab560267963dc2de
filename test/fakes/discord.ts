import { check } from '../../src/platforms/discord/check.ts';
import { commandProblems } from './discord-commands.ts';
import { type DiscordGatewayFake, startDiscordGatewayFake } from './discord-gateway.ts';
import { type FakeCall, type FakeReply, type HttpFake, type HttpFakeOptions, startHttpFake } from './http-fake.ts';

export const DISCORD_TOKEN = 'fake-discord-bot-token';
export const DISCORD_WEBHOOK_TOKEN = 'fake-discord-webhook-token';
const DISCORD_BOT_ID = '900000000000000001';
export const DISCORD_APPLICATION_ID = '900000000000000002';
/** Any number is a channel to the fake; tests post here. */
export const DISCORD_CHANNEL_ID = '112233445566778899';

/** One thing that was said about an interaction by a call of its own, not in an HTTP answer. */
export interface InteractionCall {
  readonly kind: 'callback' | 'edit' | 'followUp';
  readonly token: string;
  readonly body: Json;
}

export interface PostedInDiscord {
  readonly channel: string;
  readonly message: string;
  readonly body: Json;
}

export interface DiscordFake extends HttpFake {
  /** Where `gateway/bot` leads. */
  readonly gateway: DiscordGatewayFake;
  /** Calls about interactions, oldest first. */
  readonly interactionCalls: readonly InteractionCall[];
  /** What is registered, under the path of its scope; tests may put something else there. */
  readonly commands: Map<string, readonly Json[]>;
  /** What the application says of itself, beside its id. */
  readonly application: Record<string, unknown>;
  /** For `platforms.discord.apiUrl`. */
  readonly apiUrl: string;
  readonly webhookUrl: string;
  /** The answer to the next calls of this route (`GET /gateway/bot`), all where `times` is absent; undefined brings the usual one back. */
  refuse(route: string, reply: FakeReply | undefined, times?: number): void;
  /** What the bot posted, oldest first, each as it stands after its last edit; answers to interactions are not among them. */
  posted(): readonly PostedInDiscord[];
  /** Calls that carried a message. */
  messageCalls(): readonly FakeCall[];
}

type Json = Readonly<Record<string, unknown>>;

/** `/webhooks/<application>/<token>`, and below it the message that stands for the first answer. */
const INTERACTION = /^\/api\/v10\/(?:interactions|webhooks)\/(\d+)\/([^/]+)(\/callback|\/messages\/@original)?$/;
const COMMANDS = /^\/applications\/(\d+)(\/guilds\/\d+)?\/commands$/;

const isMessageCall = (call: FakeCall): boolean => interactionCallOf(call) === undefined && carriesMessage(call);

const carriesMessage = ({ method, path }: FakeCall): boolean =>
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
  const posted = new Map<string, PostedInDiscord>();
  const keep = (one: PostedInDiscord): void => {
    if (options.record !== false) posted.set(one.message, one);
  };
  let count = 0;
  const newId = () => String(800_000_000_000_000_000n + BigInt(++count));

  const refusals = new Map<string, { readonly reply: FakeReply; left: number }>();
  const interactionCalls: InteractionCall[] = [];
  const commands = new Map<string, readonly Json[]>();
  const application: Record<string, unknown> = {};
  const gateway = await startDiscordGatewayFake({
    token: DISCORD_TOKEN,
    applicationId: DISCORD_APPLICATION_ID,
    botId: DISCORD_BOT_ID,
  });
  const fake = await startHttpFake((call, report) => answer(call, report), { scripted: isMessageCall, ...options });

  function answer(call: FakeCall, report: (problem: string) => void): FakeReply | undefined {
    const path = call.path.replace(/^\/api(\/v10)?/, '');
    const route = `${call.method} ${path}`;
    const refusal = refusals.get(route);
    if (refusal !== undefined && refusal.left-- > 0) return refusal.reply;
    const interaction = interactionCallOf(call);
    if (interaction !== undefined) return interactionAnswer(call, interaction, report);
    if (/^(POST|PATCH) \/webhooks\//.test(route)) return webhookAnswer(call, report);
    if (call.headers.authorization !== `Bot ${DISCORD_TOKEN}`) report(`${route} came without the bot’s token`);
    if (route === 'GET /users/@me') return { body: { id: DISCORD_BOT_ID, username: 'bellhop', bot: true } };
    if (route === 'GET /gateway/bot') return { body: gatewayOf(gateway.url) };
    if (route === 'GET /applications/@me') return { body: { id: DISCORD_APPLICATION_ID, ...application } };
    if (COMMANDS.test(path)) return commandsAnswer(call, path, report);
    if (/^PATCH \/channels\/\d+$/.test(route)) return { body: { id: path.split('/')[2] } };
    if (!isMessageCall(call)) return undefined;

    const body = checked(call, report);
    const [, , channel = '', , edited] = path.split('/');
    if (edited !== undefined) {
      keep({ channel, message: edited, body });
      return { body: { id: edited, channel_id: channel }, headers: BUCKET };
    }
    if (typeof body.nonce !== 'string' || body.enforce_nonce !== true) report(`${route} has no enforced nonce`);
    // As Discord does for some minutes: the same nonce gets the message that is there already.
    const id = nonces.get(String(body.nonce)) ?? newId();
    nonces.set(String(body.nonce), id);
    keep({ channel, message: id, body });
    return { body: { ...body, id, channel_id: channel }, headers: BUCKET };
  }

  /** As Discord does: it adds ids and defaults, and leaves out what is false. */
  function commandsAnswer(call: FakeCall, path: string, report: (problem: string) => void): FakeReply | undefined {
    const scope = path.includes('/guilds/') ? 'server' : 'everywhere';
    if (call.method === 'PUT') {
      for (const problem of commandProblems(call.parsed, scope)) report(problem);
      const kept = (call.parsed as readonly Json[]).map((command) => ({
        id: newId(),
        application_id: DISCORD_APPLICATION_ID,
        version: newId(),
        default_member_permissions: null,
        nsfw: false,
        description: '',
        ...command,
      }));
      commands.set(path, kept.reverse());
    } else if (call.method !== 'GET') return undefined;
    return { body: commands.get(path) ?? [] };
  }

  function interactionAnswer(call: FakeCall, about: InteractionCall, report: (problem: string) => void): FakeReply {
    const route = `${call.method} ${about.kind}`;
    if (call.headers.authorization !== undefined) report(`${route} of an interaction carries a token of the bot`);
    const message = about.kind === 'callback' ? about.body.data : about.body;
    // Choices, and the promise of a later answer, are no messages.
    if (about.kind !== 'callback' || about.body.type === 4) {
      for (const problem of check((message ?? {}) as Json)) report(`${route}: ${problem}`);
    }
    if (
      about.kind === 'callback' &&
      interactionCalls.some(({ kind, token }) => kind === 'callback' && token === about.token)
    )
      return { status: 400, body: { code: 40060, message: 'Interaction has already been acknowledged.' } };
    interactionCalls.push(about);
    return about.kind === 'callback' ? { status: 204 } : { body: { id: newId(), channel_id: DISCORD_CHANNEL_ID } };
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
    gateway,
    interactionCalls,
    commands,
    application,
    refuse(route, reply, times = Number.POSITIVE_INFINITY) {
      if (reply === undefined) refusals.delete(route);
      else refusals.set(route, { reply, left: times });
    },
    assertClean() {
      fake.assertClean();
      if (gateway.problems.length > 0) throw new Error(gateway.problems.join('\n'));
    },
    async close() {
      await Promise.all([gateway.close(), fake.close()]);
    },
    apiUrl: `${fake.url}/api`,
    webhookUrl: `${fake.url}/api/webhooks/${DISCORD_APPLICATION_ID}/${DISCORD_WEBHOOK_TOKEN}`,
    posted: () => [...posted.values()],
    messageCalls: () => fake.calls.filter(isMessageCall),
  };
}

/** What a call says about an interaction; undefined when it is about something else. */
function interactionCallOf({ method, path, parsed }: FakeCall): InteractionCall | undefined {
  const [, , token, rest] = INTERACTION.exec(decodeURIComponent(path)) ?? [];
  if (token === undefined || token === DISCORD_WEBHOOK_TOKEN) return undefined;
  const body = (parsed ?? {}) as Json;
  if (rest === '/callback') return method === 'POST' ? { kind: 'callback', token, body } : undefined;
  if (rest !== undefined) return method === 'PATCH' ? { kind: 'edit', token, body } : undefined;
  return method === 'POST' ? { kind: 'followUp', token, body } : undefined;
}

function checked(call: FakeCall, report: (problem: string) => void): Json {
  const body = call.parsed as Json | undefined;
  if (body === undefined) report(`${call.method} ${call.path} is no JSON`);
  else for (const problem of check(body)) report(problem);
  return body ?? {};
}

/** https://docs.discord.com/developers/events/gateway#get-gateway-bot */
const gatewayOf = (url: string): Json => ({
  url,
  shards: 1,
  session_start_limit: { total: 1_000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
});
