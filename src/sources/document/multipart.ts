import busboy from 'busboy';
import type { DocumentReading } from '../document.ts';
import { MAX_FIELDS, toObject, unwrapField } from './form.ts';

const LIMITS = { fields: MAX_FIELDS, parts: MAX_FIELDS, files: 0, fieldNameSize: 200, headerPairs: 50 };

/**
 * A multipart form's fields as an object, its files left out. busboy is a stream, but with the whole body at hand and
 * no file to wait for it gives every field before `write` returns, so that reading stays a plain function.
 */
export function readMultipart(body: Buffer, contentType: string): DocumentReading {
  const fields: [string, string][] = [];
  try {
    const limits = { ...LIMITS, fieldSize: body.length };
    const parser = busboy({ headers: { 'content-type': contentType }, limits });
    parser.on('field', (name, value) => {
      if (typeof name === 'string') fields.push([name, value]);
    });
    // A part with a broken header ends the reading; the fields before it stay.
    parser.on('error', () => {});
    parser.write(body);
    parser.destroy();
  } catch {
    return { kind: 'unreadable', reason: 'The multipart content type has no usable boundary.' };
  }
  if (fields.length === 0) return { kind: 'unreadable', reason: 'The multipart body holds no field.' };
  return { kind: 'document', document: unwrapField(toObject(fields)) };
}
