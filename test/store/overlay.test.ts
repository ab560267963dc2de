import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_OVERLAY, type Mute, type Overlay } from '../../src/core/overlay.ts';
import { openOverlay } from '../../src/store/overlay.ts';
import { NOON, testClock, testIds } from '../builders.ts';
import { aChatRoute, addMute, aMute } from './overlay-builders.ts';

const SOMEBODY = { platform: 'file', id: 'file', name: 'edited by hand' };
const AS_TIME = 'expected a time with its zone, as "2026-11-21T14:00:00Z" or "2026-11-21T15:00:00+01:00"';

describe('the overlay', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bellhop-overlay-'));
    file = join(folder, 'overlay.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const open = () => openOverlay({ file, clock: testClock(), newId: testIds() });
  const write = (document: unknown) =>
    writeFile(file, typeof document === 'string' ? document : JSON.stringify(document));
  const stored = async () => JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;

  /** What is in force after somebody wrote this. */
  async function opened(document: unknown): Promise<Overlay> {
    await write(document);
    return (await open()).read();
  }

  /** What is said about it: the part of the sentence that is its own. */
  async function refused(document: unknown): Promise<string> {
    await write(document);
    const before = await readFile(file, 'utf8');
    const error: unknown = await open().catch((thrown: unknown) => thrown);
    expect(await readFile(file, 'utf8')).toBe(before);
    const { message } = error as Error;
    expect(message.startsWith(`${file} is broken: `)).toBe(true);
    const [, said = ''] = /^(.*?)\.? Repair it, or move it away to start with an empty one\.$/s.exec(message) ?? [];
    return said.slice(`${file} is broken: `.length);
  }

  const withMute = (over: object) => ({ version: 1, mutes: [{ scope: { source: 'alerts' }, ...over }] });
  const withRoute = (over: object) => ({ version: 1, routes: [{ source: 'alerts', to: 'ops', ...over }] });

  describe('as it is written', () => {
    it('is empty without a file, and makes none', async () => {
      expect((await open()).read()).toStrictEqual(EMPTY_OVERLAY);
      expect(await readdir(folder)).toStrictEqual([]);
    });

    it('keeps every part of mutes and routes', async () => {
      const by = { platform: 'discord', id: '42', name: "Robert'); \u0000 @everyone 🛎" } as const;
      const where = Object.fromEntries([
        ['env', ['prod', '!eu-*']],
        ['__proto__', ['own', '']],
      ]);
      const until = new Date(NOON.getTime() + 1);
      const full: Overlay = {
        nextNumber: 5,
        mutes: [
          aMute(1, {
            scope: { channel: 'ops', source: 'a', event: 'pull_request.*', route: 'r', key: 'pr:1', where },
            by: { ...by, name: '' },
            why: '',
            origin: 'eng',
            until,
            untilResolved: true,
            critical: true,
            ended: { at: NOON, reason: 'unmuted', by },
          }),
          aMute(2, { ended: { at: NOON, reason: 'time' } }),
        ],
        routes: [aChatRoute(3, { event: 'alert.*', where, mode: 'move', why: 'incident 42', origin: 'eng', until })],
      };
      const overlay = await open();
      expect(await overlay.update(() => full)).toStrictEqual(full);
      expect(overlay.read()).toStrictEqual(full);
      expect((await open()).read()).toStrictEqual(full);
    });

    it('can be read by people, and by its owner only', async () => {
      const overlay = await open();
      await overlay.update(addMute({ until: new Date('2026-11-21T14:30:00Z'), why: 'deploy' }));
      expect(await readFile(file, 'utf8')).toBe(`{
  "version": 1,
  "nextNumber": 2,
  "mutes": [
    {
      "number": 1,
      "id": "mute_1",
      "scope": {
        "channel": "ops",
        "source": "alerts"
      },
      "by": {
        "platform": "slack",
        "id": "U1",
        "name": "Mona"
      },
      "from": "2026-11-21T12:00:00.000Z",
      "why": "deploy",
      "until": "2026-11-21T14:30:00.000Z",
      "critical": false
    }
  ],
  "routes": []
}
`);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
    });
  });

  describe('update', () => {
    it('takes turns, each seeing the one before', async () => {
      const overlay = await open();
      const answers = await Promise.all(Array.from({ length: 20 }, () => overlay.update(addMute())));
      expect(answers.map(({ nextNumber }) => nextNumber)).toStrictEqual(Array.from({ length: 20 }, (_, n) => n + 2));
      expect((await open()).read().mutes.map(({ number }) => number)).toStrictEqual(
        Array.from({ length: 20 }, (_, n) => n + 1),
      );
    });

    it('writes nothing when the value stays the same', async () => {
      const overlay = await open();
      expect(await overlay.update((value) => value)).toStrictEqual(EMPTY_OVERLAY);
      expect(await readdir(folder)).toStrictEqual([]);
    });

    it('never undoes what somebody edited meanwhile', async () => {
      const overlay = await open();
      await overlay.update(addMute());
      await write({ ...(await stored()), routes: [{ source: 'shop', to: 'ops' }] });
      const { mutes, routes, nextNumber } = await overlay.update(addMute());
      expect(mutes.map(({ number }) => number)).toStrictEqual([1, 3]);
      expect(routes).toMatchObject([{ name: 'chat-2', number: 2, source: 'shop' }]);
      expect(nextNumber).toBe(4);
    });

    it('changes nothing when the file is broken, and goes on when it is repaired', async () => {
      const overlay = await open();
      const before = await overlay.update(addMute());
      await write('{"version": 1, "mutes": [');
      await expect(overlay.update(addMute())).rejects.toThrow(
        `${file} is broken: it is no JSON from line 1, column 26 on;`,
      );
      expect(overlay.read()).toBe(before);
      expect(await readFile(file, 'utf8')).toBe('{"version": 1, "mutes": [');
      await write({ version: 1, mutes: [] });
      expect((await overlay.update(addMute())).mutes.length).toBe(1);
    });

    it.each<[string, Partial<Mute>]>([
      [`mutes[0].until: is null; ${AS_TIME}`, { until: new Date(Number.NaN) }],
      [
        'mutes[0].scope: covers everything; expected at least one of channel, source, event, route, key, where',
        { scope: {} },
      ],
      ['mutes[0].untilResolved: needs a `scope.key`: nothing else is ever resolved', { untilResolved: true }],
    ])('stores nothing that could not be read again: %s', async (reason, mute) => {
      const overlay = await open();
      await expect(overlay.update(addMute(mute))).rejects.toThrow(`The change was not stored: ${reason}.`);
      expect(overlay.read()).toStrictEqual(EMPTY_OVERLAY);
      expect(await readdir(folder)).toStrictEqual([]);
    });
  });

  describe('reload', () => {
    it('is the same object while the file holds what is in force', async () => {
      const overlay = await open();
      const before = await overlay.update(addMute());
      expect(await overlay.reload()).toBe(before);
    });

    it('picks up what somebody edited', async () => {
      const overlay = await open();
      await overlay.update(addMute());
      await write(withMute({ number: 4 }));
      expect((await overlay.reload()).mutes.map(({ number }) => number)).toStrictEqual([4]);
      expect(overlay.read().nextNumber).toBe(5);
    });

    it('keeps what was in force when the edit is broken', async () => {
      const overlay = await open();
      const before = await overlay.update(addMute());
      await write(withMute({ until: 'tomorrow' }));
      await expect(overlay.reload()).rejects.toThrow(
        `${file} is broken: mutes[0].until: "tomorrow" is no time; ${AS_TIME}.`,
      );
      expect(overlay.read()).toBe(before);
    });

    it('is empty when the file was moved away, but for the numbers that were used', async () => {
      const overlay = await open();
      await overlay.update(addMute());
      await rm(file);
      expect(await overlay.reload()).toStrictEqual({ ...EMPTY_OVERLAY, nextNumber: 2 });
      expect((await overlay.update(addMute())).mutes).toMatchObject([{ number: 2 }]);
    });
  });

  describe('a hand edit', () => {
    it('may leave out all but what it is about, which is filled in for good', async () => {
      const { mutes, routes, nextNumber } = await opened({
        version: 1,
        mutes: [{ scope: { source: 'alerts' } }],
        routes: [{ source: 'shop', to: 'ops' }],
      });
      expect(mutes).toStrictEqual([
        { number: 1, id: mutes[0]?.id, scope: { source: 'alerts' }, by: SOMEBODY, from: NOON, critical: false },
      ]);
      expect(mutes[0]?.id).toMatch(/^mute_\w{24}$/);
      expect(routes).toStrictEqual([
        { number: 2, name: 'chat-2', by: SOMEBODY, from: NOON, source: 'shop', to: 'ops', mode: 'copy' },
      ]);
      expect(nextNumber).toBe(3);

      const again = await openOverlay({ file, clock: testClock(new Date(0)), newId: testIds(99) });
      expect(again.read()).toStrictEqual({ nextNumber, mutes, routes });
    });

    it('is completed by a reload and by a change too', async () => {
      const overlay = await open();
      await write(withMute({}));
      const reloaded = await overlay.reload();
      expect(await stored()).toMatchObject({ mutes: [{ id: reloaded.mutes[0]?.id, number: 1 }] });
      await write(withRoute({}));
      const same = await overlay.update((value) => value);
      expect(same.routes).toMatchObject([{ name: 'chat-1', number: 1 }]);
      expect(await stored()).toMatchObject({ routes: [{ name: 'chat-1', number: 1 }] });
      expect(overlay.read()).toBe(same);
    });

    it('gets numbers above all that are used, and names that nobody has', async () => {
      const { mutes, routes, nextNumber } = await opened({
        version: 1,
        nextNumber: 2,
        mutes: [{ scope: { key: 'pr:1' } }, { number: 7, scope: { key: 'pr:2' } }],
        routes: [
          { source: 'a', to: 'ops', name: 'chat-9' },
          { source: 'b', to: 'ops' },
        ],
      });
      expect(mutes.map(({ number }) => number)).toStrictEqual([8, 7]);
      expect(routes.map(({ number, name }) => [number, name])).toStrictEqual([
        [10, 'chat-9'],
        [11, 'chat-11'],
      ]);
      expect(nextNumber).toBe(12);
    });

    it.each([
      ['2026-11-21T14:00Z', '2026-11-21T14:00:00.000Z'],
      ['2026-11-21T14:00:05+01:00', '2026-11-21T13:00:05.000Z'],
      ['2026-11-21T14:00:05.25-09:30', '2026-11-21T23:30:05.250Z'],
      ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ])('may say %s', async (written, at) => {
      expect((await opened(withMute({ until: written }))).mutes[0]?.until).toStrictEqual(new Date(at));
    });

    it.each([
      'tomorrow',
      '',
      '2026-11-21',
      '2026-11-21T14:00:00',
      '14:00',
      '2026-02-29T14:00Z',
      '2026-13-01T14:00Z',
      '2026-11-21T99:00Z',
    ])('may not say %j for a time', async (written) => {
      const sentence = `mutes[0].until: ${JSON.stringify(written)} is no time; ${AS_TIME}`;
      expect(await refused(withMute({ until: written }))).toBe(sentence);
    });

    it('may name a single value, and a person without a name', async () => {
      const { mutes } = await opened(
        withMute({ scope: { where: { env: 'prod' } }, by: { platform: 'slack', id: 'U7' } }),
      );
      expect(mutes).toMatchObject([
        { scope: { where: { env: ['prod'] } }, by: { platform: 'slack', id: 'U7', name: 'U7' } },
      ]);
    });

    it.each([
      ['[]', 'it must hold an object'],
      ['null', 'it must hold an object'],
      ['', 'it is no JSON from line 1, column 1 on; expected an object, as Bellhop writes it'],
      ['{"version": 1,}', 'it is no JSON from line 1, column 15 on; expected an object, as Bellhop writes it'],
      [{}, 'version: is missing; expected 1'],
      [{ version: '1' }, 'version: is no version; expected 1'],
      [{ version: 0 }, 'version: is no version; expected 1'],
      [
        { version: 2, mutes: 7 },
        'it was written by a newer Bellhop (its version is 2, this one knows 1); start that one again',
      ],
      [{ version: 1, mutes: {} }, 'mutes: is an empty object; expected a list of mutes'],
      [{ version: 1, mute: [] }, 'mute: is not known here; did you mean "mutes"?'],
      [{ version: 1, nextNumber: 0 }, 'nextNumber: is 0; expected a whole number from 1 to 1000000000'],
      [
        withMute({ scope: undefined }),
        'mutes[0].scope: is missing; expected what it covers, as {"channel": "ops", "source": "alerts"}',
      ],
      [
        withMute({ scope: {} }),
        'mutes[0].scope: covers everything; expected at least one of channel, source, event, route, key, where',
      ],
      [withMute({ scope: { source: '' } }), 'mutes[0].scope.source: is ""; expected the name of a source'],
      [
        withMute({ scope: { where: {} } }),
        'mutes[0].scope: covers everything; expected at least one of channel, source, event, route, key, where',
      ],
      [
        withMute({ scope: { where: ['prod'] } }),
        'mutes[0].scope.where: is a list; expected values by key, as {"env": ["prod", "eu-*"]}',
      ],
      [
        withMute({ scope: { where: { env: [] } } }),
        'mutes[0].scope.where.env: is an empty list; expected a list of texts',
      ],
      [
        withMute({ scope: { where: { 'a b': [1] } } }),
        'mutes[0].scope.where["a b"]: is a list; expected a list of texts',
      ],
      [withMute({ utnil: 1 }), 'mutes[0].utnil: is not known here; did you mean "until"?'],
      [withMute({ untilResolved: true }), 'mutes[0].untilResolved: needs a `scope.key`: nothing else is ever resolved'],
      [withMute({ number: 1e300 }), 'mutes[0].number: is 1e+300; expected a whole number from 1 to 999999999'],
      [withMute({ number: '3' }), 'mutes[0].number: is "3"; expected a whole number from 1 to 999999999'],
      [withMute({ critical: 'yes' }), 'mutes[0].critical: is "yes"; expected true or false'],
      [withMute({ until: null }), `mutes[0].until: is null; ${AS_TIME}`],
      [
        withMute({ by: { platform: 'irc', id: 'mona' } }),
        'mutes[0].by.platform: is "irc"; expected "slack", "discord", "teams", "webhook", "console", "api", "file"',
      ],
      [
        withMute({ ended: { at: NOON, reason: 'bored' } }),
        'mutes[0].ended.reason: is "bored"; expected "time", "unmuted", "resolved"',
      ],
      [withRoute({ mode: 'steal' }), 'routes[0].mode: is "steal"; expected "copy", "move"'],
      [withRoute({ to: ['ops'] }), 'routes[0].to: is a list; expected the name of a channel'],
      [{ version: 1, routes: [7] }, 'routes[0]: is 7; expected an object'],
    ])('is refused with a sentence: %j', async (document, sentence) => {
      expect(await refused(document)).toBe(sentence);
    });

    it('is refused when a copied entry kept what must be its own', async () => {
      const mutes = [
        { id: 'mute_a', number: 1, scope: { key: 'a' } },
        { id: 'mute_a', number: 1, scope: { key: 'b' } },
      ];
      const routes = [{ name: 'x', number: 1, source: 'a', to: 'ops' }];
      const own = 'expected one of its own, or none: then it gets one';
      expect(await refused({ version: 1, mutes, routes })).toBe(
        [
          'it has 3 mistakes:',
          `mutes[1].id: is that of mutes[0] too; ${own}`,
          `mutes[1].number: is that of mutes[0] too; ${own}`,
          `routes[0].number: is that of mutes[0] too; ${own}`,
        ].join('\n  '),
      );
    });

    it('is told all its mistakes at once, bounded in number and length', async () => {
      const long = 'x'.repeat(100_000);
      const mutes = Array.from({ length: 40 }, () => ({ scope: { source: 'a' }, until: `\u0007${long}`, [long]: 1 }));
      const sentence = await refused({ version: 1, mutes });
      expect(sentence).toMatch(/^it has 80 mistakes:\n {2}mutes\[0\]\.until: "\\u0007x{59}…" is no time/);
      expect(sentence).toMatch(/\n {2}and 70 more$/);
      expect(sentence.length).toBeLessThan(5_000);
    });

    it('is refused for keys that would be something else in an object', async () => {
      expect(
        await refused('{"version": 1, "mutes": [{"scope": {"source": "a"}, "__proto__": {"critical": true}}]}'),
      ).toMatch(/^mutes\[0\]\.__proto__: is not known here/);
      const { mutes } = await opened('{"version": 1, "mutes": [{"scope": {"where": {"__proto__": ["own"]}}}]}');
      expect(Object.entries(mutes[0]?.scope.where ?? {})).toStrictEqual([['__proto__', ['own']]]);
    });
  });
});
