import type { Labels } from './event.ts';
import type { Severity } from './severity.ts';

/** What a message feels like at a glance; each platform turns it into its own colour. */
export const TONES = ['neutral', 'good', 'info', 'warning', 'bad', 'critical'] as const;
export type Tone = (typeof TONES)[number];

/** What an event of this severity feels like, where nothing better is known. */
export const toneOfSeverity = (severity: Severity): Tone => (severity === 'error' ? 'bad' : severity);

/** A piece of running text. `text` is always literal: the platform escapes it. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  /** `url` is http, https or mailto: anything else was turned into text when the tree was made. */
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] }
  | { readonly kind: 'break' };

export type Block =
  | { readonly kind: 'paragraph' | 'heading'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly Block[])[];
    }
  | { readonly kind: 'code'; readonly text: string; readonly language?: string }
  | {
      readonly kind: 'table';
      readonly header: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    }
  | { readonly kind: 'rule' };

export interface Field {
  readonly name: string;
  readonly value: readonly Inline[];
}

/** A button that opens an address (http or https). */
export interface Button {
  readonly label: string;
  readonly url: string;
}

/** A button that asks Bellhop for something. It carries ids and no rights: whoever presses it is asked who they are then. */
export interface Press {
  readonly label: string;
  /** A verb and what it is about: `mute:1h:evt_…`. At most 100 characters of `[\w:.-]`; all that comes back when it is pressed. */
  readonly id: string;
  readonly style?: 'primary' | 'danger';
}

/** Several presses of one kind under one label, for platforms to show as a menu. */
export interface Menu {
  readonly label: string;
  readonly choices: readonly Press[];
}

export type Action = Press | Menu;

/** Somebody the config says to call, by platform; data can never make one. */
export interface Mention {
  readonly name: string;
  readonly slack?: string;
  readonly discord?: string;
  readonly teams?: string;
}

/** The event a message is about, for receivers that are programs. */
export interface MessageSubject {
  readonly eventId: string;
  readonly source: string;
  readonly event: string;
  readonly severity: Severity;
  readonly state?: string;
  readonly key?: string;
  readonly labels: Labels;
}

/**
 * A rendered event, independent of platform. Nothing in it is markup: every string is literal, and its
 * structure comes from a template, never from a payload.
 */
export interface Message {
  /** One line without its emoji; stands alone in a phone's notification. */
  readonly title: string;
  /** The state at a glance, first on the line: one emoji character, never a `:name:`. */
  readonly emoji: string;
  readonly url?: string;
  readonly tone: Tone;
  readonly body: readonly Block[];
  readonly fields: readonly Field[];
  readonly buttons: readonly Button[];
  /** What people can ask of Bellhop right there; empty where nobody would hear it. */
  readonly actions: readonly Action[];
  /** The small line at the bottom: repository, age, source. */
  readonly context: readonly Inline[];
  readonly mentions: readonly Mention[];
  /** What Bellhop itself has to say about this message (`Replayed`, `The template failed: …`), each a sentence. */
  readonly notes: readonly string[];
  /** The event's own time. */
  readonly at: Date;
  readonly about: MessageSubject;
  /** Native JSON from `<event>.<platform>.json`, replacing the portable form on that platform. */
  readonly native?: unknown;
}

/** The whole tree as plain text: notifications, terminals, search. */
export function toPlainText(blocks: readonly Block[]): string {
  return blocks
    .map((block) => blockText(block))
    .filter((text) => text !== '')
    .join('\n');
}

export function inlineText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.kind === 'break') return '\n';
      if (inline.kind === 'text' || inline.kind === 'code') return inline.text;
      return inlineText(inline.children);
    })
    .join('');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return inlineText(block.children);
    case 'quote':
      return indent(toPlainText(block.children), '> ');
    case 'list':
      return block.items
        .map((item, at) => `${block.ordered ? `${block.start + at}.` : '•'} ${toPlainText(item)}`)
        .join('\n');
    case 'code':
      return block.text;
    case 'table':
      return [block.header, ...block.rows].map((row) => row.map(inlineText).join(' | ')).join('\n');
    case 'rule':
      return '';
  }
}

const indent = (text: string, prefix: string): string =>
  text
    .split('\n')
    .map((line) => `${prefix}${line}`)
    .join('\n');
