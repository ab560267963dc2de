import { describe, expect, it } from 'vitest';
import type { Mute, MuteScope } from '../../src/core/overlay.ts';
import { compileMutes } from '../../src/routing/mutes.ts';
import { compileScope } from '../../src/routing/scope.ts';
import { anEvent, NOON } from '../builders.ts';

const HOUR = 3_600_000;
const later = (ms: number): Date => new Date(NOON.getTime() + ms);
const TO = { channel: 'ops', route: 'prs' };

const aMute = (scope: MuteScope, over: Partial<Mute> = {}): Mute => ({
  ...{ id: 'mute_1', number: 1, scope, critical: false, from: NOON, until: later(HOUR) },
  by: { platform: 'slack', id: 'U1', name: 'Ana' },
  ...over,
});

const aSubject = (event: Parameters<typeof anEvent>[0] = {}) => ({
  event: anEvent({ key: 'pr:acme/api#12', state: 'open', ...event }),
  headers: {},
  query: {},
});

const finds = (mutes: readonly Mute[], event: Parameters<typeof anEvent>[0] = {}, now = NOON): string | undefined =>
  compileMutes(mutes).find(aSubject(event), TO, now)?.id;

describe('a scope', () => {
  const cases: readonly [scope: MuteScope, covers: boolean][] = [
    [{}, true],
    [{ channel: 'ops' }, true],
    [{ channel: 'eng' }, false],
    [{ source: 'github' }, true],
    [{ source: 'gitlab' }, false],
    [{ event: 'pull_request.*' }, true],
    [{ event: 'pull_request' }, false],
    [{ route: 'prs' }, true],
    [{ route: 'pr*' }, false],
    [{ key: 'pr:acme/api#12' }, true],
    [{ key: 'pr:acme/api#12', source: 'gitlab' }, false],
    [{ key: 'pr:acme/*' }, false],
    [{ where: { repo: ['acme/*'], author: ['!bot'] } }, true],
    [{ where: { repo: ['acme/web', 'acme/api'] } }, true],
    [{ where: { author: ['!mo*'] } }, false],
    [{ where: { repo: ['acme/api'], author: ['joe'] } }, false],
    [{ where: { severity: ['info'], state: ['open'], type: ['github'], event: ['*.opened'], source: ['git*'] } }, true],
    [{ where: { env: ['!prod'] } }, true],
    [{ where: { env: ['*'] } }, false],
    // Labels may have any name, and paths lead nowhere.
    [{ where: { any: ['x'] } }, false],
    [{ where: { none: ['x'] } }, false],
    [{ where: { 'payload.secret': ['42'] } }, false],
    [{ channel: 'ops', source: 'github', event: '*.opened', route: 'prs', where: { repo: ['acme/api'] } }, true],
  ];
  it.each(cases)('%j covers: %s', (scope, covers) => {
    const event = { payload: { secret: 42 } };
    expect(compileScope(scope)(aSubject(event).event, TO)).toBe(covers);
    expect(finds([aMute(scope)], event) === 'mute_1').toBe(covers);
  });
});

describe('a mute', () => {
  const all = aMute({ channel: 'ops' });

  it('holds until its end and not a moment longer', () => {
    expect(finds([all], {}, later(HOUR - 1))).toBe('mute_1');
    expect(finds([all], {}, later(HOUR))).toBeUndefined();
    const { until: _until, ...forever } = all;
    expect(finds([forever], {}, later(10_000 * HOUR))).toBe('mute_1');
  });

  it('holds nothing once it has ended, though its receipt is still to come', () => {
    expect(finds([{ ...all, ended: { at: NOON, reason: 'unmuted' } }])).toBeUndefined();
  });

  it('is broken by what is critical, unless it names that; the end of a story is no rise', () => {
    expect(finds([all], { severity: 'error' })).toBe('mute_1');
    expect(finds([all], { severity: 'critical' })).toBeUndefined();
    expect(finds([all], { severity: 'critical', closes: true })).toBe('mute_1');
    expect(finds([{ ...all, critical: true }], { severity: 'critical' })).toBe('mute_1');
  });

  it('never holds back what Bellhop itself says', () => {
    expect(finds([aMute({})], { source: 'bellhop', type: 'bellhop', event: 'channel_unreachable' })).toBeUndefined();
  });

  it('wins by its number, and one that is broken does not stand before another', () => {
    const later2 = aMute({}, { id: 'mute_2', number: 2, critical: true });
    const first = aMute({}, { id: 'mute_1', number: 1 });
    expect(finds([later2, first])).toBe('mute_1');
    expect(finds([later2, first], { severity: 'critical' })).toBe('mute_2');
  });
});
