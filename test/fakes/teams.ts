import { generateKeyPairSync, sign } from 'node:crypto';
import type { TeamsConfig } from '../../src/core/config.ts';
import { type Secret, toSecret } from '../../src/core/secret.ts';
import { type Answer, type FakeCall, type FakeReply, type HttpFake, startHttpFake } from './http-fake.ts';

/** What the fake's tenant knows of Bellhop's bot. */
export const TEAMS_BOT = {
  clientId: '11111111-1111-4111-8111-111111111111',
  clientSecret: 'bot~secret~8Q4',
  tenantId: '22222222-2222-4222-8222-222222222222',
} as const;

export const TEAMS_CHANNEL = '19:eng@thread.tacv2';
/** The key in the query of the fake's Workflows address. */
export const WORKFLOW_SIGNATURE = 'sig-J2-vq0t7Yx';

/** A message of the bot as somebody finds it. */
export interface TeamsPost {
  /** `19:…;messageid=…` in a channel, `a:…` in somebody's own chat with the bot. */
  readonly conversation: string;
  readonly message: string;
  /** It was there already, and looks like this now. */
  readonly edited: boolean;
  readonly activity: Readonly<Record<string, unknown>>;
}

/** The chat of the bot with an account (`29:…`). */
export const personalChat = (account: string): string => `a:${account.replace(/\W/g, '-')}`;

/** The Bot Connector, the sign-in, its public keys and a Workflows address, on one loopback origin. */
export interface TeamsFake extends HttpFake {
  /** For `platforms.teams`, with the secret as a plain string: what a config file of another process would hold. */
  readonly settings: Readonly<
    Record<'clientId' | 'clientSecret' | 'tenantId' | 'serviceUrl' | 'openIdMetadataUrl' | 'tokenUrl', string>
  >;
  /** The same for a client in this process. */
  readonly config: TeamsConfig;
  readonly workflowUrl: Secret;
  /** Activities as they were posted, replaced or handed to the flow, in the order they came. */
  activities(): readonly Readonly<Record<string, unknown>>[];
  /** The same with the conversation each is in, without what the flow got; a new thread's has its own number. */
  posted(): readonly TeamsPost[];
  /** Calls that carried a message, or made somebody's chat for one. */
  messageCalls(): readonly FakeCall[];
  signIns(): number;
  /** The next answers of the sign-in. */
  scriptSignIn(...replies: readonly FakeReply[]): void;
  /** A token signed by the key that the fake publishes; without `claims` as the Bot Connector would send it. */
  signToken(claims?: Readonly<Record<string, unknown>>): string;
}

export async function startTeamsFake(
  options: { readonly port?: number; readonly record?: boolean } = {},
): Promise<TeamsFake> {
  const activities: Readonly<Record<string, unknown>>[] = [];
  const posted: TeamsPost[] = [];
  const signInReplies: FakeReply[] = [];
  let signIns = 0;
  let made = 0;
  const now = () => Math.floor(Date.now() / 1_000);

  const signToken = (claims: Readonly<Record<string, unknown>> = {}): string => {
    const usual = {
      iss: 'https://api.botframework.com',
      aud: TEAMS_BOT.clientId,
      serviceurl: `${fake.url}/teams`,
      exp: now() + 3_600,
    };
    const head = `${encoded({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${encoded({ ...usual, ...claims })}`;
    return `${head}.${sign('RSA-SHA256', Buffer.from(head), keys.privateKey).toString('base64url')}`;
  };
  /** What the bot was given, and must show. */
  const botToken = (): string => signToken({ iss: 'https://sts.example/', aud: 'https://api.botframework.com' });
  const given = new Set<string>();

  const answer: Answer = (call, report) => {
    if (call.path === '/v1/.well-known/keys') return { body: { keys: [jwk] } };
    if (call.path === `/${TEAMS_BOT.tenantId}/oauth2/v2.0/token`) {
      signIns += 1;
      const refusal = signInProblem(call);
      const reply = signInReplies.shift();
      if (reply !== undefined) return reply;
      if (refusal !== undefined) return { status: 401, body: { error: 'invalid_client', error_description: refusal } };
      const token = botToken();
      given.add(token);
      return { body: { token_type: 'Bearer', expires_in: 3_599, ext_expires_in: 3_599, access_token: token } };
    }
    if (isFlow(call)) {
      if (call.query.sig !== WORKFLOW_SIGNATURE) report('the flow was called without its signature');
      activities.push(checkedActivity(call.parsed, report));
      return { status: 202 };
    }
    if (!isConnector(call)) return undefined;
    if (!given.has(call.headers.authorization?.replace(/^Bearer /, '') ?? ''))
      report(`${call.method} ${call.path}: a wrong token`);
    const [, , , conversation = '', , message] = call.path.split('/').slice(1).map(decodeURIComponent);
    made += 1;
    const id = String(1_700_000_000_000 + made);
    if (call.method === 'POST' && conversation === '') {
      const asked = (call.parsed ?? {}) as Readonly<Record<string, unknown>>;
      if (Array.isArray(asked.members)) return madeChat(asked, report);
      const { activity, channelData, tenantId } = asked as Record<string, Record<string, Record<string, string>>>;
      const channel = channelData?.channel?.id ?? '';
      if (!channel.startsWith('19:') || `${tenantId}` !== TEAMS_BOT.tenantId)
        report('a new thread needs channel and tenant');
      activities.push(checkedActivity(activity, report));
      const thread = `${channel};messageid=${id}`;
      posted.push({ conversation: thread, message: id, edited: false, activity: activity ?? {} });
      return { status: 201, body: { id: thread, activityId: id } };
    }
    const known = call.method === 'POST' ? message === undefined : call.method === 'PUT' && message !== undefined;
    if (!known) return undefined;
    const activity = checkedActivity(call.parsed, report);
    activities.push(activity);
    posted.push({ conversation, message: message ?? id, edited: message !== undefined, activity });
    return call.method === 'POST' ? { status: 201, body: { id } } : { status: 200, body: { id: message } };
  };

  const carriesMessage = (call: FakeCall) => isFlow(call) || isConnector(call);
  const fake: HttpFake = await startHttpFake(answer, { ...options, scripted: carriesMessage });
  const settings = {
    ...TEAMS_BOT,
    serviceUrl: `${fake.url}/teams`,
    openIdMetadataUrl: `${fake.url}/v1/.well-known/openidconfiguration`,
    tokenUrl: `${fake.url}/${TEAMS_BOT.tenantId}/oauth2/v2.0/token`,
  };
  return {
    ...fake,
    settings,
    config: { ...settings, clientSecret: toSecret(settings.clientSecret) },
    workflowUrl: toSecret(
      `${fake.url}${FLOW_PATH}?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=${WORKFLOW_SIGNATURE}`,
    ),
    activities: () => activities,
    posted: () => posted,
    messageCalls: () => fake.calls.filter(carriesMessage),
    signIns: () => signIns,
    scriptSignIn: (...replies) => void signInReplies.push(...replies),
    signToken,
    clear() {
      fake.clear();
      activities.length = 0;
      posted.length = 0;
      signInReplies.length = 0;
    },
  };
}

/** A message somebody wrote to the bot in a channel, as the Bot Connector sends it. */
export function anActivity(
  fake: TeamsFake,
  over: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  return {
    type: 'message',
    id: '1700000000100',
    timestamp: '2026-11-21T12:00:00.000Z',
    serviceUrl: fake.settings.serviceUrl,
    channelId: 'msteams',
    from: { id: '29:1abc', name: 'Mona', aadObjectId: '33333333-3333-4333-8333-333333333333' },
    conversation: {
      isGroup: true,
      conversationType: 'channel',
      tenantId: TEAMS_BOT.tenantId,
      id: `${TEAMS_CHANNEL};messageid=1700000000100`,
    },
    recipient: { id: `28:${TEAMS_BOT.clientId}`, name: 'Bellhop' },
    text: '<at>Bellhop</at>&nbsp;status\n',
    textFormat: 'plain',
    entities: [
      { type: 'mention', text: '<at>Bellhop</at>', mentioned: { id: `28:${TEAMS_BOT.clientId}`, name: 'Bellhop' } },
      { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web' },
    ],
    channelData: {
      channel: { id: TEAMS_CHANNEL },
      team: { id: '19:team@thread.tacv2' },
      tenant: { id: TEAMS_BOT.tenantId },
    },
    ...over,
  };
}

/** One pair for all fakes of a process: making one takes longer than most tests. */
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = {
  ...keys.publicKey.export({ format: 'jwk' }),
  kid: 'k1',
  use: 'sig',
  alg: 'RS256',
  endorsements: ['msteams'],
};

const FLOW_PATH = '/powerautomate/automations/direct/workflows/f00/triggers/manual/paths/invoke';

const isFlow = (call: FakeCall): boolean => call.path === FLOW_PATH;
const isConnector = (call: FakeCall): boolean => call.path.startsWith('/teams/v3/conversations');
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signInProblem({ parsed }: FakeCall): string | undefined {
  const form = (parsed ?? {}) as Readonly<Record<string, string>>;
  if (form.grant_type !== 'client_credentials') return 'AADSTS70003: unsupported grant';
  if (form.client_id !== TEAMS_BOT.clientId) return 'AADSTS700016: unknown application';
  if (form.client_secret !== TEAMS_BOT.clientSecret) return 'AADSTS7000215: invalid client secret';
  return form.scope === 'https://api.botframework.com/.default' ? undefined : 'AADSTS70011: wrong scope';
}

/** Somebody's chat with the bot: always the same one. */
function madeChat(asked: Readonly<Record<string, unknown>>, report: (problem: string) => void): FakeReply {
  const [member, ...more] = asked.members as readonly { readonly id?: unknown }[];
  if (typeof member?.id !== 'string' || !member.id.startsWith('29:') || more.length > 0)
    report('a personal chat needs one account');
  if (asked.tenantId !== TEAMS_BOT.tenantId || asked.isGroup !== false) report('a personal chat needs its tenant');
  return { status: 201, body: { id: personalChat(String(member?.id)) } };
}

/** What real Teams would turn down, as far as it is known; independent of Bellhop's own check. */
function checkedActivity(value: unknown, report: (problem: string) => void): Readonly<Record<string, unknown>> {
  const activity = (value ?? {}) as Readonly<Record<string, unknown>>;
  const attachments = Array.isArray(activity.attachments) ? activity.attachments : [];
  if (activity.type !== 'message') report('an activity that is no message');
  if (attachments.length !== 1) report('an activity without its one card');
  for (const { contentType, content } of attachments) {
    if (contentType !== 'application/vnd.microsoft.card.adaptive') report(`a card of type ${contentType}`);
    if (content?.type !== 'AdaptiveCard' || content.version !== '1.5') report('no Adaptive Card 1.5');
    const bytes = Buffer.byteLength(JSON.stringify(content ?? null));
    if (bytes > 28_672) report(`a card of ${bytes} bytes`);
    walk(content, report);
  }
  return activity;
}

function walk(value: unknown, report: (problem: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Readonly<Record<string, unknown>>;
  if ((node.type === 'TextBlock' || node.type === 'TextRun') && (typeof node.text !== 'string' || node.text === ''))
    report(`a ${node.type} without text`);
  if (node.type === 'Action.Execute' && (node.verb === undefined || typeof node.data !== 'object'))
    report('an Action.Execute without verb or data');
  if (node.type === 'Action.OpenUrl' && !/^https?:\/\//.test(String(node.url))) report(`an address ${node.url}`);
  if (node.type === 'RichTextBlock' && !(Array.isArray(node.inlines) && node.inlines.length > 0))
    report('an empty RichTextBlock');
  for (const child of Object.values(node)) walk(child, report);
}
