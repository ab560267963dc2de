const MOST_TEXT = 2_000;

/** Drives terminals, or turns text around to disguise it: shown by its number. Tab and line feed stay. */
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * An element with its attributes and what is in it. Strings become text nodes and nothing else: what a sender wrote cannot
 * become markup. Functions among the attributes are listeners (`onclick`); `undefined` and `false` are left out.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === 'function') made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat(2)) {
    if (child === undefined || child === null || child === false || child === '') continue;
    made.append(child instanceof Node ? child : visible(cut(String(child))));
  }
  return made;
}

export const button = (label, onclick, attributes = {}) =>
  element('button', { type: 'button', onclick, ...attributes }, label);

/** Text of any length, as it is written. */
export const verbatim = (text) => element('pre', {}, document.createTextNode(visible(text)));

/** A link out of the console: http and https only, and no `user@host` that reads as another address. Else plain text. */
export function outLink(address, label = address) {
  if (!URL.canParse(address)) return element('span', {}, label);
  const url = new URL(address);
  const safe = (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
  if (!safe) return element('span', {}, label);
  return element('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, label);
}

/** A moment in the reader's own zone; the whole of it on hover. */
export function moment(iso) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  const short = today
    ? at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
    : at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
  return element('time', { datetime: iso, title: at.toLocaleString() }, short);
}

/** A list of terms and what they are; pairs without a value are left out. */
export const terms = (pairs) =>
  element(
    'dl',
    {},
    pairs
      .filter(([, value]) => value !== undefined && value !== null && value !== '')
      .map(([term, value]) => [element('dt', {}, term), element('dd', {}, value)]),
  );

const cut = (text) => (text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text);

const visible = (text) =>
  text.replace(INVISIBLE, (char) => `‹U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);
