import { fileURLToPath } from 'node:url';
import { checkPayload } from '../../src/platforms/slack/check.ts';
import { LIMITS } from '../../src/platforms/slack/limits.ts';
import { type FakeCall, type FakeReply, type HttpFake, startHttpFake } from './http-fake.ts';

export const FAKE_BOT_TOKEN = 'xoxb-fake-0123456789-bellhop';
export const FAKE_APP_TOKEN = 'xapp-fake-0123456789-bellhop';
export const FAKE_SIGNING_SECRET = 'fake-signing-secret-0123456789';
const RESPONSE_PATH = '/commands/T0000/';
const WEBHOOK_PATH = '/services/T0000/B0000/fakewebhooksecret';

/** A message in the fake's channels, as it stands after its last edit. */
export interface FakeMessage {
  readonly channel: string;
  readonly ts: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly edits: number;
}

/** Slack's Web API and one incoming webhook on loopback. Every payload it gets is checked as Slack would. */
export interface SlackFake extends HttpFake {
  /** For `platforms.slack.apiUrl`. */
  readonly apiUrl: string;
  readonly token: string;
  /** For a channel's `webhookUrl`. */
  readonly webhookUrl: string;
  /** What is posted, oldest first; empty when the fake keeps no record. */
  messages(): readonly FakeMessage[];
  /** Calls that carried a message. */
  posts(): readonly FakeCall[];
  /** Makes a new `response_url`. */
  responseUrl(): string;
  /** What was sent to this `response_url` and taken, oldest first. */
  answers(responseUrl: string): readonly SlackAnswer[];
  /** The next answers of one method, or of `response_url`, instead of the usual one. */
  scriptMethod(method: string, ...replies: readonly FakeReply[]): void;
  /** Time zones by person; all others have none. */
  readonly zones: Map<string, string>;
  /** People by user group; all others are unknown. */
  readonly groups: Map<string, readonly string[]>;
}

/** A message sent to a `response_url`. */
export interface SlackAnswer {
  /** `person`: only who asked sees it. */
  readonly audience: 'person' | 'channel';
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface SlackFakeOptions {
  readonly port?: number;
  /** `false` for long runs: it then counts and checks, and remembers nothing. */
  readonly record?: boolean;
  /** The address of `startSlackSocketFake`, for Socket Mode. */
  readonly socketUrl?: string;
}

export async function startSlackFake(options: SlackFakeOptions = {}): Promise<SlackFake> {
  const { record = true, socketUrl } = options;
  const posted = new Map<string, FakeMessage>();
  const answers = new Map<string, SlackAnswer[]>();
  const scripted = new Map<string, FakeReply[]>();
  const zones = new Map<string, string>();
  const groups = new Map<string, readonly string[]>();
  let count = 0;

  const post = (channel: string, payload: Readonly<Record<string, unknown>>): FakeMessage => {
    count += 1;
    const message = { channel, ts: `1763726400.${String(count).padStart(5, '0')}0`, payload, edits: 0 };
    if (record) posted.set(`${channel} ${message.ts}`, message);
    return message;
  };

  const methods: Readonly<Record<string, (args: Args) => FakeReply>> = {
    'auth.test': () => ({
      headers: { 'x-oauth-scopes': 'chat:write,commands' },
      body: { ok: true, user: 'bellhop', team: 'Acme', user_id: 'U0000BOT', bot_id: 'B0000BOT', team_id: 'T0000' },
    }),
    'chat.postMessage': ({ payload, channel }) => {
      if (!/^[CDG][A-Z0-9]{2,}$/.test(channel)) return failed('channel_not_found');
      const { ts } = post(channel, payload);
      return { body: { ok: true, channel, ts, message: { ts, text: payload.text } } };
    },
    'chat.update': ({ payload, channel, ts }) => {
      const key = `${channel} ${ts}`;
      const message = posted.get(key);
      if (message === undefined && record) return failed('message_not_found');
      if (message !== undefined) posted.set(key, { ...message, payload, edits: message.edits + 1 });
      return { body: { ok: true, channel, ts, text: payload.text } };
    },
    'users.info': ({ sent: { user = '' } }) => ({ body: { ok: true, user: { id: user, tz: zones.get(user) } } }),
    'usergroups.users.list': ({ sent: { usergroup = '' } }) => {
      const users = groups.get(usergroup);
      return users === undefined ? failed('no_such_subteam') : { body: { ok: true, users } };
    },
    'apps.connections.open': () =>
      socketUrl === undefined ? failed('no_socket_here') : { body: { ok: true, url: socketUrl } },
  };

  function respond(call: FakeCall, report: (problem: string) => void): FakeReply {
    const taken = answers.get(call.path);
    for (const problem of answerProblems(call)) report(`response_url: ${problem}`);
    const instead = scripted.get('response_url')?.shift();
    if (instead !== undefined) return instead;
    if (taken === undefined) return { status: 404, body: { ok: false, error: 'expired_url' } };
    if (taken.length >= 5) return { status: 404, body: { ok: false, error: 'used_url' } };
    const payload = (call.parsed ?? {}) as Readonly<Record<string, unknown>>;
    taken.push({ audience: payload.response_type === 'in_channel' ? 'channel' : 'person', payload });
    return { body: 'ok' };
  }

  const fake = await startHttpFake(
    (call, report) => {
      if (call.path === WEBHOOK_PATH) {
        for (const problem of webhookProblems(call)) report(problem);
        post('webhook', (call.parsed ?? {}) as Record<string, unknown>);
        return { body: 'ok' };
      }
      if (call.path.startsWith(RESPONSE_PATH)) return respond(call, report);
      const method = call.path.replace('/api/', '');
      const answer = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (call.method !== 'POST' || answer === undefined) return undefined;
      const args = readArgs(call);
      if (method.startsWith('chat.'))
        for (const problem of apiProblems(method, args, call)) report(`${method}: ${problem}`);
      const token = method === 'apps.connections.open' ? FAKE_APP_TOKEN : FAKE_BOT_TOKEN;
      const instead = scripted.get(method)?.shift();
      if (instead !== undefined) return instead;
      return call.headers.authorization === `Bearer ${token}` ? answer(args) : failed('invalid_auth');
    },
    { ...options, scripted: carriesMessage },
  );

  return {
    ...fake,
    apiUrl: `${fake.url}/api/`,
    token: FAKE_BOT_TOKEN,
    webhookUrl: `${fake.url}${WEBHOOK_PATH}`,
    messages: () => [...posted.values()],
    posts: () => fake.calls.filter(carriesMessage),
    responseUrl() {
      const path = `${RESPONSE_PATH}${answers.size + 1}/fakeresponsesecret`;
      answers.set(path, []);
      return `${fake.url}${path}`;
    },
    answers: (responseUrl) => answers.get(new URL(responseUrl).pathname) ?? [],
    scriptMethod: (method, ...replies) => void scripted.set(method, [...(scripted.get(method) ?? []), ...replies]),
    zones,
    groups,
    clear() {
      fake.clear();
      scripted.clear();
    },
    unused: () => fake.unused() + [...scripted.values()].flat().length,
    assertClean() {
      fake.assertClean();
      for (const [method, replies] of scripted)
        if (replies.length > 0) throw new Error(`${replies.length} scripted answers of ${method} were not used`);
    },
  };
}

/** An error as the Web API answers it, with HTTP 200. */
export const failed = (error: string, messages?: readonly string[]): FakeReply => ({
  body: { ok: false, error, ...(messages !== undefined && { response_metadata: { messages } }) },
});

interface Args {
  readonly channel: string;
  readonly ts: string;
  /** All but the channel, nested values decoded. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly sent: Readonly<Record<string, string>>;
}

const carriesMessage = (call: FakeCall): boolean => call.path === WEBHOOK_PATH || call.path.startsWith('/api/chat.');

function readArgs(call: FakeCall): Args {
  const sent = (call.parsed ?? {}) as Readonly<Record<string, string>>;
  const { channel = '', ts = '', ...rest } = sent;
  return {
    channel,
    ts,
    sent,
    payload: Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, decoded(key, value)])),
  };
}

/** Slack takes nested arguments as JSON, and booleans as words. */
function decoded(key: string, value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  if (!['blocks', 'attachments', 'metadata'].includes(key)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return `not JSON: ${value.slice(0, 60)}`;
  }
}

function apiProblems(method: string, { payload, sent, channel }: Args, call: FakeCall): readonly string[] {
  const edit = method === 'chat.update';
  const problems = [...checkPayload(payload, edit ? LIMITS.text : LIMITS.postText), ...lintPayload(payload)];
  if (call.headers['content-type'] !== 'application/x-www-form-urlencoded') problems.push('/ is not sent as a form');
  if (channel === '') problems.push('/channel is missing');
  if (sent.token !== undefined) problems.push('/token stands in the body');
  if (edit && payload.parse !== 'none') problems.push('/parse must be none on an edit: left out it becomes client');
  return problems;
}

function webhookProblems(call: FakeCall): readonly string[] {
  if (typeof call.parsed !== 'object' || call.parsed === null) return ['webhook: the body is not a JSON object'];
  const payload = call.parsed as Readonly<Record<string, unknown>>;
  const problems = [...checkPayload(payload), ...lintPayload(payload)];
  if (call.headers.authorization !== undefined) problems.push('an incoming webhook is sent no token');
  if (payload.channel !== undefined) problems.push('/channel is fixed by the webhook');
  return problems.map((problem) => `webhook: ${problem}`);
}

function answerProblems(call: FakeCall): readonly string[] {
  if (call.method !== 'POST') return ['is not posted to'];
  if (typeof call.parsed !== 'object' || call.parsed === null) return ['the body is not a JSON object'];
  const payload = call.parsed as Readonly<Record<string, unknown>>;
  const problems = [...checkPayload(payload), ...lintPayload(payload)];
  if (call.headers.authorization !== undefined) problems.push('is sent a token');
  if (!['in_channel', 'ephemeral'].includes(String(payload.response_type))) problems.push('/response_type is missing');
  if (payload.replace_original !== false) problems.push('/replace_original must be false: the message would be gone');
  return problems;
}

/** What Slack takes, and Bellhop must not send. */
function lintPayload(payload: Readonly<Record<string, unknown>>): readonly string[] {
  const problems: string[] = [];
  if (typeof payload.text !== 'string' || payload.text === '')
    problems.push('/text is missing: notifications would be empty');
  const visit = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, verbatim } = value as { readonly type?: unknown; readonly verbatim?: unknown };
    if (type === 'mrkdwn' && verbatim !== true)
      problems.push(`${pointer}/verbatim must be true: bare words would call people`);
    for (const [key, child] of Object.entries(value)) visit(child, `${pointer}/${key}`);
  };
  visit(payload, '');
  return problems;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const fake = await startSlackFake({ port: Number(process.argv[2] ?? 0), record: false });
  console.log(JSON.stringify({ apiUrl: fake.apiUrl, token: fake.token, webhookUrl: fake.webhookUrl }));
}
