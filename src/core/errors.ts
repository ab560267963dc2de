import { formatProblems, type Problem } from './problem.ts';

/** Every way a hook is refused, and the HTTP status that says so. Never 429 or 500: several senders drop on those. */
export const HOOK_ERRORS = {
  unreadable_request: {
    status: 400,
    means: 'The request itself is broken: its body ended early or its compression is damaged.',
  },
  bad_signature: {
    status: 401,
    means: 'The signature, token or password is missing or does not fit the source’s secret.',
  },
  stale_timestamp: { status: 401, means: 'The signed time is too far from this server’s clock.' },
  address_not_allowed: { status: 403, means: 'The sender’s address is not in the source’s `allowFrom`.' },
  topic_not_allowed: { status: 403, means: 'The topic of Amazon SNS is not in the source’s `topics`.' },
  handshake_refused: {
    status: 403,
    means: 'The sender’s handshake does not fit: its challenge is no short text, or another secret came before.',
  },
  unknown_source: { status: 404, means: 'The config has no source of that name.' },
  method_not_allowed: { status: 405, means: 'This source does not take that HTTP method.' },
  too_large: {
    status: 413,
    means:
      'The body, or what it inflates to, is over the source’s limit: 25 MiB for `github`, 4 MiB for `alertmanager`, 1 MiB for the others.',
  },
  unsupported_encoding: { status: 415, means: 'The body is compressed in a way other than gzip, deflate or br.' },
  busy: { status: 503, means: 'The hook could not be stored now; the sender should try again.' },
  rate_limited: {
    status: 503,
    means: 'This address sends faster than `server.rateLimit` allows; the sender should try again.',
  },
} as const satisfies Record<string, { status: number; means: string }>;

export type HookErrorCode = keyof typeof HOOK_ERRORS;

/** A hook that is refused; `message` is the sentence the sender's operator reads. */
export class HookError extends Error {
  readonly code: HookErrorCode;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: HookErrorCode, message: string, retryAfterSeconds?: number) {
    super(message);
    this.name = 'HookError';
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Every way an API call is refused. */
export const API_ERRORS = {
  bad_request: {
    status: 400,
    means: 'A parameter or the body does not fit; the message says which and what was expected.',
  },
  unauthorized: { status: 401, means: 'The admin token is missing or wrong.' },
  not_found: { status: 404, means: 'Nothing has that id, or the path does not exist.' },
  conflict: { status: 409, means: 'The thing is not in a state that allows this.' },
  too_large: { status: 413, means: 'The body is over the limit.' },
  busy: { status: 503, means: 'The store could not be written now; try again.' },
  internal: {
    status: 500,
    means: 'A fault in Bellhop; the log holds the details under the id that the message names.',
  },
} as const satisfies Record<string, { status: number; means: string }>;

export type ApiErrorCode = keyof typeof API_ERRORS;

/** An API call that is refused; `message` is the sentence its caller reads. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;

  constructor(code: ApiErrorCode, message: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
  }
}

/** A config that cannot be used. Lists every mistake, never the first alone, and no secret's value. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(formatProblems(problems));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** A sentence for the person at the command line or in the chat: what is wrong and what to do. */
export class CommandError extends Error {
  /** 1: a problem was found; 2: wrong usage. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}
