import type { Outcome } from '../../core/outcome.ts';
import type { NetworkFault } from '../network.ts';

/** What came back instead of success, stripped of everything that could hold a token. */
export interface Failure {
  readonly status?: number;
  /** The service's own word: `BotNotInConversationRoster`, `AADSTS7000222`. */
  readonly code?: string;
  readonly afterMs?: number;
  /** Why there was no answer. */
  readonly fault?: NetworkFault;
  /** Bellhop ended the call: its time was up, or the process stops. */
  readonly aborted?: boolean;
}

/**
 * How a failed call to the Bot Connector is taken. A post that got no answer may have arrived (there is no idempotency
 * key); an edit may simply be repeated.
 * https://learn.microsoft.com/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
 */
export function outcomeOfCall(call: 'send' | 'update', failure: Failure): Outcome {
  const { status, code } = failure;
  if (status === undefined) return outcomeWithoutAnswer(call, failure);
  const told = factsOf(failure);
  const why = inWords(failure);
  if (status === 429) return { kind: 'retry', lane: true, reason: `Teams is throttling this channel${why}.`, ...told };
  if (RETRIED.has(status)) return { kind: 'retry', reason: `Teams could not take it now${why}.`, ...told };
  if (status === 401) {
    const reason = `Teams does not accept the bot’s sign-in${why}: check its credentials, and that the bot is registered.`;
    return { kind: 'retry', lane: true, unreachable: true, reason, ...told };
  }
  if (call === 'update' && status === 404 && code !== 'ConversationNotFound')
    return { kind: 'dead', gone: true, reason: `The message to edit is gone${why}.`, status };
  if (status === 403 || status === 404)
    return { kind: 'dead', unreachable: true, reason: `${blocked(failure)}${why}.`, status };
  if (status === 413) return { kind: 'dead', form: true, reason: `Teams says the message is too big${why}.`, status };
  if (status === 400) return { kind: 'dead', form: true, reason: `Teams refused the message’s form${why}.`, status };
  return { kind: 'dead', reason: `Teams refused the message${why}.`, status };
}

/** How a failed sign-in is taken: nothing was sent, and no message gets through until it works. */
export function outcomeOfSignIn(failure: Failure): Outcome {
  const { status, code, aborted } = failure;
  const told = factsOf(failure);
  if (aborted) return { kind: 'retry', reason: 'The time was up while signing in; nothing was sent.' };
  const refused =
    status === undefined
      ? code !== undefined && REFUSED_SIGN_IN.test(code)
      : status < 500 && status !== 429 && status !== 408;
  if (!refused) {
    const reason = `Signing in at Microsoft did not work${inWords(failure)}; nothing was sent.`;
    return { kind: 'retry', reason, ...(status === 429 && { lane: true }), ...told };
  }
  const why = SIGN_IN_WORDS.get(code ?? '') ?? 'check clientId, clientSecret and tenantId';
  const reason = `Microsoft refused the bot’s sign-in${inWords(failure)}: ${why}.`;
  return { kind: 'retry', lane: true, unreachable: true, reason, ...told };
}

/** How a Workflows address that did not accept is taken. */
export function outcomeOfWorkflow(failure: Failure): Outcome {
  const { status } = failure;
  if (status === undefined) return outcomeWithoutAnswer('send', failure);
  const told = factsOf(failure);
  if (status === 429)
    return { kind: 'retry', lane: true, reason: `The flow is throttled${inWords(failure)}.`, ...told };
  if (RETRIED.has(status))
    return { kind: 'retry', reason: `The flow could not take it now${inWords(failure)}.`, ...told };
  if (status === 400 || status === 413)
    return { kind: 'dead', form: true, reason: `The flow refused the form of the message${inWords(failure)}.`, status };
  const why =
    status === 401 || status === 403
      ? 'The flow does not let Bellhop start it: set “Who can trigger the flow” to anyone, and check the address’s signature'
      : 'The flow is deleted, turned off, or its address has changed';
  return { kind: 'dead', unreachable: true, reason: `${why}${inWords(failure)}.`, status };
}

const factsOf = ({ status, afterMs }: Failure) => ({
  ...(status !== undefined && { status }),
  ...(afterMs !== undefined && { afterMs }),
});

const RETRIED: ReadonlySet<number> = new Set([408, 412, 500, 502, 503, 504]);

function outcomeWithoutAnswer(call: 'send' | 'update', { aborted, fault }: Failure): Outcome {
  const why = aborted ? 'did not answer in time' : (fault?.words ?? 'gave no answer');
  if (!aborted && fault?.mayHaveArrived === false)
    return { kind: 'retry', reason: `Microsoft ${why}; nothing was sent.` };
  if (call === 'update') return { kind: 'retry', reason: `Microsoft ${why}; an edit may be repeated.` };
  return { kind: 'ambiguous', reason: `Microsoft ${why}; the message may or may not have arrived.` };
}

/** An answer of success that names no message: a proxy's page, as a rule. */
export const UNNAMED: Outcome = {
  kind: 'ambiguous',
  reason: 'The answer names no message; it may or may not have arrived.',
};

const BLOCKED: ReadonlyMap<string, string> = new Map([
  ['BotNotInConversationRoster', 'The bot is not in this team: add the Bellhop app to it'],
  ['BotDisabledByAdmin', 'An administrator has disabled the bot'],
  ['ConversationBlockedByUser', 'The bot was blocked or removed in this conversation'],
  ['MessageWritesBlocked', 'The bot may not write in this conversation: it was blocked or removed'],
  ['ConversationNotFound', 'Teams knows no such channel: check its id'],
]);

const blocked = ({ status, code }: Failure): string =>
  BLOCKED.get(code ?? '') ??
  (status === 404 ? 'Teams knows no such channel: check its id' : 'The bot may not post in this channel');

/** Names by which sign-in says that the credentials are wrong, rather than that it is down. */
const REFUSED_SIGN_IN =
  /^(AADSTS\d+|invalid_client|unauthorized_client|invalid_request|invalid_grant|invalid_scope|invalid_resource)$/;

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const SIGN_IN_WORDS: ReadonlyMap<string, string> = new Map([
  ['AADSTS7000215', 'the client secret is wrong (its value is needed, not its id)'],
  ['AADSTS7000222', 'the client secret has expired'],
  ['AADSTS700016', 'the tenant has no application with this clientId'],
  ['AADSTS90002', 'there is no tenant with this tenantId'],
]);

const inWords = ({ status, code, fault }: Failure): string => {
  const parts = [status, code, fault?.words].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : ` (${parts.join(' ')})`;
};
