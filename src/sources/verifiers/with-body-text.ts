import { readJson } from '../document/json.ts';

/** The body with a value, or undefined for none, at `a.b` of its JSON object or form; as it is where it is neither. */
export function withBodyText(body: Buffer, path: string, value: string | number | undefined): Buffer {
  const text = body.toString('utf8');
  const document = objectIn(text);
  if (document !== undefined) {
    put(document, path.split('.'), value);
    return Buffer.from(JSON.stringify(document));
  }
  if (!/^[\w.%[\]+-]{1,100}=/.test(text)) return body;
  const form = new URLSearchParams(text);
  if (value === undefined) form.delete(path);
  else form.set(path, String(value));
  return Buffer.from(form.toString());
}

function put(object: Record<string, unknown>, [name, ...rest]: readonly string[], value: unknown): void {
  if (name === undefined || name === '__proto__') return;
  if (rest.length === 0) {
    object[name] = value;
    return;
  }
  const inner = Object.hasOwn(object, name) && isObject(object[name]) ? object[name] : {};
  object[name] = inner;
  put(inner, rest, value);
}

/** As it is read elsewhere: big integers keep their digits. */
function objectIn(text: string): Record<string, unknown> | undefined {
  const reading = readJson(text);
  return reading.kind === 'document' && isObject(reading.document) ? reading.document : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
