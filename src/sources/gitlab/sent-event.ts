import type { Hook } from '../../core/hook.ts';
import type { Payload } from './payloads.ts';

/**
 * What the hook is about, in GitLab's word or in ours where they differ: `merge_request`, `job`. The body says it first:
 * a system hook's header names nothing. Undefined where neither does.
 */
export function sentEvent(hook: Hook, { object_kind: kind, event_name: name }: Payload): string | undefined {
  const sent = [kind, name, fromHeader(headerOf(hook))].find((word) => word !== undefined && WORD.test(word));
  return sent === undefined ? undefined : (Object.hasOwn(OURS, sent) && OURS[sent]) || sent;
}

/** The name finds a template’s file; two of these and a dot are a name of at most 80. */
export const WORD = /^[a-z][a-z0-9_]{0,38}$/;

/** `build` is what jobs were called; tasks and incidents are issues with a type. */
const OURS: Readonly<Record<string, string>> = { build: 'job', work_item: 'issue' };

/**
 * Whether it is meant for those who may see confidential things, by any of the signs that GitLab gives: the header, the
 * type, the comment, or the issue that it is on.
 */
export function isConfidential(hook: Hook, { event_type: type, object_attributes: thing, issue }: Payload): boolean {
  const signs = [thing?.confidential, thing?.internal, issue?.confidential];
  return (
    /^confidential/i.test(headerOf(hook)) ||
    /^confidential/i.test(type ?? '') ||
    signs.some((sign) => sign !== undefined && sign !== null && sign !== false)
  );
}

const headerOf = ({ headers }: Hook): string => headers['x-gitlab-event']?.trim() ?? '';

/** `merge_request` of `Merge Request Hook`; `System Hook` names nothing. */
function fromHeader(header: string): string | undefined {
  const words = header.replace(/^confidential /i, '').replace(/ hook$/i, '');
  return /^system$/i.test(words) ? undefined : words.toLowerCase().replaceAll(' ', '_');
}
