import { crc32 } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly data: Buffer;
}

/**
 * A zip archive of stored (uncompressed) files, for a handful of small ones. The same entries make the same bytes: every
 * file bears the format's first day. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3
 */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const path = Buffer.from(name);
    const about = describe(path, data);
    const file = Buffer.concat([LOCAL, about, path, data]);
    files.push(file);
    directory.push(Buffer.concat([CENTRAL, about, ...[0, 0, 0].map(u16), u32(0), u32(offset), path]));
    offset += file.length;
  }
  const central = Buffer.concat(directory);
  const count = u16(entries.length);
  return Buffer.concat([...files, central, END, count, count, u32(central.length), u32(offset), u16(0)]);
}

const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
};

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

const VERSION_2 = u16(20);
/** Names are UTF-8. */
const FLAGS = u16(0x0800);
const STORED = u16(0);
/** Midnight of 1 January 1980. */
const FIRST_DAY = Buffer.concat([u16(0), u16((1 << 5) | 1)]);

const LOCAL = Buffer.from('PK\x03\x04');
const CENTRAL = Buffer.concat([Buffer.from('PK\x01\x02'), VERSION_2]);
/** This disk, and the one where the directory begins: there is one. */
const END = Buffer.concat([Buffer.from('PK\x05\x06'), u16(0), u16(0)]);

/** What both headers say of a file, in the same order. */
const describe = (path: Buffer, data: Buffer): Buffer =>
  Buffer.concat([
    ...[VERSION_2, FLAGS, STORED, FIRST_DAY, u32(crc32(data)), u32(data.length), u32(data.length)],
    ...[u16(path.length), u16(0)],
  ]);
