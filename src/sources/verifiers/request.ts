import type { Hook, Said } from '../../core/hook.ts';
import { valueAt } from '../../core/path.ts';
import { readDocument } from '../document.ts';

/** The first of the headers that says something. */
export function firstHeader(hook: Hook, names: readonly string[]): string | undefined {
  return names.map((name) => hook.headers[name.toLowerCase()]).find((value) => value !== undefined && value !== '');
}

/** The field of this name, and none that every object has. */
export const ownText = (fields: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** What stands in `Authorization` after this scheme's name. */
export function authorization(hook: Hook, scheme: 'bearer' | 'basic'): string | undefined {
  const [given, ...rest] = (hook.headers.authorization ?? '').trim().split(/ +/);
  return given?.toLowerCase() === scheme && rest.length === 1 ? rest[0] : undefined;
}

/** The text or number at `a.b.0` of the document, as text; undefined for anything else. */
export function bodyText(hook: Said, path: string): string | undefined {
  const reading = readDocument(hook);
  if (reading.kind === 'unreadable') return undefined;
  const found = valueAt(reading.document, path.split('.'));
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}

/** The address the sender posted to: the source's public one with its token, and the query as the sender wrote it. */
export function publicUrl(hook: Hook, address: string): string {
  const path = hook.pathToken === undefined ? address : `${address}/${encode(hook.pathToken)}`;
  return hook.rawQuery === undefined ? path : `${path}?${hook.rawQuery}`;
}

/** The address with more in its query, what was there left as it is written. */
export function withQuery(url: string, more: Readonly<Record<string, string>>): string {
  const fields = new URLSearchParams(more).toString();
  return fields === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${fields}`;
}

/** Half of a surrogate pair would make the encoder throw. */
const encode = (text: string): string => encodeURIComponent(Buffer.from(text).toString('utf8'));

export const NO_ADDRESS =
  'This sender signs the address it posts to, and the config does not say which that is: set server.publicUrl.';
