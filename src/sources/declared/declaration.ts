import type { HandshakeName } from '../../core/handshake.ts';
import type { SourceAnswer, Verifier } from '../../core/source.ts';
import type { Value } from './value.ts';

/**
 * A type of source without code: everything a hook means, as data. The same form is a built-in's and that of a user's
 * `sources/<type>.json` in the config folder.
 */
export interface Declaration {
  /** The word in the config: `uptimerobot`. */
  readonly type: string;
  readonly title: string;
  /** The sender's page on its webhooks. */
  readonly docs: string;
  /** How to set it up at the sender: one paragraph of Markdown. */
  readonly setUp: string;
  readonly verifier: Verifier;
  /** Every event it knows, with what it means. */
  readonly events: Readonly<Record<string, string>>;
  /** Events left out on purpose, with why. */
  readonly ignores?: Readonly<Record<string, string>>;
  /** Bytes; 1 MiB where absent. */
  readonly maxBody?: number;
  readonly takesGet?: boolean;
  /** What the sender is answered in place of Bellhop's own JSON where `when` has a value, or always without it. */
  readonly answer?: SourceAnswer & { readonly when?: Value };
  /** What the sender asks before it sends. */
  readonly handshake?: HandshakeName;
  /** The header that names the event, lower-case; absent where the body does. */
  readonly eventHeader?: string;
  /** What must have a value, or the document is none of this type: `{{payload.alert_id}}`. */
  readonly requires: Value;
  /** The path of a list: each element is an event of its own (`item`); a document without that list is one itself. `payload` for a document that is a list. */
  readonly each?: string;
  /** What happened, of the words of `events` and `ignores`; other words go out by the default template. */
  readonly event: Value;
  /** The sender's id of this event, for dropping duplicates. Absent where it has none. */
  readonly id?: Value;
  readonly key?: Value;
  readonly state?: Value;
  /** Events, or states, that end the story of their key. */
  readonly closes?: readonly string[];
  /** A word the sender uses (`P1`, `high`), or one of the four. `info` where absent. */
  readonly severity?: Value;
  /** Line 1 of the message: by event, or one for all. `default` for events that are not listed. */
  readonly titles: Readonly<Record<string, Value>>;
  readonly url?: Value;
  readonly labels?: Readonly<Record<string, Value>>;
  /** What templates print, as `facts.<name>`. */
  readonly facts?: Readonly<Record<string, Value>>;
  /** The sender's time: ISO text, or seconds or milliseconds since 1970. */
  readonly at?: Value;
}
