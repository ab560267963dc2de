import { BlockList, isIP } from 'node:net';

/** Where plain http is taken: nowhere but on this machine, in private networks too, or everywhere. */
export type AddressRule = 'loopback' | 'private' | 'any';

/** What is wrong with a web address, or undefined. Never repeats it: it may hold a token. */
export function addressProblem(text: string, plainHttp: AddressRule): string | undefined {
  if (!URL.canParse(text)) return 'is no web address; expected one that starts with https://';
  const { protocol, username, password, hostname } = new URL(text);
  if (username !== '' || password !== '') return 'holds a user and a password; expected an address without them';
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:') return 'is no web address; expected one that starts with https://';
  if (plainHttp === 'any' || isLoopback(hostname)) return undefined;
  if (plainHttp === 'private' && isPrivate(hostname)) return undefined;
  const where = plainHttp === 'private' ? 'inside private networks' : 'on this machine';
  return `is plain http, which anybody on the way can read; expected https (http is taken ${where} only)`;
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || within(LOOPBACK, hostname);
}

/** A private address, or a name that means nothing outside the network: one label, `.local`, `.internal`. */
function isPrivate(hostname: string): boolean {
  if (isIP(bare(hostname)) !== 0) return within(PRIVATE, hostname);
  return !hostname.includes('.') || /\.(local|internal|lan|home\.arpa)$/.test(hostname);
}

/** What is wrong with an entry of `allowFrom`, or undefined. */
export function rangeProblem(text: string): string | undefined {
  const [host = '', bits, ...rest] = text.split('/');
  const version = isIP(host);
  const wrong = 'is no address or range; expected one as in "203.0.113.7", "10.0.0.0/8" or "2001:db8::/32"';
  if (version === 0 || rest.length > 0) return wrong;
  if (bits === undefined) return undefined;
  const most = version === 4 ? 32 : 128;
  if (!/^\d{1,3}$/.test(bits)) return wrong;
  return Number(bits) <= most ? undefined : `has a prefix of ${bits} bits; expected at most ${most}`;
}

const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

function within(ranges: BlockList, hostname: string): boolean {
  const host = bare(hostname);
  const version = isIP(host);
  return version !== 0 && ranges.check(host, version === 4 ? 'ipv4' : 'ipv6');
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
PRIVATE.addSubnet('100.64.0.0', 10);
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
