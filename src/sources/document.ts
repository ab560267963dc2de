import type { Hook, Said } from '../core/hook.ts';
import { readForm, unwrapField } from './document/form.ts';
import { readJson } from './document/json.ts';
import { readMultipart } from './document/multipart.ts';
import { decodeText } from './document/text.ts';
import { readXml } from './document/xml.ts';

export type DocumentReading =
  | { readonly kind: 'document'; readonly document: unknown }
  | { readonly kind: 'unreadable'; readonly reason: string };

/**
 * What the sender wrote, whatever it was written in: JSON, a form, multipart, XML, text, or the query of a request
 * without a body. The content type says which; where it is missing or names a carrier (`text/plain`, curl's default
 * form), the text itself does. Broken UTF-8 becomes U+FFFD: an alert is not lost for one byte of its log line.
 * Integers beyond 2^53 arrive as strings, `__proto__` keys are dropped, nesting over 200 levels is unreadable.
 */
export function readDocument(hook: Said): DocumentReading {
  if (hook.body.length === 0) return readQuery(hook);
  const written = hook.headers['content-type'] ?? '';
  const mediaType = (written.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (mediaType === 'multipart/form-data') return readMultipart(hook.body, written);

  const text = decodeText(hook.body, written);
  if (/[/+]json$/.test(mediaType) || mediaType === 'application/csp-report') return readJson(text);
  if (/[/+]xml$/.test(mediaType)) return readXml(text);
  if (mediaType === 'application/x-www-form-urlencoded') return readSniffed(text) ?? readForm(text);
  if (mediaType === 'text/plain') return readSniffed(text) ?? plainText(text);
  const carrier = mediaType === '' || mediaType === 'application/octet-stream' || mediaType.startsWith('text/');
  if (!carrier) return readSniffed(text) ?? unknownType(mediaType);
  if (text.includes('\0')) return { kind: 'unreadable', reason: 'The body is binary, and no content type says what.' };
  return readSniffed(text) ?? (FORM_LIKE.test(text) ? readForm(text) : plainText(text));
}

const unknownType = (mediaType: string): DocumentReading => ({
  kind: 'unreadable',
  reason: `The content type ${mediaType.slice(0, 80)} is not one that Bellhop reads.`,
});

const FORM_LIKE = /^[\w.%[\]+-]{1,100}=[^\s]*$/;

const plainText = (text: string): DocumentReading => ({ kind: 'document', document: { text } });

/** curl posts JSON as a form unless told otherwise, and SNS sends it as text. */
function readSniffed(text: string): DocumentReading | undefined {
  const start = text.trimStart();
  const reading = /^[{[]/.test(start)
    ? readJson(text)
    : /^<(\?xml\s|[A-Za-z_])/.test(start)
      ? readXml(text)
      : undefined;
  return reading?.kind === 'document' ? reading : undefined;
}

function readQuery(hook: Pick<Hook, 'query'>): DocumentReading {
  const fields = Object.entries(hook.query).filter(([name]) => name !== '__proto__');
  if (fields.length === 0) return { kind: 'unreadable', reason: 'The request has neither a body nor a query.' };
  return { kind: 'document', document: unwrapField(Object.fromEntries(fields)) };
}
