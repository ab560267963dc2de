import type { Clock } from '../../core/clock.ts';
import type { ChannelConfig, TeamsConfig } from '../../core/config.ts';
import type { Log } from '../../core/log.ts';
import type { Outcome, Ref } from '../../core/outcome.ts';
import type { Health, Payload } from '../../core/platform.ts';
import { onceAMinute } from '../once-a-minute.ts';
import { type Calling, createConnector, textAt, toActivity } from './connector.ts';
import { channelOf, PATH_SAFE, threadOf } from './conversation-id.ts';
import { UNNAMED } from './outcomes.ts';

export interface Bot {
  send(channel: ChannelConfig, payload: Payload, signal: AbortSignal): Promise<Outcome>;
  update(ref: Ref, payload: Payload, signal: AbortSignal): Promise<Outcome>;
  health(): Promise<Health>;
}

/** A bot that posts through the Bot Connector. One call a try; calls on one conversation go one after the other. */
export async function createBot(config: TeamsConfig, log: Log, clock: Clock): Promise<Bot> {
  const connector = await createConnector(config, log, clock);
  const { tenantId } = config;

  const post = async ({ conversations, serviceUrl }: Calling, id: string, payload: Payload): Promise<Outcome> => {
    const activity = toActivity(payload);
    if (!TEAM_CHANNEL.test(id)) {
      const message = textAt(await conversations.createActivity(id, activity), 'id');
      if (message === undefined) return UNNAMED;
      return { kind: 'sent', ref: { channel: channelOf(id), message, conversation: id, serviceUrl } };
    }
    const made = await conversations.create({ tenantId, channelData: { channel: { id } }, activity });
    const conversation = textAt(made, 'id');
    const message = textAt(made, 'activityId') ?? threadOf(conversation ?? '');
    if (conversation === undefined || message === undefined) return UNNAMED;
    return { kind: 'sent', ref: { channel: id, message, conversation, serviceUrl } };
  };

  return {
    async send({ id = '' }, payload, signal) {
      const conversation = id.trim();
      if (!PATH_SAFE.test(conversation)) return NO_ADDRESS;
      const to = { kind: 'send', conversation } as const;
      return connector.call(to, signal, (calling) => post(calling, conversation, payload));
    },
    async update(ref, payload, signal) {
      const { conversation = '', message = '', serviceUrl } = ref;
      if (!PATH_SAFE.test(conversation) || !PATH_SAFE.test(message)) return NOTHING_TO_EDIT;
      return connector.call({ kind: 'update', conversation, serviceUrl }, signal, async ({ conversations }) => {
        await conversations.updateActivity(conversation, message, toActivity(payload));
        return { kind: 'sent', ref };
      });
    },
    health: onceAMinute(connector.checkSignIn, () => clock.now().getTime()),
  };
}

/** A team's channel takes new threads; any other conversation takes messages as they come. */
const TEAM_CHANNEL = /^19:[^;]+@thread\.(tacv2|skype)$/;

const NO_ADDRESS: Outcome = {
  kind: 'dead',
  unreachable: true,
  reason: 'The channel’s id is no Teams conversation (19:…@thread.tacv2).',
};
const NOTHING_TO_EDIT: Outcome = {
  kind: 'dead',
  gone: true,
  reason: 'Teams did not name the message that is to be edited.',
};
