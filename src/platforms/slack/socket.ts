import type { App, SocketModeReceiver } from '@slack/bolt';
import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { valueAt } from '../../core/path.ts';
import type { Health } from '../../core/platform.ts';
import type { Secret } from '../../core/secret.ts';
import { callFailure, errorWord } from './call-failure.ts';
import { errorClass } from './error-codes.ts';
import { quietLogger } from './quiet-logger.ts';

/** Socket Mode: Slack brings commands through a connection that Bellhop opens. */
export interface Socket {
  /** Connects in the background, and again whenever the connection is lost. */
  start(): void;
  health(): Health;
  stop(): Promise<void>;
}

export interface SocketContext {
  readonly appToken: Secret;
  readonly apiUrl: string | undefined;
  readonly app: App;
  readonly clock: Clock;
  readonly log: Log;
}

const OPEN_LIMIT_MS = 10_000;
/** From asking for an address to Slack's hello. */
const HELLO_LIMIT_MS = 30_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** A connection that held this long was a good one: the next wait is a short one again. */
const GOOD_AFTER_MS = 60_000;
/** How long the other side may take to say goodbye. */
const CLOSE_LIMIT_MS = 1_000;

type Client = SocketModeReceiver['client'];

/**
 * Bolt's receiver without its own reconnecting, which ends the process when Slack refuses a new connection (a revoked
 * token is enough), and knows no health and no clock.
 */
export async function createSocket(context: SocketContext): Promise<Socket> {
  const { clock, log } = context;
  const client = await createClient(context);
  const now = () => clock.now().getTime();
  let connectedAt: number | undefined;
  let failures = 0;
  let reason = 'Connecting to Slack.';
  let stopped = false;
  let cancelWait = (): void => {};

  function connect(): void {
    const cancel = clock.after(HELLO_LIMIT_MS, () => void close(client, clock));
    client.start().then(
      () => {
        cancel();
        // Stopped while Slack was still asked for an address.
        if (stopped) return void close(client, clock);
        connectedAt = now();
        log.info('slack: commands arrive by Socket Mode');
      },
      (error: unknown) => {
        cancel();
        again(startFailure(error), retryAfterMs(error));
      },
    );
  }

  function again(why: string, atLeastMs = 0): void {
    connectedAt = undefined;
    if (stopped) return;
    const afterMs = Math.max(atLeastMs, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures));
    failures += 1;
    const told = why === reason ? log.debug : log.warn;
    told('slack: no commands arrive by Socket Mode', { error: why, afterMs });
    reason = why;
    cancelWait = clock.after(afterMs, connect);
  }

  client.on('disconnected', () => {
    // While it is still connecting, `start` rejects.
    if (connectedAt === undefined) return;
    if (now() - connectedAt >= GOOD_AFTER_MS) failures = 0;
    again('The connection to Slack was lost; a new one is made.');
  });

  return {
    start: connect,
    health: () =>
      connectedAt === undefined
        ? { ok: false, detail: reason }
        : { ok: true, detail: 'Commands arrive by Socket Mode.' },
    async stop() {
      stopped = true;
      cancelWait();
      await close(client, clock);
    },
  };
}

async function createClient({ appToken, apiUrl, app, log }: SocketContext): Promise<Client> {
  const { SocketModeReceiver, webApi } = await import('@slack/bolt');
  const receiver = new SocketModeReceiver({
    appToken: appToken.reveal(),
    logger: quietLogger(log, webApi.LogLevel.WARN),
    autoReconnectEnabled: false,
    installerOptions: {
      // An object of its own: shared with another client, its token would be sent for this one's.
      clientOptions: {
        ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: OPEN_LIMIT_MS,
        allowAbsoluteUrls: false,
      },
    },
  });
  receiver.init(app);
  for (const event of ['ws_message', 'slack_event']) guard(receiver.client, event, log);
  return receiver.client;
}

/** These listeners are async, and nobody waits for them: a frame of an unexpected shape would end the process. */
function guard(client: Client, event: string, log: Log): void {
  for (const listener of client.listeners(event)) {
    client.off(event, listener);
    client.on(event, async (...args: unknown[]) => {
      try {
        await listener(...args);
      } catch (error) {
        log.warn('slack: a frame could not be read', { error: String(error).slice(0, 200) });
      }
    });
  }
}

/** Says goodbye; asked a second time, the client cuts a connection whose other side does not answer. */
async function close(client: Client, clock: Clock): Promise<void> {
  const cancel = clock.after(CLOSE_LIMIT_MS, () => void client.disconnect());
  await client.disconnect();
  cancel();
}

function startFailure(error: unknown): string {
  // What the client rejects with when the connection closes before Slack said hello.
  if (error === undefined) return 'Slack closed the connection before it said hello.';
  const word = errorWord(error);
  if (word !== undefined && errorClass(word) === 'token')
    return `Slack does not accept the app token (${word}): check platforms.slack.appToken, which needs the scope connections:write.`;
  return `No connection to Slack: ${callFailure(error)}.`;
}

function retryAfterMs(error: unknown): number {
  const seconds = valueAt(error, ['retryAfter']);
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds * 1_000 : 0;
}
