import { readJson } from '../document/json.ts';
import { decodeSignature } from '../signature.ts';

type Part = Readonly<Record<string, unknown>>;

export interface Jwt {
  /** What the signature is over. */
  readonly signed: string;
  readonly signature: Buffer;
  /** Empty where it is no JSON object. */
  head(): Part;
  /** The same; to be read only once the signature fits. */
  claims(): Part;
}

/** The parts of a signed token; undefined for what is none. */
export function readJwt(token: string): Jwt | undefined {
  const [head = '', claims = '', mark = '', ...more] = token.split('.');
  const signature = decodeSignature(mark, 'base64url');
  if (signature === undefined || more.length > 0) return undefined;
  return { signed: `${head}.${claims}`, signature, head: () => partOf(head), claims: () => partOf(claims) };
}

function partOf(part: string): Part {
  const reading = readJson(decodeSignature(part, 'base64url')?.toString('utf8') ?? '');
  const document = reading.kind === 'document' ? reading.document : undefined;
  return typeof document === 'object' && document !== null ? (document as Part) : {};
}
