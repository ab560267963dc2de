import { asObject, atMost, listOf, type Report, webAddress } from './check-parts.ts';
import { COLOR_MAX, COMPONENTS, COMPONENTS_V2 } from './limits.ts';

type Json = Readonly<Record<string, unknown>>;

/** What one walk over the components counts, and what it forbids twice. */
interface Walk {
  readonly report: Report;
  readonly customIds: Set<string>;
  count: number;
  text: number;
}

const ROW = 1;
const BUTTON = 2;
const SELECTS: readonly unknown[] = [3, 5, 6, 7, 8];
const SECTION = 9;
const TEXT = 10;
const THUMBNAIL = 11;
const GALLERY = 12;
const FILE = 13;
const SEPARATOR = 14;
const CONTAINER = 17;
const IN_CONTAINER: readonly unknown[] = [ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR];
const ON_TOP: readonly unknown[] = [...IN_CONTAINER, CONTAINER];
/** Deeper than anything Discord takes; a native template cannot make the walk endless. */
const DEEPEST = 4;

const LINK_STYLE = 5;
const PREMIUM_STYLE = 6;

/** Messages without the Components V2 flag: action rows only. */
export function checkComponents(value: unknown, report: Report): void {
  const walk: Walk = { report, customIds: new Set(), count: 0, text: 0 };
  const rows = listOf(value, '/components', report);
  if (rows.length > COMPONENTS.rows) {
    report('/components', `has ${rows.length} action rows; at most ${COMPONENTS.rows} fit.`);
  }
  for (const [at, row] of rows.entries()) {
    const pointer = `/components/${at}`;
    if (asObject(row)?.type === ROW) checkRow(asObject(row) ?? {}, pointer, walk);
    else report(pointer, 'is no action row (type 1); other components need the Components V2 flag.');
  }
}

/** Messages with the flag: nested parts, counted and measured over the whole message. */
export function checkComponentsV2(value: unknown, report: Report): void {
  const walk: Walk = { report, customIds: new Set(), count: 0, text: 0 };
  const parts = listOf(value, '/components', report);
  if (parts.length === 0) report('/components', 'is empty.');
  checkAll(parts, { pointer: '/components', allowed: ON_TOP, depth: 0 }, walk);
  if (walk.count > COMPONENTS_V2.total) {
    report('/components', `has ${walk.count} components with the nested ones; at most ${COMPONENTS_V2.total} fit.`);
  }
  if (walk.text > COMPONENTS_V2.text) {
    report('/components', `has ${walk.text} characters of text together; at most ${COMPONENTS_V2.text} fit.`);
  }
}

interface Place {
  readonly pointer: string;
  readonly allowed: readonly unknown[];
  readonly depth: number;
}

function checkAll(parts: readonly unknown[], place: Place, walk: Walk): void {
  for (const [at, item] of parts.entries()) {
    const pointer = `${place.pointer}/${at}`;
    const part = asObject(item);
    walk.count += 1;
    if (part === undefined || !place.allowed.includes(part.type)) {
      walk.report(pointer, `has the type ${JSON.stringify(part?.type)}, which cannot stand here.`);
    } else if (place.depth < DEEPEST) checkPart(part, { ...place, pointer }, walk);
  }
}

function checkPart(part: Json, place: Place, walk: Walk): void {
  const { pointer } = place;
  if (part.type === ROW) {
    walk.count += Array.isArray(part.components) ? part.components.length : 0;
    checkRow(part, pointer, walk);
  }
  if (part.type === SECTION) checkSection(part, place, walk);
  if (part.type === TEXT) {
    walk.text += typeof part.content === 'string' ? part.content.length : 0;
    atMost(part.content, { pointer: `${pointer}/content`, min: 1, max: COMPONENTS_V2.text, report: walk.report });
  }
  if (part.type === GALLERY) checkGallery(part, pointer, walk);
  if (part.type === CONTAINER) checkContainer(part, place, walk);
}

function checkContainer(part: Json, { pointer, depth }: Place, walk: Walk): void {
  const color = part.accent_color ?? 0;
  if (!Number.isInteger(color) || Number(color) < 0 || Number(color) > COLOR_MAX) {
    walk.report(`${pointer}/accent_color`, `is no number from 0 to ${COLOR_MAX}.`);
  }
  const inner = listOf(part.components, `${pointer}/components`, walk.report);
  if (inner.length === 0) walk.report(`${pointer}/components`, 'is empty.');
  checkAll(inner, { pointer: `${pointer}/components`, allowed: IN_CONTAINER, depth: depth + 1 }, walk);
}

function checkSection(part: Json, { pointer, depth }: Place, walk: Walk): void {
  const texts = listOf(part.components, `${pointer}/components`, walk.report);
  if (texts.length < 1 || texts.length > COMPONENTS_V2.sectionTexts) {
    walk.report(`${pointer}/components`, `has ${texts.length} texts; 1 to ${COMPONENTS_V2.sectionTexts} fit.`);
  }
  checkAll(texts, { pointer: `${pointer}/components`, allowed: [TEXT], depth: depth + 1 }, walk);
  const accessory = asObject(part.accessory);
  walk.count += 1;
  if (accessory?.type === BUTTON) checkButton(accessory, `${pointer}/accessory`, walk);
  else if (accessory?.type !== THUMBNAIL) walk.report(`${pointer}/accessory`, 'is neither a button nor a thumbnail.');
}

function checkGallery(part: Json, pointer: string, { report }: Walk): void {
  const items = listOf(part.items, `${pointer}/items`, report);
  if (items.length < 1 || items.length > COMPONENTS_V2.galleryItems) {
    report(`${pointer}/items`, `has ${items.length} items; 1 to ${COMPONENTS_V2.galleryItems} fit.`);
  }
}

/** Up to five buttons, or exactly one select. */
function checkRow(row: Json, pointer: string, walk: Walk): void {
  const parts = listOf(row.components, `${pointer}/components`, walk.report).map((part) => asObject(part) ?? {});
  if (parts.length === 0) walk.report(`${pointer}/components`, 'is empty.');
  const selects = parts.filter(({ type }) => SELECTS.includes(type)).length;
  if (selects > 0 && parts.length > 1) walk.report(`${pointer}/components`, 'holds a select beside other components.');
  if (parts.length > COMPONENTS.buttonsPerRow) {
    walk.report(`${pointer}/components`, `has ${parts.length} buttons; at most ${COMPONENTS.buttonsPerRow} fit.`);
  }
  for (const [at, part] of parts.entries()) {
    const place = `${pointer}/components/${at}`;
    if (part.type === BUTTON) checkButton(part, place, walk);
    else if (SELECTS.includes(part.type)) checkSelect(part, place, walk);
    else walk.report(place, `has the type ${JSON.stringify(part.type)}, which cannot stand in an action row.`);
  }
}

function checkButton(button: Json, pointer: string, walk: Walk): void {
  const { label, emoji, style, url, custom_id } = button;
  if (!Number.isInteger(style) || Number(style) < 1 || Number(style) > PREMIUM_STYLE) {
    walk.report(`${pointer}/style`, 'is no style from 1 to 6.');
  }
  if (style === PREMIUM_STYLE) return;
  if (label !== undefined) atMost(label, { pointer: `${pointer}/label`, max: COMPONENTS.label, report: walk.report });
  if (String(label ?? '').trim() === '' && emoji === undefined)
    walk.report(pointer, 'has neither a label nor an emoji.');
  if (style !== LINK_STYLE) {
    if (url !== undefined) walk.report(`${pointer}/url`, 'belongs to link buttons (style 5) only.');
    checkCustomId(custom_id, `${pointer}/custom_id`, walk);
    return;
  }
  if (custom_id !== undefined) walk.report(`${pointer}/custom_id`, 'cannot stand on a link button.');
  atMost(url, { pointer: `${pointer}/url`, max: COMPONENTS.url, report: walk.report });
  webAddress(url, `${pointer}/url`, walk.report);
}

function checkSelect(select: Json, pointer: string, walk: Walk): void {
  checkCustomId(select.custom_id, `${pointer}/custom_id`, walk);
  if (select.placeholder !== undefined) {
    const rule = { pointer: `${pointer}/placeholder`, max: COMPONENTS.placeholder, report: walk.report };
    atMost(select.placeholder, rule);
  }
  if (select.type !== SELECTS[0]) return;
  const options = listOf(select.options, `${pointer}/options`, walk.report);
  if (options.length < 1 || options.length > COMPONENTS.options) {
    walk.report(`${pointer}/options`, `has ${options.length} options; 1 to ${COMPONENTS.options} fit.`);
  }
  const values = new Set<unknown>();
  for (const [at, option] of options.entries()) {
    const value = asObject(option)?.value;
    if (values.has(value)) walk.report(`${pointer}/options/${at}/value`, 'stands in another option too.');
    values.add(value);
    for (const key of ['label', 'value', 'description'] as const) {
      const text = asObject(option)?.[key];
      if (key === 'description' && text === undefined) continue;
      const rule = { pointer: `${pointer}/options/${at}/${key}`, max: COMPONENTS.optionText, report: walk.report };
      atMost(text, { ...rule, min: 1 });
    }
  }
}

function checkCustomId(value: unknown, pointer: string, { report, customIds }: Walk): void {
  atMost(value, { pointer, min: 1, max: COMPONENTS.customId, report });
  if (typeof value !== 'string') return;
  if (customIds.has(value)) report(pointer, 'stands on another component too.');
  customIds.add(value);
}
