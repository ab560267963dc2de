import type { MessagePlace } from '../../src/core/platform.ts';
import { DONE, IN_YOUR_CHAT, WORKING } from '../../src/platforms/teams/answers.ts';
import { TEAMS_PATH } from '../../src/platforms/teams/inbound.ts';
import { until } from '../until.ts';
import { anActivity, personalChat, TEAMS_BOT, TEAMS_CHANNEL, type TeamsFake, type TeamsPost } from './teams.ts';

type Json = Readonly<Record<string, unknown>>;

/** What somebody sees after they said or pressed something. */
export interface SeenInTeams {
  /** The words, a line for each line of the card; of a button's own answer the words below the card. */
  readonly text: string;
  readonly audience: 'person' | 'channel';
  /** The buttons of the answer that ask Bellhop for something. */
  readonly buttons: readonly { readonly label: string; readonly id: string }[];
  /** Where the answer is; absent for words below a card. */
  readonly place?: MessagePlace;
}

/** Somebody in the fake's tenant, in a channel or in their own chat with the bot. */
export interface TeamsPerson {
  /** `@Bellhop <text>`; with `on`, in the thread of that message. */
  say(text: string, on?: MessagePlace): Promise<SeenInTeams>;
  /** A button on the card `on`, by the id of its press. */
  press(id: string, on: MessagePlace): Promise<SeenInTeams>;
}

export interface TeamsPersonOptions {
  readonly fake: TeamsFake;
  /** Of a running server, without a trailing slash. */
  readonly baseUrl: string;
  /** Their Entra object id: who they are. */
  readonly id?: string;
  readonly name?: string;
  /** IANA name. */
  readonly zone?: string;
  /** The channel's id. */
  readonly channel?: string;
  /** In their own chat with the bot. */
  readonly alone?: boolean;
}

export const TEAMS_PERSON = '33333333-3333-4333-8333-333333333333';

export function teamsPerson(options: TeamsPersonOptions): TeamsPerson {
  const { fake, baseUrl, id = TEAMS_PERSON, alone = false, channel = TEAMS_CHANNEL } = options;
  const account = `29:${id}`;
  const chat = personalChat(account);

  const conversationOf = (root: string): string => (alone ? chat : `${channel};messageid=${root}`);

  async function bring(activity: Json): Promise<Json | undefined> {
    const response = await postActivity(baseUrl, activity, fake.signToken());
    if (response.status !== 200) throw new Error(`Bellhop answered Microsoft with ${response.status}`);
    return response.body;
  }

  /** The first new message in one of these conversations since there were `since` messages. */
  const answerIn = async (conversations: readonly string[], since: number): Promise<SeenInTeams> => {
    const isAnswer = ({ edited, conversation }: TeamsPost) => !edited && conversations.includes(conversation);
    const found = await until(() => fake.posted().slice(since).find(isAnswer), `an answer in ${conversations}`);
    return {
      text: cardText(found.activity),
      audience: found.conversation === chat ? 'person' : 'channel',
      buttons: cardButtons(found.activity),
      place: { channel: found.conversation.split(';')[0] ?? '', message: found.message },
    };
  };

  return {
    async say(text, on) {
      const since = fake.posted().length;
      const message = nextId();
      const conversation = conversationOf(on?.message ?? message);
      await bring(anActivity(fake, { id: message, ...saidBy(options, conversation), ...textTo(text, options) }));
      return answerIn([conversation, chat], since);
    },
    async press(press, on) {
      const since = fake.posted().length;
      const conversation = conversationOf(on.message);
      const answer = await bring(
        anActivity(fake, {
          id: `f:${nextId()}`,
          ...saidBy(options, conversation),
          ...pressed(press, on.message),
        }),
      );
      if (answer?.type !== 'application/vnd.microsoft.activity.message')
        throw new Error(`The button was answered with ${JSON.stringify(answer)}`);
      const value = String(answer.value);
      if (value === DONE) return answerIn([conversation], since);
      if (value === WORKING) return answerIn([conversation, chat], since);
      if (value.endsWith(IN_YOUR_CHAT)) return answerIn([chat], since);
      return { text: value, audience: 'person', buttons: [] };
    },
  };
}

/** Brings a signed activity to Bellhop. `token` undefined: without one. */
export async function postActivity(
  baseUrl: string,
  activity: unknown,
  token: string | undefined,
): Promise<{ readonly status: number; readonly body: Json | undefined }> {
  const response = await fetch(`${baseUrl}${TEAMS_PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(activity),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** What of an invoke differs from a message. */
export const pressed = (press: unknown, on: string): Json => ({
  type: 'invoke',
  name: 'adaptiveCard/action',
  text: undefined,
  entities: undefined,
  replyToId: on,
  value: { action: { type: 'Action.Execute', verb: 'bellhop', data: { press } }, trigger: 'manual' },
});

type Who = Pick<TeamsPersonOptions, 'id' | 'name' | 'zone' | 'channel' | 'alone'>;

/** Who says it, and where. */
export function saidBy(
  { id = TEAMS_PERSON, name = 'Mona', channel = TEAMS_CHANNEL, alone }: Who,
  conversation: string,
) {
  const tenant = { id: TEAMS_BOT.tenantId };
  return {
    from: { id: `29:${id}`, name, aadObjectId: id },
    conversation: alone
      ? { conversationType: 'personal', tenantId: tenant.id, id: conversation }
      : { isGroup: true, conversationType: 'channel', tenantId: tenant.id, id: conversation },
    channelData: alone ? { tenant } : { channel: { id: channel }, team: { id: '19:team@thread.tacv2' }, tenant },
  } satisfies Json;
}

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function textTo(text: string, { alone, zone = 'Europe/Berlin' }: Who): Json {
  const client = { type: 'clientInfo', locale: 'en-US', country: 'US', platform: 'Web', timezone: zone };
  if (alone) return { text: escaped(text), entities: [client] };
  const tag = '<at>Bellhop</at>';
  const mention = { type: 'mention', text: tag, mentioned: { id: `28:${TEAMS_BOT.clientId}`, name: 'Bellhop' } };
  return { text: `${tag}&nbsp;${escaped(text)}\n`, entities: [mention, client] };
}

let count = 0;

function nextId(): string {
  count += 1;
  return String(1_710_000_000_000 + count);
}

/** The words of a card, a line each. */
export function cardText(activity: Json): string {
  const lines: string[] = [];
  visit(activity.attachments, (node) => {
    if (node.type === 'RichTextBlock' && Array.isArray(node.inlines))
      lines.push(node.inlines.map((run: { readonly text?: unknown }) => run.text ?? '').join(''));
    if (node.type === 'TextBlock') lines.push(String(node.text));
  });
  return lines.join('\n');
}

function cardButtons(activity: Json): SeenInTeams['buttons'] {
  const buttons: { readonly label: string; readonly id: string }[] = [];
  visit(activity.attachments, ({ type, title, data }) => {
    if (type === 'Action.Execute')
      buttons.push({ label: String(title), id: String((data as Json | undefined)?.press) });
  });
  return buttons;
}

function visit(value: unknown, see: (node: Json) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) see(value as Json);
  for (const child of Object.values(value)) visit(child, see);
}
