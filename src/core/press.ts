/** What a button can ask for, with what its id names. */
export const PRESS_VERBS = {
  /** `mute:<1h|4h|resolved|custom>:<event id>`: what the event is about, in the channel where it is pressed. */
  mute: 2,
  /** `why:<event id>` */
  why: 1,
  /** `ack:<event id>` */
  ack: 1,
  /** `unmute:<mute id>` */
  unmute: 1,
  /** `post:<mute id>`: what it holds back, or held back until it ended. */
  post: 1,
  /** `unroute:<name of a chat route>` */
  unroute: 1,
  /** `replay:<event id>`: by today's routes, after its count was shown. */
  replay: 1,
  /** `export`: the overlay as a patch to the config. */
  export: 0,
} as const;

export type PressVerb = keyof typeof PRESS_VERBS;

export interface PressedButton {
  readonly verb: PressVerb;
  readonly parts: readonly string[];
}

/** The id of a button. It comes back from outside: nothing in it is believed beyond what it names. */
export const pressId = (verb: PressVerb, ...parts: readonly string[]): string => [verb, ...parts].join(':');

/** What an id asks for; undefined when it is none of ours. */
export function readPress(id: string): PressedButton | undefined {
  if (id.length > 100) return undefined;
  const [verb = '', ...parts] = id.split(':');
  if (!Object.hasOwn(PRESS_VERBS, verb)) return undefined;
  const known = verb as PressVerb;
  return parts.length === PRESS_VERBS[known] && !parts.includes('') ? { verb: known, parts } : undefined;
}
