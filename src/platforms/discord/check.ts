import type { Payload } from '../../core/platform.ts';
import { checkComponents, checkComponentsV2 } from './check-components.ts';
import { checkEmbeds } from './check-embeds.ts';
import { asObject, atMost, type Report } from './check-parts.ts';
import { ALLOWED_MENTIONS, FLAGS, MESSAGE } from './limits.ts';

/** What Discord, or Bellhop's own rule about mentions, refuses this message for: `<JSON pointer>: <sentence>` each. Never throws. */
export function check(payload: Payload): readonly string[] {
  const problems: string[] = [];
  const report: Report = (pointer, problem) => problems.push(`${pointer}: ${problem}`);
  const { content, embeds, components, flags } = payload;

  if (content !== undefined && content !== null) atMost(content, { pointer: '/content', max: MESSAGE.content, report });
  checkNonce(payload, report);
  checkAllowedMentions(payload.allowed_mentions, report);
  if (flags !== undefined && !Number.isInteger(flags)) report('/flags', 'is no whole number.');

  if (Number(flags) & FLAGS.componentsV2) {
    for (const key of ['content', 'embeds', 'poll', 'sticker_ids']) {
      if (!isBlank(payload[key])) report(`/${key}`, 'cannot stand in a message with the Components V2 flag.');
    }
    checkComponentsV2(components, report);
  } else {
    checkEmbeds(embeds, report);
    checkComponents(components, report);
    if ([content, embeds, components].every(isBlank)) report('', 'is empty: it has no content, embed or component.');
  }
  return problems;
}

const isBlank = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

function checkNonce({ nonce, enforce_nonce }: Payload, report: Report): void {
  if (nonce === undefined) {
    if (enforce_nonce === true) report('/nonce', 'is missing, though enforce_nonce asks for it.');
    return;
  }
  atMost(nonce, { pointer: '/nonce', min: 1, max: MESSAGE.nonce, report });
}

/** Without it Discord notifies whomever the text names; only the config may do that, so `parse` must be empty. */
function checkAllowedMentions(value: unknown, report: Report): void {
  const allowed = asObject(value);
  if (allowed === undefined) {
    report('/allowed_mentions', 'is missing: texts could notify anybody.');
    return;
  }
  if (!Array.isArray(allowed.parse) || allowed.parse.length > 0) {
    report('/allowed_mentions/parse', 'is not an empty list: texts could notify anybody.');
  }
  for (const key of ['roles', 'users'] as const) {
    const ids = allowed[key] ?? [];
    const max = ALLOWED_MENTIONS[key];
    if (!Array.isArray(ids) || ids.some((id) => typeof id !== 'string' || !/^\d{1,20}$/.test(id))) {
      report(`/allowed_mentions/${key}`, 'is no list of ids.');
    } else if (ids.length > max) report(`/allowed_mentions/${key}`, `has ${ids.length} ids; at most ${max} fit.`);
  }
}
