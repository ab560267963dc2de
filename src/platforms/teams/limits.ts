import type { PaceWindow } from '../../core/platform.ts';

/**
 * Sends per conversation; a channel counts as one conversation with all its threads.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
 */
export const PACE: readonly PaceWindow[] = [
  { sends: 7, perMs: 1_000 },
  { sends: 8, perMs: 2_000 },
  { sends: 60, perMs: 30_000 },
  { sends: 1_800, perMs: 3_600_000 },
];

/** What an Adaptive Card is called as an attachment. */
export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

/**
 * The newest version that Teams shows.
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
 */
export const CARD_VERSION = '1.5';

/**
 * UTF-8 bytes of a card's JSON. The tighter of two limits: a Workflows address takes about 28 KB, a bot's message about
 * 100 KB. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export const CARD_BYTES = 28_000;

/** UTF-8 bytes of an activity around its card. Our own. */
export const ACTIVITY_BYTES = CARD_BYTES + 4_000;

/** Our own, in UTF-16 units: what one card shows without burying the rest. */
export const TITLE_CHARS = 256;
export const FIELD_NAME_CHARS = 80;
export const BUTTON_CHARS = 60;
export const NOTE_CHARS = 300;
export const MENTION_CHARS = 80;

/** Our own counts: more of them do not fit a phone. */
export const MAX_FIELDS = 10;
/** In the row below the card. */
export const MAX_BUTTONS = 6;
/** Behind its `…`. */
export const MAX_SECONDARY = 12;
export const MAX_NOTES = 5;
export const MAX_MENTIONS = 10;
export const MAX_TABLE_COLUMNS = 8;

/** Bytes of the JSON of one field's value or of the context line. */
export const INLINE_BYTES = 3_000;

/** A link over this length is shown as text only. */
export const URL_CHARS = 2_048;

/** Bytes of an inbound activity; real ones stay far below. */
export const INBOUND_BYTES = 256 * 1024;

/** UTF-16 units of what somebody wrote that are looked at; commands are far shorter. */
export const SPOKEN_CHARS = 8_000;

/** UTF-16 units of the words that answer a button. Our own: they stand in a line below the card. */
export const WORDS_CHARS = 500;
