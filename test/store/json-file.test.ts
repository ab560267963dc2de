import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandError } from '../../src/core/errors.ts';
import { openJsonFile } from '../../src/store/json-file.ts';
import type { Versioned } from './json-file-child.ts';

interface Counts {
  readonly counts: readonly number[];
}

function checkCounts(raw: unknown): Counts {
  if (typeof raw === 'object' && raw !== null && 'counts' in raw && Array.isArray(raw.counts)) return raw as Counts;
  throw new Error('`counts` must be a list');
}

describe('a JSON file', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bellhop-json-'));
    file = join(folder, 'data', 'counts.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const open = () => openJsonFile<Counts>({ file, check: checkCounts, initial: { counts: [] } });
  const add = (count: number) => (value: Counts) => ({ counts: [...value.counts, count] });
  async function write(text: string): Promise<void> {
    await mkdir(join(folder, 'data'), { recursive: true });
    await writeFile(file, text);
  }

  it('stands for the initial value until it is made', async () => {
    const counts = await open();
    expect(counts.read()).toStrictEqual({ counts: [] });
    expect(await readdir(folder)).toStrictEqual([]);
  });

  it('keeps what it is given, readable, for the owner only, and leaves nothing else', async () => {
    const counts = await open();
    await counts.update(add(1));
    expect(await readFile(file, 'utf8')).toBe('{\n  "counts": [\n    1\n  ]\n}\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(folder, 'data'))).toStrictEqual(['counts.json']);
    expect((await open()).read()).toStrictEqual({ counts: [1] });
  });

  it('makes updates take turns', async () => {
    const counts = await open();
    await Promise.all([1, 2, 3, 4, 5].map((count) => counts.update(add(count))));
    expect(counts.read()).toStrictEqual({ counts: [1, 2, 3, 4, 5] });
    expect((await open()).read()).toStrictEqual({ counts: [1, 2, 3, 4, 5] });
  });

  it('shows a value only when it is on disk', async () => {
    const counts = await open();
    const updated = counts.update(add(1));
    expect(counts.read()).toStrictEqual({ counts: [] });
    await updated;
    expect(counts.read()).toStrictEqual({ counts: [1] });
  });

  it('builds on what another process has written meanwhile', async () => {
    const [one, other] = [await open(), await open()];
    await one.update(add(1));
    await other.update(add(2));
    expect((await open()).read()).toStrictEqual({ counts: [1, 2] });
  });

  it('writes nothing when the value stays the same', async () => {
    const counts = await open();
    await counts.update((value) => value);
    expect(await readdir(folder)).toStrictEqual([]);
  });

  it('reads again what somebody edited, and is the same value while nobody did', async () => {
    const counts = await open();
    const first = await counts.update(add(1));
    expect(await counts.update((value) => value)).toBe(first);
    await write('\u{feff}{"counts": [7]}');
    expect(await counts.update((value) => value)).toStrictEqual({ counts: [7] });
    expect(counts.read()).toStrictEqual({ counts: [7] });
  });

  it.each([
    [undefined, [1, 2]],
    [() => ({ counts: [0] }), [0, 2]],
  ])('is made anew when it was taken away', async (afterRemoval, expected) => {
    const options = { file, check: checkCounts, initial: { counts: [] }, ...(afterRemoval && { afterRemoval }) };
    const counts = await openJsonFile<Counts>(options);
    await counts.update(add(1));
    await rm(file);
    await counts.update(add(2));
    expect((await open()).read()).toStrictEqual({ counts: expected });
  });

  it('writes what a value is encoded as', async () => {
    const encode = ({ counts }: Counts) => ({ counts, sum: counts.length });
    const counts = await openJsonFile<Counts>({ file, check: checkCounts, initial: { counts: [] }, encode });
    await counts.update(add(5));
    expect(JSON.parse(await readFile(file, 'utf8'))).toStrictEqual({ counts: [5], sum: 1 });
  });

  it('removes what killed processes left, and nothing that is another’s', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await once(gone, 'close');
    const kept = [`counts.json.${process.ppid}.new`, 'counts.json.new', 'other.json.1.new', 'counts.json.1x.new'];
    await write('{"counts": [1]}');
    for (const name of [...kept, `counts.json.${gone.pid}.new`]) await writeFile(join(folder, 'data', name), '{"cou');
    await open();
    expect((await readdir(join(folder, 'data'))).sort()).toStrictEqual(['counts.json', ...kept].sort());
  });

  it('stays as it was when a change throws, and goes on', async () => {
    const counts = await open();
    await counts.update(add(1));
    const failed = counts.update(() => {
      throw new Error('no such mute');
    });
    await expect(failed).rejects.toThrow('no such mute');
    await counts.update(add(2));
    expect(counts.read()).toStrictEqual({ counts: [1, 2] });
  });

  it('stays as it was when it cannot be written, and goes on', async () => {
    const counts = await open();
    await writeFile(join(folder, 'data'), 'in the way');
    await expect(counts.update(add(1))).rejects.toThrow(`${file} cannot be read`);
    expect(counts.read()).toStrictEqual({ counts: [] });
    await rm(join(folder, 'data'));
    await counts.update(add(2));
    expect(counts.read()).toStrictEqual({ counts: [2] });
  });

  it('says so when it cannot be written, and goes on', async () => {
    const counts = await open();
    await counts.update(add(1));
    const inTheWay = `${file}.${process.pid}.new`;
    await mkdir(inTheWay);
    await expect(counts.update(add(2))).rejects.toThrow(
      `${file} cannot be written (EISDIR): look at its disk and its permissions.`,
    );
    expect(counts.read()).toStrictEqual({ counts: [1] });
    await rm(inTheWay, { recursive: true });
    expect(await counts.update(add(3))).toStrictEqual({ counts: [1, 3] });
  });

  it.each([
    ['{"counts": [hunter2', 'it is no JSON from line 1, column 13 on; expected an object, as Bellhop writes it'],
    ['', 'it is no JSON from line 1, column 1 on; expected an object, as Bellhop writes it'],
    ['null', '`counts` must be a list'],
    ['{"counts": "hunter2"}', '`counts` must be a list'],
  ])('refuses %j without quoting it, and leaves it alone', async (text, reason) => {
    await write(text);
    const error: unknown = await open().catch((thrown: unknown) => thrown);
    expect(error).toStrictEqual(
      new CommandError(`${file} is broken: ${reason}. Repair it, or move it away to start with an empty one.`),
    );
    expect(error).not.toHaveProperty('cause');
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it('does not overwrite a document that was broken while it was open', async () => {
    const counts = await open();
    await counts.update(add(1));
    await write('{"counts": [1,');
    await expect(counts.update(add(2))).rejects.toThrow('is broken: it is no JSON');
    expect(await readFile(file, 'utf8')).toBe('{"counts": [1,');
  });

  it('holds one whole version when its process is killed at any moment', { timeout: 60_000 }, async () => {
    const child = fileURLToPath(new URL('json-file-child.ts', import.meta.url));
    for (let round = 1; round <= 5; round++) {
      const running = spawn(process.execPath, ['--import', 'tsx', child, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let said = '';
      running.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        said += chunk;
        if (said.split('\n').length > round * 7) running.kill('SIGKILL');
      });
      await once(running, 'close');
      const { version, filler } = JSON.parse(await readFile(file, 'utf8')) as Versioned;
      const acknowledged = Number(said.trimEnd().split('\n').at(-1));
      expect([acknowledged, acknowledged + 1]).toContain(version);
      expect(filler).toStrictEqual(Array(5_000).fill(version));
    }
  });
});
