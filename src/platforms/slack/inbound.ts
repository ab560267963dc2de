import type { SlackConfig } from '../../core/config.ts';
import type { Health } from '../../core/platform.ts';
import type { Inbound, InboundContext, InboundHandler } from '../inbound.ts';
import { connectBot } from './bot.ts';
import { createHttpDoor, SLACK_PATH } from './http-door.ts';
import { createIntake } from './intake.ts';
import { createSocket } from './socket.ts';

/**
 * Where Slack brings commands, presses and shortcuts: POST `/slack/events` with a signing secret, Socket Mode with an
 * app token, both with both. Undefined with neither. Asks Slack nothing before `start`.
 */
export async function openSlackInbound(config: SlackConfig, context: InboundContext): Promise<Inbound | undefined> {
  const { signingSecret, appToken, apiUrl } = config;
  if (signingSecret === undefined && appToken === undefined) return undefined;
  const { clock, log } = context;
  const { app, stop } = createIntake(config, await connectBot(config, log), context);
  const handle = signingSecret === undefined ? pass : await createHttpDoor({ signingSecret, app, log });
  const socket = appToken === undefined ? undefined : await createSocket({ appToken, apiUrl, app, clock, log });

  return {
    paths: signingSecret === undefined ? [] : [SLACK_PATH],
    handle,
    start: () => socket?.start(),
    health: socket?.health ?? byHttp,
    async stop() {
      await Promise.all([socket?.stop(), stop()]);
    },
  };
}

const pass: InboundHandler = (_request, _response, next) => next();

const byHttp = (): Health => ({ ok: true, detail: `Commands are taken at ${SLACK_PATH}.` });
