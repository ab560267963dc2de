/**
 * The body as text: UTF-8 unless the content type or an XML prolog names another encoding that Node knows. A byte-order
 * mark goes, broken bytes become U+FFFD.
 */
export function decodeText(body: Buffer, contentType: string): string {
  const label = CHARSET.exec(contentType)?.[1] ?? XML_ENCODING.exec(body.toString('latin1', 0, 200))?.[1] ?? 'utf-8';
  return decoderFor(label).decode(body);
}

const CHARSET = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i;
const XML_ENCODING = /^\s*<\?xml\s[^>]*encoding\s*=\s*["']([\w.:-]{1,40})["']/;

function decoderFor(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
