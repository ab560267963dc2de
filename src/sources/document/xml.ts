import { XMLParser } from 'fast-xml-parser';
import type { DocumentReading } from '../document.ts';

const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** More than any sender writes; a megabyte of empty ones would take the parser seconds. */
const MOST_TAGS = 50_000;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  ignoreDeclaration: true,
  ignorePiTags: true,
  // "007" and "1e5" are text until somebody says otherwise.
  parseTagValue: false,
  // Without it, numbers (&#233;) stay as they are; HTML's fixed names are harmless, and a document cannot define its own.
  htmlEntities: true,
  // The parser refuses these names for fear of prototypes; the element is harmless under another.
  transformTagName: (name) => (RESERVED.has(name) ? `_${name}` : name),
  maxNestedTags: 100,
});

/** XML as an object: attributes under `@name`, repeated elements as lists. A document type definition is refused. */
export function readXml(text: string): DocumentReading {
  if (hasDoctype(text))
    return { kind: 'unreadable', reason: 'The XML has a document type definition, which Bellhop does not read.' };
  if (hasTooManyTags(text))
    return { kind: 'unreadable', reason: `The XML has over ${MOST_TAGS.toLocaleString('en-US')} tags.` };
  try {
    const document: unknown = parser.parse(text, true);
    return { kind: 'document', document };
  } catch {
    return { kind: 'unreadable', reason: 'The body is not well-formed XML.' };
  }
}

function hasTooManyTags(text: string): boolean {
  let tags = 0;
  for (let at = text.indexOf('<'); at !== -1 && tags <= MOST_TAGS; at = text.indexOf('<', at + 1)) tags++;
  return tags > MOST_TAGS;
}

/** A DOCTYPE is where entity bombs are defined; inside CDATA or a comment it is only text. */
function hasDoctype(text: string): boolean {
  if (!/<!DOCTYPE|<!ENTITY/i.test(text)) return false;
  return /<!DOCTYPE|<!ENTITY/i.test(without(without(text, '<![CDATA[', ']]>'), '<!--', '-->'));
}

function without(text: string, open: string, close: string): string {
  const kept: string[] = [];
  let at = 0;
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, at)) {
    kept.push(text.slice(at, start));
    const end = text.indexOf(close, start);
    if (end === -1) return kept.join('');
    at = end + close.length;
  }
  return kept.join('') + text.slice(at);
}
