import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { colorIcon, outlineIcon } from '../../src/platforms/teams/icons.ts';
import { teamsAppPackage, teamsManifest } from '../../src/platforms/teams/manifest.ts';
import { checkManifest } from '../../src/platforms/teams/manifest-check.ts';

const clientId = '11111111-1111-4111-8111-111111111111';
const publicUrl = 'https://bellhop.example.com';
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ name: `command${at}`, description: `What ${at} does` }));
const options = { clientId, publicUrl, commands: many(3) };

describe('the manifest', () => {
  it('is what Bellhop uses, and no more', () => {
    expect(teamsManifest({ ...options, commands: [{ name: 'mute', description: 'Hold messages back' }] })).toEqual({
      $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json',
      manifestVersion: '1.25',
      version: '1.0.0',
      id: clientId,
      developer: {
        name: 'Bellhop',
        websiteUrl: 'https://bellhop.example.com/',
        privacyUrl: 'https://bellhop.example.com/',
        termsOfUseUrl: 'https://bellhop.example.com/',
      },
      icons: { color: 'color.png', outline: 'outline.png' },
      name: { short: 'Bellhop', full: 'Bellhop, the notification bridge' },
      description: { short: expect.any(String), full: expect.any(String) },
      accentColor: '#1F2A44',
      bots: [
        {
          botId: clientId,
          scopes: ['team', 'personal', 'groupChat'],
          supportsFiles: false,
          isNotificationOnly: false,
          commandLists: [
            {
              scopes: ['team', 'personal', 'groupChat'],
              commands: [{ title: 'mute', description: 'Hold messages back' }],
            },
          ],
        },
      ],
      validDomains: ['bellhop.example.com'],
      supportsChannelFeatures: 'tier1',
    });
  });

  it('has the first twelve commands, each within its limits', () => {
    const long = [{ name: 'x'.repeat(500), description: 'y\n'.repeat(5_000) }, ...many(30)];
    const manifest = teamsManifest({ ...options, commands: long });
    expect(checkManifest(manifest)).toEqual([]);
    expect(JSON.stringify(manifest).match(/"title"/g)).toHaveLength(12);
  });

  it.each([
    [{ publicUrl: undefined }, 'https address: set server.publicUrl'],
    [{ publicUrl: 'http://bellhop.example.com' }, 'https address: set server.publicUrl'],
    [{ publicUrl: 'x' }, 'https address: set server.publicUrl'],
    [{ clientId: 'bellhop' }, 'id: must be a GUID'],
    [{ version: '2' }, 'version: must be a version like 1.0.0'],
    [{ commands: [] }, 'commands: needs a command'],
  ])('is not written with %j', (over, problem) => {
    expect(() => teamsManifest({ ...options, ...over })).toThrow(problem);
  });
});

describe('the check of a manifest', () => {
  const good = teamsManifest(options) as { readonly bots: readonly object[] };
  const withCommands = (commands: unknown) => ({ ...good, bots: [{ ...good.bots[0], commandLists: [{ commands }] }] });

  it.each<readonly [string, unknown, string]>([
    [
      'a name of 31 characters',
      { ...good, name: { short: 'x'.repeat(31), full: 'x' } },
      'name.short: 31 characters, at most 30',
    ],
    ['no privacy address', { ...good, developer: { name: 'x' } }, 'developer.privacyUrl: must be an https address'],
    [
      'thirteen commands',
      withCommands(Array.from({ length: 13 }, () => ({ title: 'x', description: 'x' }))),
      'bots.0.commandLists.0.commands: 13 commands, at most 12',
    ],
    [
      'a command without words',
      withCommands([{ title: 'x' }]),
      'bots.0.commandLists.0.commands.0.description: must be a text of at most 4000 characters',
    ],
    ['nothing', undefined, 'name.short: must be a text that is not empty'],
  ])('finds %s', (_name, manifest, problem) => {
    expect(checkManifest(manifest)).toContain(problem);
  });

  it('finds nothing in a good one', () => {
    expect(checkManifest(good)).toEqual([]);
  });
});

describe('the app package', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bellhop-teams-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is a zip of the manifest and its icons, each whole', () => {
    const files = filesIn(teamsAppPackage(options));
    expect([...files.keys()]).toEqual(['manifest.json', 'color.png', 'outline.png']);
    expect(JSON.parse(String(files.get('manifest.json')))).toEqual(teamsManifest(options));
    expect(files.get('color.png')).toEqual(colorIcon());
    expect(files.get('outline.png')).toEqual(outlineIcon());
  });

  const python = spawnSync('python3', ['-c', 'import zipfile']).status === 0;
  it.skipIf(!python)('is a zip to another reader too', () => {
    const file = join(folder, 'bellhop.zip');
    writeFileSync(file, teamsAppPackage(options));
    const script = `import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(",".join(archive.namelist()))`;
    const { stdout } = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
    expect(stdout.trim()).toBe('manifest.json,color.png,outline.png');
  });

  it('is the same each time', () => {
    expect(teamsAppPackage(options)).toEqual(teamsAppPackage(options));
  });
});

/** The files of a stored zip by its directory at the end, checked against what stands before each. */
function filesIn(archive: Buffer): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  const end = archive.length - 22;
  expect(archive.subarray(end, end + 4).toString('latin1')).toBe('PK\x05\x06');
  let at = archive.readUInt32LE(end + 16);
  expect(at + archive.readUInt32LE(end + 12)).toBe(end);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    expect(archive.subarray(at, at + 4).toString('latin1')).toBe('PK\x01\x02');
    const [size, nameLength, start] = [
      archive.readUInt32LE(at + 24),
      archive.readUInt16LE(at + 28),
      archive.readUInt32LE(at + 42),
    ];
    expect(archive.subarray(start, start + 4).toString('latin1')).toBe('PK\x03\x04');
    expect(archive.subarray(start + 4, start + 30)).toEqual(archive.subarray(at + 6, at + 32));
    const from = start + 30 + nameLength;
    const data = archive.subarray(from, from + size);
    expect(archive.readUInt32LE(at + 16)).toBe(checksumOf(data));
    files.set(archive.subarray(at + 46, at + 46 + nameLength).toString(), data);
    at += 46 + nameLength;
  }
  return files;
}

/** CRC-32, bit by bit. */
function checksumOf(data: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

describe('the icons', () => {
  /** Each pixel as red, green, blue and opacity. */
  function pixelsOf(png: Buffer) {
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(png.subarray(12, 16).toString()).toBe('IHDR');
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect([...png.subarray(24, 29)]).toEqual([8, 6, 0, 0, 0]);
    expect(png.subarray(37, 41).toString()).toBe('IDAT');
    const rows = inflateSync(png.subarray(41, 41 + png.readUInt32BE(33)));
    expect(rows).toHaveLength(height * (1 + width * 4));
    const at = (x: number, y: number) => {
      const start = y * (1 + width * 4) + 1 + x * 4;
      return [...rows.subarray(start, start + 4)];
    };
    const all = Array.from({ length: width * height }, (_, pixel) => at(pixel % width, Math.floor(pixel / width)));
    return { width, height, at, all };
  }

  it('are a bell on a ground, 192 pixels wide', () => {
    const { width, height, at } = pixelsOf(colorIcon());
    expect([width, height]).toEqual([192, 192]);
    expect(at(0, 0)).toEqual([0x1f, 0x2a, 0x44, 255]);
    expect(at(96, 100)).toEqual([255, 255, 255, 255]);
  });

  it('and its outline, 32 pixels wide, white and transparent and nothing else', () => {
    const { width, height, at, all } = pixelsOf(outlineIcon());
    expect([width, height]).toEqual([32, 32]);
    expect(at(0, 0)[3]).toBe(0);
    expect(at(16, 16)[3]).toBe(255);
    expect(all.every(([red, green, blue]) => red === 255 && green === 255 && blue === 255)).toBe(true);
  });
});
