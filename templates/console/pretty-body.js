/** Beyond this depth lines are not indented further: a thousand brackets are no thousand columns. */
const DEEPEST = 24;

/**
 * A body as people read it: JSON indented, a form one field at a time, anything else as it came. Never longer than
 * `most` characters; `cut` says that there is more.
 */
export function prettyBody({ body, bodyEncoding, headers }, most) {
  const { text, more } = readable({ body, bodyEncoding, headers }, most);
  return { text: text.slice(0, most), cut: more || text.length > most };
}

function readable({ body, bodyEncoding, headers }, most) {
  if (bodyEncoding === 'base64') return { text: body, more: false };
  if (isJson(body)) return indentJson(body, most);
  if (/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) return formText(body, most);
  return { text: body, more: false };
}

function isJson(text) {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Moves white space only: parsed and written again, a 19-digit id would come out as another one. */
function indentJson(text, most) {
  const parts = [];
  let length = 0;
  let depth = 0;
  const put = (part) => {
    parts.push(part);
    length += part.length;
  };
  const line = () => `\n${'  '.repeat(Math.min(depth, DEEPEST))}`;
  let at = 0;
  while (at < text.length && length <= most) {
    const char = text[at];
    const end = char === '"' ? endOfString(text, at) : at + 1;
    if (char === '{' || char === '[') {
      const next = skipSpace(text, end);
      const empty = text[next] === '}' || text[next] === ']';
      if (empty) put(char + text[next]);
      else {
        depth++;
        put(char + line());
      }
      at = empty ? next + 1 : end;
      continue;
    }
    if (char === '}' || char === ']') {
      depth--;
      put(line() + char);
    } else if (char === ',') put(char + line());
    else if (char === ':') put(': ');
    else if (!isSpace(char)) put(text.slice(at, end));
    at = end;
  }
  return { text: parts.join(''), more: at < text.length };
}

function endOfString(text, start) {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipSpace(text, start) {
  let at = start;
  while (isSpace(text[at])) at++;
  return at;
}

const isSpace = (char) => char === ' ' || char === '\n' || char === '\r' || char === '\t';

function formText(body, most) {
  const fields = [...new URLSearchParams(body)].map(([name, value]) => {
    const inner = isJson(value) ? indentJson(value, most) : { text: value, more: false };
    return { text: `${name}:\n${inner.text}`, more: inner.more };
  });
  return { text: fields.map(({ text }) => text).join('\n\n'), more: fields.some(({ more }) => more) };
}
