import { safeLink } from '../../core/url.ts';

/** Addresses that Markdown would link, with the marks at their end that belong to the sentence. */
const ADDRESS =
  /(?<![\w.+-])(?:(?:https?:\/\/|www\.)[^\s<>"`]{1,2000}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})/gi;
const SENTENCE_END = /[.,;:!?'")\]}*_~]{1,20}$/;

/** Text as Markdown that shows just that text. `linked`: addresses in it become links; not so within a link. */
export function escapeMarkdown(text: string, linked: boolean): string {
  // Marked takes the backslash from brackets in a link's text before it reads that text.
  if (!linked) return escaped(text).replaceAll('\\[', '&#91;').replaceAll('\\]', '&#93;');
  let written = '';
  let at = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutEnd(found);
    const link = linkTo(address);
    if (link === undefined) continue;
    written += escaped(text.slice(at, index)) + link;
    at = index + address.length;
  }
  return written + escaped(text.slice(at));
}

/** A bracket at the end stays where one in the address opens it. */
function withoutEnd(found: string): string {
  const end = SENTENCE_END.exec(found);
  if (end === null) return found;
  const address = found.slice(0, end.index);
  return end[0].startsWith(')') && address.includes('(') ? `${address})` : address;
}

function linkTo(address: string): string | undefined {
  if (/^www\./i.test(address)) {
    const url = safeLink(`http://${address}`);
    return url === undefined ? undefined : `[${escaped(address)}](<${url.replaceAll('&', '&amp;')}>)`;
  }
  return safeLink(address.includes('://') ? address : `mailto:${address}`) === undefined ? undefined : `<${address}>`;
}

/** `ftp://` too would be linked, and `!` before a link makes it a picture. */
const escaped = (text: string): string =>
  text
    .replace(/[\\`*_~[\]<>&]/g, '\\$&')
    .replace(/!$/, '\\!')
    .replace(/\b(ftp)(?=:\/\/)/gi, '$1\\')
    .replace(/\b(https?)(?=:\/\/)/gi, '$1\\')
    .replace(/\b(www)(?=\.)/gi, '$1\\');
