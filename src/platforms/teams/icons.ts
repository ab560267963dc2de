import { crc32, deflateSync } from 'node:zlib';

/** Red, green, blue and opacity, each up to 255. */
type Color = readonly [red: number, green: number, blue: number, opacity: number];

const WHITE: Color = [255, 255, 255, 255];
const NOTHING: Color = [255, 255, 255, 0];
const NIGHT: Color = [0x1f, 0x2a, 0x44, 255];

/** The square that stands for Bellhop in lists: a PNG of 192 × 192. */
export const colorIcon = (): Buffer => drawn(192, { bell: WHITE, ground: NIGHT });

/** The one for small places: a PNG of 32 × 32, white and transparent and nothing else, as Teams wants it. */
export const outlineIcon = (): Buffer => drawn(32, { bell: WHITE, ground: NOTHING });

/** The bell on a hotel's desk, in a square whose sides are 1 long. */
function onBell(x: number, y: number): boolean {
  const within = (left: number, right: number, top: number, bottom: number): boolean =>
    x >= left && x <= right && y >= top && y <= bottom;
  const dome = y <= 0.65 && Math.hypot(x - 0.5, y - 0.65) <= 0.33;
  const plate = within(0.13, 0.87, 0.69, 0.77);
  const stem = within(0.47, 0.53, 0.26, 0.4);
  const knob = within(0.4, 0.6, 0.21, 0.27);
  return dome || plate || stem || knob;
}

/** Each pixel looks at so many places a side, so that edges are smooth. */
const SAMPLES = 4;

function drawn(size: number, { bell, ground }: { readonly bell: Color; readonly ground: Color }): Buffer {
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const share = covered(column, row, size);
      const pixel = bell.map((value, part) => Math.round(value * share + (ground[part] ?? 0) * (1 - share)));
      // Each row begins with its filter: none.
      rows.set(pixel, row * (1 + size * 4) + 1 + column * 4);
    }
  }
  return png(size, rows);
}

/** How much of a pixel the bell covers, from 0 to 1. */
function covered(column: number, row: number, size: number): number {
  let hits = 0;
  for (let down = 0; down < SAMPLES; down++)
    for (let across = 0; across < SAMPLES; across++)
      if (onBell((column + (across + 0.5) / SAMPLES) / size, (row + (down + 0.5) / SAMPLES) / size)) hits += 1;
  return hits / SAMPLES ** 2;
}

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
function png(size: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  // Eight bits a part, with opacity.
  header.set([8, 6], 8);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const pixels = deflateSync(rows, { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
