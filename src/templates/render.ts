import type { PlatformName } from '../core/config.ts';
import type { HookEvent } from '../core/event.ts';
import { type Field, inlineText, type Message, TONES, type Tone } from '../core/message.ts';
import type { Renderer } from '../core/renderer.ts';
import { safeWebUrl } from '../core/url.ts';
import type { Template } from './compile.ts';
import { isEmoji, TONE_EMOJI } from './emoji.ts';
import { type Leaf, renderLeaf } from './leaf.ts';
import type { Loaded, Templates } from './load.ts';
import { type NativeNode, renderNative } from './native.ts';
import { payloadInline } from './payload-markdown.ts';
import { plainMessage, shortLine, subjectOf, titleOf, toneOf } from './plain.ts';
import { openScope, type Scope } from './scope.ts';
import { textOf } from './value.ts';
import { walkBlocks } from './walk-blocks.ts';
import { walkInline, walkLine } from './walk-inline.ts';

const LONGEST_TITLE = 500;
const LONGEST_LABEL = 100;

/** Renders events by their templates; whatever goes wrong, the event still goes out, in the plain form and saying why. */
export function createRenderer(templates: Templates): Renderer {
  return {
    render(event, platform) {
      const { portable, native } = find(templates, event, platform);
      const used = native ?? portable;
      if (used === undefined) return { message: plainMessage(event), template: 'plain' };
      try {
        return { message: byTemplate(event, portable, native), template: used.file };
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        return { message: plainMessage(event, noteOf(used, failure)), template: 'plain', failure };
      }
    },
    plain: plainMessage,
  };
}

/** The message of one template. Throws for what only a fault in Bellhop can cause; callers fall back. */
export function renderTemplate(template: Template, event: HookEvent, scope: Scope = openScope(event)): Message {
  const tone = toneFrom(template.tone, scope) ?? toneOf(event);
  const emoji = template.emoji && renderLeaf(template.emoji, scope).trim();
  const address = template.url ? renderLeaf(template.url, scope) : (event.url ?? '');
  const url = safeWebUrl(address);
  return {
    title: (template.title && titleText(template.title, scope)) || titleOf(event),
    emoji: emoji !== undefined && isEmoji(emoji) ? emoji : TONE_EMOJI[tone],
    ...(url !== undefined && { url }),
    tone,
    body: walkBlocks(template.body, scope),
    fields: fieldsOf(template, scope),
    buttons: template.buttons.flatMap((button) => {
      const to = safeWebUrl(renderLeaf(button.url, scope));
      const label = shortLine(renderLeaf(button.label, scope), LONGEST_LABEL);
      return to === undefined || label === '' ? [] : [{ label, url: to }];
    }),
    context: walkLine(template.context, scope),
    actions: [],
    mentions: [],
    notes: [],
    at: event.at,
    about: subjectOf(event),
  };
}

/** From the most particular name to the least: `github/pull_request.opened`, `github/pull_request`, `github/default`, `default`. */
export function namesFor({ type, event }: Pick<HookEvent, 'type' | 'event'>): readonly string[] {
  // A name is as long as its sender likes; no template's has this many parts.
  const parts = event.slice(0, 200).split('.').slice(0, 10);
  const byEvent = parts.map((_, at) => `${type}/${parts.slice(0, parts.length - at).join('.')}`);
  return [...byEvent, `${type}/default`, 'default'];
}

/** The native form counts when no portable template is more particular; the portable one goes with it where it fits. */
function find(templates: Templates, event: HookEvent, platform: PlatformName) {
  let native: Loaded<NativeNode> | undefined;
  for (const name of namesFor(event)) {
    native ??= templates.native.get(`${name}.${platform}`);
    const portable = templates.portable.get(name);
    if (portable !== undefined) return { portable, native };
  }
  return { portable: undefined, native };
}

function byTemplate(
  event: HookEvent,
  portable: Loaded<Template> | undefined,
  native: Loaded<NativeNode> | undefined,
): Message {
  if (native?.broken !== undefined) throw new Error(native.broken);
  if (portable?.broken !== undefined) throw new Error(portable.broken);
  const message = portable?.made ? renderTemplate(portable.made, event) : plainMessage(event);
  return native?.made ? { ...message, native: renderNative(native.made, openScope(event)) } : message;
}

const noteOf = ({ file }: { readonly file: string }, failure: string): string =>
  `The template ${file.replace(/\.(?:mustache|json)$/, '')} could not be used: ${failure.replace(/\.$/, '')}.`;

function toneFrom(leaf: Leaf | undefined, scope: Scope): Tone | undefined {
  const word = leaf && renderLeaf(leaf, scope).trim();
  return TONES.find((tone) => tone === word);
}

/** One line; the payload's Markdown in three braces loses its marks. */
function titleText(leaf: Leaf, scope: Scope): string {
  const text = renderLeaf(leaf, scope, (value, markdown) =>
    markdown ? inlineText(walkInline(payloadInline(value, scope, true), scope)) : textOf(value),
  );
  return shortLine(text, LONGEST_TITLE);
}

function fieldsOf({ fields }: Template, scope: Scope): readonly Field[] {
  return fields.flatMap((field): readonly Field[] => {
    const value = walkLine(field.value, scope);
    const name = shortLine(renderLeaf(field.name, scope), LONGEST_LABEL);
    return value.length === 0 || name === '' ? [] : [{ name, value }];
  });
}
