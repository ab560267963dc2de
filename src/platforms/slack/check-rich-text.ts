import { type Found, type Report, recordsAt, textAt } from './found.ts';
import { LIMITS } from './limits.ts';

const INLINE = new Set(['text', 'link', 'emoji', 'user', 'usergroup', 'channel', 'broadcast', 'team', 'date', 'color']);
const MANY = Number.MAX_SAFE_INTEGER;

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function checkRichText(block: Found, report: Report): void {
  for (const piece of recordsAt(block, 'elements', { min: 1, max: MANY, report })) {
    switch (piece.value.type) {
      case 'rich_text_section':
      case 'rich_text_quote':
      case 'rich_text_preformatted':
        checkInlines(piece, report);
        break;
      case 'rich_text_list':
        checkList(piece, report);
        break;
      default:
        report(`${piece.pointer}/type`, `${JSON.stringify(piece.value.type) ?? 'undefined'} is no part of rich text`);
    }
  }
}

function checkList(list: Found, report: Report): void {
  const { style, indent = 0 } = list.value;
  if (style !== 'bullet' && style !== 'ordered') report(`${list.pointer}/style`, 'must be bullet or ordered');
  if (typeof indent !== 'number' || indent < 0 || indent > LIMITS.listIndent)
    report(`${list.pointer}/indent`, `must be a number from 0 to ${LIMITS.listIndent}`);
  for (const item of recordsAt(list, 'elements', { min: 1, max: MANY, report })) {
    if (item.value.type === 'rich_text_section') checkInlines(item, report);
    else report(`${item.pointer}/type`, 'must be rich_text_section: a list holds nothing else');
  }
}

function checkInlines(piece: Found, report: Report): void {
  for (const element of recordsAt(piece, 'elements', { min: 1, max: MANY, report })) {
    const { type } = element.value;
    if (typeof type !== 'string' || !INLINE.has(type))
      report(`${element.pointer}/type`, `${JSON.stringify(type) ?? 'undefined'} is no element of rich text`);
    if (type === 'text') textAt(element, 'text', { min: 1, max: MANY, report });
    if (type === 'link') checkLink(element, report);
  }
}

function checkLink(link: Found, report: Report): void {
  const url = textAt(link, 'url', { min: 1, max: LIMITS.url, report });
  if (url !== undefined && !/^(https?|mailto|tel|slack):/i.test(url))
    report(`${link.pointer}/url`, 'must be an http, https, mailto, tel or slack address');
}
