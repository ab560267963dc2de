/**
 * Where a message landed, as its platform named it: strings only, so that a Slack `ts` keeps its trailing zeros.
 * Every platform puts its address under `channel` and its message under `message`.
 */
export type Ref = Readonly<Record<string, string>>;

/** What one attempt at one platform came to. A value, never an exception: the lane's policy reads it. */
export type Outcome =
  | { readonly kind: 'sent'; readonly ref: Ref; readonly status?: number }
  | {
      readonly kind: 'retry';
      readonly reason: string;
      readonly status?: number;
      /** The platform named the wait (`Retry-After`): honoured as given. */
      readonly afterMs?: number;
      /** The whole channel is affected, not this message alone: the wait is not counted against the delivery. */
      readonly lane?: boolean;
      /** Nothing can be reached here until a person acts (token revoked): the operators are told. */
      readonly unreachable?: boolean;
    }
  /** It may or may not have arrived: sent again with the same `once`. */
  | { readonly kind: 'ambiguous'; readonly reason: string; readonly status?: number }
  | {
      readonly kind: 'dead';
      readonly reason: string;
      readonly status?: number;
      /** The platform refused the message's form: the plain form is tried at once. */
      readonly form?: boolean;
      /** This channel cannot be posted in at all (archived, bot removed): the operators are told. */
      readonly unreachable?: boolean;
      /** The message to edit is gone or closed for edits: post anew. */
      readonly gone?: boolean;
    };

export type OutcomeKind = Outcome['kind'];

/** Why it was not sent, as a sentence; empty when it was. */
export const reasonOf = (outcome: Outcome): string => (outcome.kind === 'sent' ? '' : outcome.reason);
