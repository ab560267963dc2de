import { createHmac } from 'node:crypto';
import { until } from '../until.ts';
import { FAKE_SIGNING_SECRET, type SlackAnswer, type SlackFake } from './slack.ts';
import type { SlackSocketFake } from './slack-socket.ts';

/** Who does something, and where. */
export interface SlackActor {
  readonly user?: string;
  readonly userName?: string;
  readonly channel?: string;
}

/** One thing that somebody does; what is left out is made up. */
export interface SlackDoing extends SlackActor {
  /** The same `trigger` twice is the same deed sent twice. */
  readonly trigger?: string;
  readonly responseUrl?: string;
}

/** Does as people do in Slack, and waits for what Bellhop answers at the `response_url`. */
export interface SlackDoor {
  /** `/bellhop <text>`; the text as Slack sends it (`&lt;`, `<#C0123|ops>`). */
  command(text: string, doing?: SlackDoing): Promise<SlackAnswer>;
  /** A button under a message, by the id of its press. */
  press(id: string, doing?: SlackDoing & { readonly message?: string }): Promise<SlackAnswer>;
  /** A choice of a menu under a message. */
  choose(id: string, doing?: SlackDoing & { readonly message?: string }): Promise<SlackAnswer>;
  /** “Why this message?” on a message. */
  why(message: string, doing?: SlackDoing): Promise<SlackAnswer>;
}

const SOMEBODY: Required<SlackActor> = { user: 'U0MONA', userName: 'mona', channel: 'C0123456789' };

/** By HTTP: signed as Slack signs. `baseUrl` is where `/slack/events` is; `fake` is what `apiUrl` points to. */
export function slackHttpDoor(
  fake: SlackFake,
  baseUrl: string,
  { secret = FAKE_SIGNING_SECRET, ...actor }: SlackActor & { readonly secret?: string } = {},
): SlackDoor {
  return doorOf(fake, actor, async (body, kind) => {
    const response = await postSigned(`${baseUrl}/slack/events`, formOf(body, kind), { secret });
    if (response.status !== 200) throw new Error(`/slack/events answered ${response.status}`);
    if (response.text !== '') throw new Error(`/slack/events said ${response.text}`);
  });
}

/** By Socket Mode. */
export function slackSocketDoor(fake: SlackFake, socket: SlackSocketFake, actor: SlackActor = {}): SlackDoor {
  return doorOf(fake, actor, async (body, kind) => {
    const id = socket.push(kind === 'command' ? 'slash_commands' : 'interactive', body);
    await until(() => socket.acks.some(({ envelopeId }) => envelopeId === id), `the acknowledgement of ${id}`);
  });
}

type Kind = 'command' | 'interactive';

function doorOf(
  fake: SlackFake,
  actor: SlackActor,
  bring: (body: Readonly<Record<string, unknown>>, kind: Kind) => Promise<void>,
): SlackDoor {
  async function ask(kind: Kind, bodyOf: (doing: Required<SlackDoing>) => object, doing: SlackDoing) {
    const responseUrl = doing.responseUrl ?? fake.responseUrl();
    const before = fake.answers(responseUrl).length;
    await bring({ ...bodyOf({ ...SOMEBODY, ...actor, trigger: nextTrigger(), ...doing, responseUrl }) }, kind);
    return until(() => fake.answers(responseUrl)[before], 'the answer at the response_url');
  }
  return {
    command: (text, doing = {}) => ask('command', (whole) => slashCommand(text, whole), doing),
    press: (id, { message = ANY_MESSAGE, ...doing } = {}) =>
      ask('interactive', (whole) => blockActions(whole, message, [buttonAction(id)]), doing),
    choose: (id, { message = ANY_MESSAGE, ...doing } = {}) =>
      ask('interactive', (whole) => blockActions(whole, message, [menuAction(id)]), doing),
    why: (message, doing = {}) => ask('interactive', (whole) => messageShortcut(whole, message), doing),
  };
}

const ANY_MESSAGE = '1763726400.000010';
let triggers = 0;
const nextTrigger = (): string => {
  triggers += 1;
  return `${triggers}.0000000000.0123456789abcdef0123456789abcdef`;
};

/** https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
export const slashCommand = (
  text: string,
  { user, userName, channel, trigger, responseUrl }: Required<SlackDoing>,
) => ({
  token: 'deprecated',
  team_id: 'T0000',
  team_domain: 'acme',
  channel_id: channel,
  channel_name: 'ops',
  user_id: user,
  user_name: userName,
  command: '/bellhop',
  text,
  api_app_id: 'A0000',
  is_enterprise_install: 'false',
  response_url: responseUrl,
  trigger_id: trigger,
});

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const blockActions = (
  { user, userName, channel, trigger, responseUrl }: Required<SlackDoing>,
  message: string,
  actions: readonly object[],
) => ({
  type: 'block_actions',
  user: { id: user, username: userName, name: userName, team_id: 'T0000' },
  api_app_id: 'A0000',
  token: 'deprecated',
  container: {
    type: 'message_attachment',
    message_ts: message,
    attachment_id: 1,
    channel_id: channel,
    is_ephemeral: false,
  },
  trigger_id: trigger,
  team: { id: 'T0000', domain: 'acme' },
  enterprise: null,
  is_enterprise_install: false,
  channel: { id: channel, name: 'ops' },
  message: { type: 'message', ts: message, text: 'PR #12 opened' },
  state: { values: {} },
  response_url: responseUrl,
  actions,
});

export const buttonAction = (id: string) => ({
  action_id: 'bellhop_press_1',
  block_id: 'b1',
  text: { type: 'plain_text', text: 'Why?', emoji: false },
  value: id,
  type: 'button',
  action_ts: '1763726401.000000',
});

const menuAction = (id: string) => ({
  type: 'static_select',
  action_id: 'bellhop_menu_1',
  block_id: 'b1',
  selected_option: { text: { type: 'plain_text', text: 'For 1 hour', emoji: false }, value: id },
  placeholder: { type: 'plain_text', text: 'Mute', emoji: false },
  action_ts: '1763726401.000000',
});

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export const messageShortcut = (
  { user, userName, channel, trigger, responseUrl }: Required<SlackDoing>,
  message: string,
) => ({
  type: 'message_action',
  token: 'deprecated',
  action_ts: '1763726401.000000',
  team: { id: 'T0000', domain: 'acme' },
  user: { id: user, name: userName, username: userName, team_id: 'T0000' },
  channel: { id: channel, name: 'ops' },
  is_enterprise_install: false,
  callback_id: 'bellhop_why',
  trigger_id: trigger,
  response_url: responseUrl,
  message_ts: message,
  message: { type: 'message', ts: message, text: 'PR #12 opened' },
});

/** A command is a form; all else is JSON in the form's field `payload`. */
export const formOf = (body: Readonly<Record<string, unknown>>, kind: Kind): string =>
  new URLSearchParams(
    kind === 'command' ? (body as Record<string, string>) : { payload: JSON.stringify(body) },
  ).toString();

export interface Signing {
  readonly secret?: string;
  /** Seconds; now where absent. */
  readonly at?: number | string;
  /** Over the signed ones; `undefined` takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** What is signed, where it is not what is sent. */
  readonly signedBody?: string;
}

/** Posts a body signed as Slack signs it. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export async function postSigned(
  url: string,
  body: string,
  { secret = FAKE_SIGNING_SECRET, at = Math.floor(Date.now() / 1_000), headers = {}, signedBody = body }: Signing = {},
): Promise<{ readonly status: number; readonly text: string; readonly type: string | null }> {
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${at}:${signedBody}`).digest('hex')}`;
  const all = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': signature,
    ...headers,
  };
  const given = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const response = await fetch(url, { method: 'POST', headers: new Headers(given.map(([n, v]) => [n, v])), body });
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
}
