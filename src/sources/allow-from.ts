import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** Whether an address is in one of the ranges (addresses and CIDR, IPv4 and IPv6). An empty list lets everybody in; anything unreadable fits nothing. */
export function addressAllowed(from: string, allowFrom: readonly string[]): boolean {
  if (allowFrom.length === 0) return true;
  const address = plainAddress(from);
  if (!isIPv4(address) && !isIPv6(address)) return false;
  const ranges = new BlockList();
  for (const range of allowFrom) addRange(ranges, range);
  return ranges.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

function addRange(ranges: BlockList, range: string): void {
  const [written = '', bits] = range.trim().split('/', 2);
  const address = plainAddress(written);
  const mappedBits = written.includes(':') && isIPv4(address) ? 96 : 0;
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (family === undefined) return;
  if (bits === undefined) {
    ranges.addAddress(address, family);
    return;
  }
  // A mapped range (::ffff:10.0.0.0/104) counts its bits from the start of the IPv6 address.
  const prefix = Number(bits) - mappedBits;
  if (!/^\d{1,3}$/.test(bits) || prefix < 0 || prefix > (family === 'ipv4' ? 32 : 128)) return;
  ranges.addSubnet(address, prefix, family);
}

/** `::ffff:10.0.0.1`, as a dual-stack socket reports an IPv4 sender, is `10.0.0.1`; a zone (`%eth0`) is no part of it. */
function plainAddress(written: string): string {
  const [address = ''] = written.trim().split('%', 1);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? address;
}
