import { checkElement, checkImage, checkTextObject } from './check-element.ts';
import { checkRichText } from './check-rich-text.ts';
import { type Found, type Report, recordAt, recordsAt, textAt } from './found.ts';
import { LIMITS } from './limits.ts';

type Check = (block: Found, report: Report) => void;

/** https://docs.slack.dev/reference/block-kit/blocks; those with an empty check are known, and left to Slack. */
const CHECKS: Readonly<Record<string, Check>> = {
  section: checkSection,
  header: checkHeader,
  context: checkContext,
  actions: checkActions,
  image: checkImageBlock,
  markdown: (block, report) => void textAt(block, 'text', { min: 1, max: LIMITS.markdown, report }),
  rich_text: checkRichText,
  table: checkTable,
  container: checkContainer,
  carousel: (block, report) => void recordsAt(block, 'elements', { min: 1, max: LIMITS.carouselCards, report }),
  divider: () => {},
  file: () => {},
  video: () => {},
  alert: () => {},
  card: () => {},
  context_actions: () => {},
  data_table: () => {},
  data_visualization: () => {},
  plan: () => {},
  task_card: () => {},
};

/** Reports what Slack would refuse this block for. */
export function checkBlock(block: Found, report: Report): void {
  const { type } = block.value;
  textAt(block, 'block_id', { max: LIMITS.blockId, optional: true, report });
  const check = typeof type === 'string' && Object.hasOwn(CHECKS, type) ? CHECKS[type] : undefined;
  if (check === undefined)
    report(`${block.pointer}/type`, `${JSON.stringify(type) ?? 'undefined'} is no block of a message`);
  else check(block, report);
}

function checkSection(block: Found, report: Report): void {
  const { text, fields, accessory } = block.value;
  if (text === undefined && fields === undefined) report(block.pointer, 'needs text or fields');
  if (text !== undefined) checkTextObject(recordAt(block, 'text', { report }), { max: LIMITS.textObject, report });
  if (fields !== undefined)
    for (const field of recordsAt(block, 'fields', { min: 1, max: LIMITS.sectionFields, report }))
      checkTextObject(field, { max: LIMITS.sectionField, report });
  if (accessory === undefined) return;
  const element = recordAt(block, 'accessory', { report });
  if (element !== undefined) checkElement(element, report);
}

function checkHeader(block: Found, report: Report): void {
  checkTextObject(recordAt(block, 'text', { report }), { max: LIMITS.header, plain: true, report });
}

function checkContext(block: Found, report: Report): void {
  for (const element of recordsAt(block, 'elements', { min: 1, max: LIMITS.contextElements, report })) {
    if (element.value.type === 'image') checkImage(element, report);
    else checkTextObject(element, { max: LIMITS.textObject, report });
  }
}

function checkActions(block: Found, report: Report): void {
  const ids = new Set<unknown>();
  for (const element of recordsAt(block, 'elements', { min: 1, max: LIMITS.actions, report })) {
    checkElement(element, report);
    const id = element.value.action_id;
    if (id !== undefined && ids.has(id))
      report(`${element.pointer}/action_id`, 'is used by an earlier element of this block');
    ids.add(id);
  }
}

function checkImageBlock(block: Found, report: Report): void {
  checkImage(block, report);
  const title = recordAt(block, 'title', { report, optional: true });
  if (title !== undefined) checkTextObject(title, { max: LIMITS.imageTitle, plain: true, report });
}

function checkTable(block: Found, report: Report): void {
  const { rows } = block.value;
  if (!Array.isArray(rows) || rows.length === 0) {
    report(`${block.pointer}/rows`, 'must be a list of rows');
    return;
  }
  if (rows.length > LIMITS.tableRows)
    report(`${block.pointer}/rows`, `has ${rows.length} rows; at most ${LIMITS.tableRows}`);
  for (const [index, row] of rows.entries()) {
    if (!Array.isArray(row)) report(`${block.pointer}/rows/${index}`, 'must be a list of cells');
    else if (row.length > LIMITS.tableCells)
      report(`${block.pointer}/rows/${index}`, `has ${row.length} cells; at most ${LIMITS.tableCells}`);
  }
}

function checkContainer(block: Found, report: Report): void {
  checkTextObject(recordAt(block, 'title', { report }), { max: LIMITS.containerTitle, report });
  for (const child of recordsAt(block, 'child_blocks', {
    min: 1,
    max: LIMITS.containerChildren,
    report,
    optional: true,
  })) {
    if (child.value.type === 'container') report(child.pointer, 'cannot be a container inside a container');
    else checkBlock(child, report);
  }
}
