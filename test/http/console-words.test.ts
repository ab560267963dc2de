import { describe, expect, it } from 'vitest';

// Scripts of the browser, without types: what is used of them is named here.
interface Pretty {
  prettyBody(request: object, most: number): { readonly text: string; readonly cut: boolean };
}
interface Words {
  routeVerdict(route: object): { readonly sign: string; readonly verdict: string; readonly reason: string };
  routesNote(event: object): string | undefined;
  triesText(delivery: object): string;
  replayWarning(event: object): string;
  retryWarning(delivery: object): string;
  takenIn(answer: object): string;
  goesByDefault(event: object): boolean;
  sourcesToMute(lastHooks: object): readonly string[];
  muteState(mute: object): string;
  wouldHideText(would: object): string;
  heldText(held: object): string;
  readWhere(text: string): object | undefined;
  duration(ms: number): string;
  size(bytes: number): string;
}

const load = async <Module>(file: string): Promise<Module> =>
  (await import(new URL(`../../templates/console/${file}`, import.meta.url).href)) as Module;

const { prettyBody } = await load<Pretty>('pretty-body.js');
const words = await load<Words>('words.js');
const { routeVerdict, routesNote, replayWarning, retryWarning, takenIn, duration, size } = words;

const pretty = (body: string, { most = 10_000, type = 'application/json', bodyEncoding = 'utf8' } = {}) =>
  prettyBody({ body, bodyEncoding, headers: { 'content-type': type } }, most);

describe('a body as the console shows it', () => {
  it('is indented without a digit or an escape changed', () => {
    const body = '{"id":1234567890123456789,"a":[1.0,"x\\"},{\\u0041"],"empty":{ },"none":[],"n":null}';
    expect(pretty(body)).toEqual({
      text: [
        '{',
        '  "id": 1234567890123456789,',
        '  "a": [',
        '    1.0,',
        '    "x\\"},{\\u0041"',
        '  ],',
        '  "empty": {},',
        '  "none": [],',
        '  "n": null',
        '}',
      ].join('\n'),
      cut: false,
    });
  });

  it('stays as it came when it is no JSON', () => {
    expect(pretty('{"a":')).toEqual({ text: '{"a":', cut: false });
    expect(pretty('<a b="c"/>')).toEqual({ text: '<a b="c"/>', cut: false });
    expect(pretty('AAEC', { bodyEncoding: 'base64' })).toEqual({ text: 'AAEC', cut: false });
  });

  it('is cut, and says so', () => {
    expect(pretty('["aaaaaaaaaa","bbbbbbbbbb"]', { most: 10 })).toEqual({ text: '[\n  "aaaaa', cut: true });
    expect(pretty('x'.repeat(11), { most: 10 })).toEqual({ text: 'x'.repeat(10), cut: true });
  });

  it('does not grow with the square of its depth', () => {
    const { text, cut } = pretty('['.repeat(5_000) + ']'.repeat(5_000), { most: 2_000_000 });
    expect(cut).toBe(false);
    expect(text.length).toBeLessThan(10_000 * 50);
  });

  it('shows a form field by field, with the JSON in it', () => {
    const { text } = pretty('payload=%7B%22a%22%3A1%7D&b=c+d', { type: 'application/x-www-form-urlencoded' });
    expect(text).toBe('payload:\n{\n  "a": 1\n}\n\nb:\nc d');
  });
});

describe('what the console says about routes', () => {
  it.each([
    [{ matched: true }, '✓', 'every condition holds'],
    [
      { matched: false, skipped: 'route "prs" ended the search' },
      '–',
      'its conditions hold, but route "prs" ended the search',
    ],
    [
      { matched: false, failed: { path: 'match.severity', expected: 'at least warning', found: 'info' } },
      '✗',
      'severity wants at least warning; found "info"',
    ],
    [
      { matched: false, failed: { path: 'match.payload.team', expected: 'something' } },
      '✗',
      'payload.team wants something; found nothing',
    ],
    [
      { matched: false, failed: { path: 'match.none.0', expected: 'not to hold', found: true } },
      '✗',
      'none.0 holds, and it must not',
    ],
  ])('%j', (route, sign, reason) => {
    expect(routeVerdict(route)).toMatchObject({ sign, reason });
  });

  const event = (over: object = {}) => ({
    type: 'github',
    routes: ['prs'],
    trace: [{ name: 'prs', matched: true }],
    deliveries: [{ route: 'prs', state: 'sent' }],
    ...over,
  });

  it.each([
    [event(), undefined],
    [
      event({ type: 'bellhop', deliveries: [{ route: 'operators' }] }),
      'This is Bellhop’s own notice: it goes to the channels under "operators"',
    ],
    [
      event({ type: 'bellhop', deliveries: [{ route: 'bellhop' }] }),
      'This is Bellhop’s own notice: it goes to the channels that it is about',
    ],
    [event({ trace: [] }), 'It went out by "prs"; the routes have changed since'],
    [event({ routes: [], deliveries: [], trace: [] }), 'No route takes this event'],
    [event({ routes: [], deliveries: [] }), 'No route took it when it came'],
    [
      event({ routes: ['prs', 'replay'], deliveries: [{ route: 'prs' }, { route: 'replay', replay: true }] }),
      undefined,
    ],
  ])('a note where the trace alone would mislead', (given, note) => {
    expect(routesNote(given)?.startsWith(note ?? 'nothing')).toBe(note === undefined ? undefined : true);
  });

  it('says what a replay and a retry will do before they do it', () => {
    expect(replayWarning(event())).toBe(
      'Sends this event again, now, to every channel of the route "prs". Who has seen it already sees it a second time.',
    );
    expect(replayWarning(event({ trace: [{ name: 'prs', matched: false }] }))).toContain('nothing would be sent');
    expect(
      retryWarning({
        channel: 'ops',
        platform: 'slack',
        attempts: [
          { outcome: 'ambiguous', reason: null },
          { outcome: 'dead', reason: 'The channel is archived.' },
        ],
      }),
    ).toBe(
      'Sends this delivery to ops on slack again, now, as its next try. The last try ended with: The channel is archived. One try may have arrived after all; then the message is there twice.',
    );
  });

  it('says how often a delivery was tried, and of a muted one what keeps it', () => {
    expect(
      [
        { state: 'queued', attempts: [] },
        { state: 'muted', attempts: [] },
        { state: 'sent', attempts: [{}] },
      ].map(words.triesText),
    ).toEqual(['not tried yet', 'is held back by a mute', '1 attempt']);
  });

  it('knows a message that is made for nobody in particular', () => {
    const by = (template: string) => words.goesByDefault({ template });
    expect(['plain', 'default.mustache', 'generic/default.mustache'].map(by)).toEqual([true, true, true]);
    expect(['github/push.mustache', 'shop/my-default.mustache'].map(by)).toEqual([false, false]);
  });

  it('says what came of a refused hook', () => {
    expect(
      [
        { status: 'accepted', events: 2 },
        { status: 'duplicate', events: 0 },
        { status: 'ignored', events: 0 },
      ].map(takenIn),
    ).toEqual([
      'It was taken in: 2 events.',
      'It fits now, and its events were here already: nothing was sent.',
      'It fits now, but it was ignored: it holds no event.',
    ]);
  });

  it('writes times and sizes as people say them', () => {
    expect([12, 1_234, 12_345, 90_000, 7_500_000, 200_000_000].map(duration)).toEqual([
      '12 ms',
      '1.2 s',
      '12 s',
      '2 min',
      '2 h 5 min',
      '2 days',
    ]);
    expect([12, 2_048, 3_500_000].map(size)).toEqual(['12 B', '2 KB', '3.3 MB']);
  });
});

describe('what the console says about mutes', () => {
  it('offers the sources that were heard, but not Bellhop’s own notices', () => {
    expect(words.sourcesToMute({ alerts: 'then', bellhop: 'now', github: 'then' })).toEqual(['alerts', 'github']);
  });

  it('says whether one still holds, and how it ended', () => {
    const ended = (reason: string, who: object | null = null) => ({ untilResolved: false, ended: { reason, who } });
    expect(
      [
        { untilResolved: false },
        { untilResolved: true },
        ended('time'),
        ended('resolved'),
        ended('unmuted', { name: 'ana' }),
      ].map(words.muteState),
    ).toEqual(['in force', 'in force until it is resolved', 'over', 'ended when it was resolved', 'ended by ana']);
  });

  it('says what it would hide and what it held', () => {
    expect(words.wouldHideText({ count: 0, bySeverity: {}, atLeast: false })).toBe(
      'In the last 24 hours it would have hidden nothing.',
    );
    expect(words.wouldHideText({ count: 500, bySeverity: { critical: 1, info: 499 }, atLeast: true })).toBe(
      'In the last 24 hours it would have hidden at least 500 messages: 1 critical, 499 info.',
    );
    const groups = [{ source: 'alerts', severity: 'critical', count: 2 }];
    expect(words.heldText({ number: 3, held: 0, groups: [], openCount: 0 })).toBe(
      '#3 has ended; it held nothing back.',
    );
    expect(words.heldText({ number: 3, held: 2, groups, openCount: 1 })).toBe(
      '#3 has ended; it held back 2: 2 critical of alerts. Still open: 1.',
    );
  });

  it('reads conditions as chat does, and nothing else', () => {
    expect(words.readWhere(' env:prod env:eu-*  author:-bot url:https://x ')).toEqual({
      env: ['prod', 'eu-*'],
      author: ['!bot'],
      url: ['https://x'],
    });
    expect(words.readWhere('')).toEqual({});
    for (const wrong of ['env', 'env:', ':prod', 'env:-', 'env:prod x']) expect(words.readWhere(wrong)).toBeUndefined();
  });
});
