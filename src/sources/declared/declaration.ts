import type { HandshakeName } from '../../core/handshake.ts';
import type { SourceAnswer, Verifier } from '../../core/source.ts';
import type { Markup } from '../markup/to-markdown.ts';

/**
 * A value of an event, as data. Text is a mustache template over `payload`, `headers`, `query`, and `item` (one element of
 * `each`; without `each` the document again); it comes out plain, on one line. What renders empty, and what a sender
 * left unfilled (`*name*`, `$NAME`, a year-1 date), is no value.
 */
export type Value =
  | string
  /** The first that has a value. */
  | readonly Value[]
  /** Looked up by its text, without regard to case; `otherwise` for what is not in the map, and nothing without it. */
  | { readonly from: Value; readonly map: Readonly<Record<string, Value>>; readonly otherwise?: Value }
  /** `24 Nov, 14:02 UTC`, of ISO text or of seconds or milliseconds since 1970. */
  | { readonly time: Value }
  /** `3 min 5 s`, of a number in `unit`. */
  | { readonly duration: Value; readonly unit: 'ms' | 's' | 'min' }
  /** `€12.50`, of a number in whole units, or in `minor` ones (cents). */
  | { readonly money: Value; readonly currency: Value; readonly minor?: boolean }
  /** Long text, several lines kept, HTML turned into text; at most 1,000 characters. */
  | { readonly text: Value }
  /**
   * Long text as Markdown, for three braces in a template (`{{{facts.said}}}`): what its sender wrote in HTML, in Atlassian's wiki text,
   * or without any markup; at most 2,000 characters.
   */
  | { readonly markdown: Value; readonly of: Markup }
  /** Markdown too, of an Atlassian document (a tree) at a path: `payload.comment.body`. */
  | { readonly adf: string }
  /** The first characters: a hash. */
  | { readonly cut: Value; readonly to: number }
  /** What stands after the first of the one and before the next of the other: `main` of `origin/main`. Nothing where they are not there. */
  | { readonly part: Value; readonly after?: string; readonly before?: string }
  /** Text that also prints other values, by the names they have here: `Paid: {{amount}}`. */
  | { readonly say: string; readonly with: Readonly<Record<string, Value>> }
  /** `https://acme.example`, of an address there; with its own path up to `before` (`/rest/`), and `path` after that. */
  | { readonly origin: Value; readonly before?: string; readonly path?: Value }
  /** `3 min 5 s`: from one time to a later one. */
  | { readonly since: Value; readonly until: Value }
  /** `take`, where the document has something at a path (`payload.updatedFrom.assigneeId`), be it null, 0 or empty. */
  | { readonly there: string; readonly take: Value }
  /** Of a list at a path (`payload.tags`), `take` of the first element for which `where` comes to `is`; `found` is the element. */
  | { readonly first: string; readonly where: Value; readonly is: string; readonly take: Value }
  /** `api, web and 2 more`: `as` of each element of a list at a path, the first `most` of them (5 where absent); `found` is the element. */
  | { readonly list: string; readonly as: Value; readonly most?: number };

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
