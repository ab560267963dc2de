import type { Payload } from '../../core/platform.ts';
import { checkBlock } from './check-block.ts';
import { type Found, type Report, recordsAt, textAt } from './found.ts';
import { LIMITS } from './limits.ts';
import { measureBlocks } from './measure.ts';

const COLOR = /^(?:good|warning|danger|#?[0-9a-f]{6}|#?[0-9a-f]{3})$/i;

/**
 * What Slack would refuse a message for, each as a JSON pointer and a sentence; empty when it is good. Offline:
 * Slack's own `blocks.validate` needs the network. `text` is held to the limit of an edit unless `textMax` says
 * otherwise.
 */
export function checkPayload(payload: Payload, textMax: number = LIMITS.text): readonly string[] {
  const problems: string[] = [];
  const report: Report = (pointer, sentence) => problems.push(`${pointer}: ${sentence}`);
  const message: Found = { value: payload, pointer: '' };

  textAt(message, 'text', { max: textMax, optional: true, report });
  checkOptions(payload, report);
  const blocks = recordsAt(message, 'blocks', { max: LIMITS.blocks, optional: true, report });
  const attachments = recordsAt(message, 'attachments', { max: LIMITS.attachments, optional: true, report });
  const all = [...blocks];
  for (const attachment of attachments) all.push(...checkAttachment(attachment, report));
  for (const block of all) checkBlock(block, report);
  if (blocks.length <= LIMITS.blocks && all.length > LIMITS.blocks)
    report('/attachments', `bring the message to ${all.length} blocks; at most ${LIMITS.blocks}`);
  checkTogether(all, report);

  const said = payload.text !== undefined && payload.text !== null && String(payload.text).trim() !== '';
  if (!said && all.length === 0 && attachments.length === 0 && payload.markdown_text === undefined)
    report('/text', 'is missing, and there are no blocks and no attachments: there is nothing to post');
  return problems;
}

function checkOptions(payload: Payload, report: Report): void {
  if (payload.link_names) report('/link_names', 'must not be set: it makes calls of the names in data');
  if (payload.parse !== undefined && payload.parse !== 'none')
    report('/parse', 'must be none: any other value makes links and calls of what is in data');
  if (payload.markdown_text === undefined) return;
  if (payload.text !== undefined || payload.blocks !== undefined)
    report('/markdown_text', 'cannot stand beside text or blocks');
  textAt({ value: payload, pointer: '' }, 'markdown_text', { max: LIMITS.markdown, report });
}

function checkAttachment(attachment: Found, report: Report): readonly Found[] {
  const { value, pointer } = attachment;
  if (value.color !== undefined && !(typeof value.color === 'string' && COLOR.test(value.color)))
    report(`${pointer}/color`, 'must be good, warning, danger or a colour like #2da44e');
  textAt(attachment, 'footer', { max: LIMITS.attachmentFooter, optional: true, report });
  return recordsAt(attachment, 'blocks', { max: LIMITS.blocks, optional: true, report });
}

/** The limits that hold for all blocks of a message together. */
function checkTogether(all: readonly Found[], report: Report): void {
  const size = measureBlocks(all.map(({ value }) => value));
  if (size > LIMITS.messageText)
    report('/blocks', `hold ${size} characters together, counted after escaping; at most ${LIMITS.messageText}`);

  let markdown = 0;
  let tables = 0;
  const ids = new Set<string>();
  for (const { value, pointer } of all) {
    if (value.type === 'markdown' && typeof value.text === 'string') markdown += value.text.length;
    if (value.type === 'table') tables += 1;
    if (typeof value.block_id !== 'string') continue;
    if (ids.has(value.block_id)) report(`${pointer}/block_id`, 'is used by an earlier block');
    ids.add(value.block_id);
  }
  if (markdown > LIMITS.markdown)
    report('/blocks', `hold ${markdown} characters in markdown blocks; at most ${LIMITS.markdown} in all of them`);
  if (tables > LIMITS.tables) report('/blocks', `hold ${tables} tables; at most ${LIMITS.tables}`);
}
