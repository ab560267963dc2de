import { HookError } from '../core/errors.ts';
import type { Handshake, HandshakeAnswer, HandshakeReply } from '../core/handshake.ts';
import type { Hook } from '../core/hook.ts';
import type { Log } from '../core/log.ts';
import type { Metrics } from '../core/metrics.ts';
import type { Secret } from '../core/secret.ts';

/** The handshake of one source of the config. */
export interface ActiveHandshake extends Pick<Handshake, 'name' | 'signed' | 'methods'> {
  answer(hook: Hook): HandshakeReply | undefined | Promise<HandshakeReply | undefined>;
  /** Keeps what the sender brought as the source's secret; false where another one came before. */
  keepSecret(secret: Secret): Promise<boolean>;
}

/** A handshake, answered: nothing of it was stored. */
export interface Answered {
  readonly status: 'handshake';
  readonly events: 0;
  readonly answer: HandshakeAnswer;
}

/** Seconds until the sender may ask again. */
const RETRY_AFTER_SECONDS = 5;

/** The answer to a handshake; undefined for what is none. Throws `HookError` where it is refused. */
export async function shakeHands(
  handshake: ActiveHandshake,
  hook: Hook,
  { metrics, log }: { readonly metrics: Metrics; readonly log: Log },
): Promise<Answered | undefined> {
  const reply = await handshake.answer(hook);
  if (reply === undefined) return undefined;
  const told = { source: hook.source, handshake: handshake.name };
  if (reply.kind === 'refused') {
    log.warn('a handshake was refused', { ...told, reason: reply.reason });
    throw new HookError(reply.code, reply.reason, reply.code === 'busy' ? RETRY_AFTER_SECONDS : undefined);
  }
  if (reply.brings !== undefined) await keep(handshake, reply.brings, hook.source);
  const news = reply.brings === undefined ? '' : ', and the secret it brought is kept ("bellhop sources" shows it)';
  log.info(`a handshake was answered${news}`, told);
  metrics.hook(hook.source, 'handshake');
  return { status: 'handshake', events: 0, answer: reply };
}

async function keep(handshake: ActiveHandshake, secret: Secret, source: string): Promise<void> {
  const isKept = await handshake.keepSecret(secret).catch(() => {
    throw new HookError('busy', 'Bellhop cannot keep the secret now; send it again in a moment.', RETRY_AFTER_SECONDS);
  });
  if (isKept) return;
  throw new HookError(
    'handshake_refused',
    `"${source}" has a secret already, and only the first one is kept. To take another, stop Bellhop and remove it from "brought" in secrets.json in the data folder.`,
  );
}
