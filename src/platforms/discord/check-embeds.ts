import { asObject, atMost, listOf, type Report, webAddress } from './check-parts.ts';
import { COLOR_MAX, EMBED, MESSAGE } from './limits.ts';

type Json = Readonly<Record<string, unknown>>;

/** Every rule on embeds, the sum over all of them included. */
export function checkEmbeds(value: unknown, report: Report): void {
  const embeds = listOf(value, '/embeds', report);
  if (embeds.length > MESSAGE.embeds) report('/embeds', `has ${embeds.length} embeds; at most ${MESSAGE.embeds} fit.`);
  let total = 0;
  for (const [at, item] of embeds.entries()) {
    const embed = asObject(item);
    if (embed === undefined) report(`/embeds/${at}`, 'is no object.');
    else total += checkEmbed(embed, `/embeds/${at}`, report);
  }
  if (total > EMBED.total) report('/embeds', `have ${total} characters together; at most ${EMBED.total} fit.`);
}

/** Returns the characters that count towards the sum. */
function checkEmbed(embed: Json, pointer: string, report: Report): number {
  const shown = ['title', 'description', 'fields', 'footer', 'author', 'image', 'thumbnail'];
  if (!shown.some((key) => embed[key] !== undefined && String(embed[key]).trim() !== '')) report(pointer, 'is empty.');

  for (const key of ['title', 'description'] as const) {
    if (embed[key] !== undefined) atMost(embed[key], { pointer: `${pointer}/${key}`, max: EMBED[key], report });
  }
  if (embed.url !== undefined) webAddress(embed.url, `${pointer}/url`, report);
  const { color } = embed;
  if (color !== undefined && !(Number.isInteger(color) && Number(color) >= 0 && Number(color) <= COLOR_MAX)) {
    report(`${pointer}/color`, `is no number from 0 to ${COLOR_MAX}.`);
  }
  if (embed.timestamp !== undefined && Number.isNaN(Date.parse(String(embed.timestamp)))) {
    report(`${pointer}/timestamp`, 'is no time.');
  }
  for (const key of ['image', 'thumbnail'] as const) {
    if (embed[key] !== undefined) checkPicture(embed[key], `${pointer}/${key}/url`, report);
  }
  return (
    lengthOf(embed.title) +
    lengthOf(embed.description) +
    checkPart(embed.footer, { pointer: `${pointer}/footer`, key: 'text', max: EMBED.footer, report }) +
    checkPart(embed.author, { pointer: `${pointer}/author`, key: 'name', max: EMBED.author, report }) +
    checkFields(embed.fields, pointer, report)
  );
}

function checkFields(value: unknown, embed: string, report: Report): number {
  const fields = listOf(value, `${embed}/fields`, report);
  if (fields.length > EMBED.fields) {
    report(`${embed}/fields`, `has ${fields.length} fields; at most ${EMBED.fields} fit.`);
  }
  let total = 0;
  for (const [at, item] of fields.entries()) {
    const { name, value: text } = asObject(item) ?? {};
    const pointer = `${embed}/fields/${at}`;
    atMost(name, { pointer: `${pointer}/name`, min: 1, max: EMBED.fieldName, report });
    atMost(text, { pointer: `${pointer}/value`, min: 1, max: EMBED.fieldValue, report });
    total += lengthOf(name) + lengthOf(text);
  }
  return total;
}

interface PartRule {
  readonly pointer: string;
  readonly key: 'text' | 'name';
  readonly max: number;
  readonly report: Report;
}

function checkPart(value: unknown, { pointer, key, max, report }: PartRule): number {
  if (value === undefined) return 0;
  const text = asObject(value)?.[key];
  atMost(text, { pointer: `${pointer}/${key}`, min: 1, max, report });
  return lengthOf(text);
}

/** Pictures may also be files sent along. */
function checkPicture(value: unknown, pointer: string, report: Report): void {
  const url = asObject(value)?.url;
  if (typeof url !== 'string' || !url.startsWith('attachment://')) webAddress(url, pointer, report);
}

const lengthOf = (value: unknown): number => (typeof value === 'string' ? value.length : 0);
