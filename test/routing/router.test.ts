import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, MatchConfig, RouteConfig } from '../../src/core/config.ts';
import type { Subject } from '../../src/core/route.ts';
import { compileRoutes } from '../../src/routing/router.ts';
import { anEvent } from '../builders.ts';

const aRoute = (over: Partial<RouteConfig> = {}): RouteConfig => ({
  name: 'all',
  to: ['ops'],
  mention: [],
  stop: false,
  fallback: false,
  actions: [],
  ...over,
});

const aSubject = (event: Parameters<typeof anEvent>[0] = {}, over: Partial<Subject> = {}): Subject => ({
  event: anEvent({
    event: 'pull_request.opened',
    severity: 'warning',
    state: 'open',
    labels: { repo: 'acme/api', author: 'mona', label: ['bug', 'p1'], draft: 'false' },
    payload: {
      number: 12,
      user: { login: 'mona', id: 7 },
      alerts: [{ status: 'firing' }],
      nothing: null,
      tags: ['a', 'b'],
    },
    ...event,
  }),
  headers: { 'x-github-event': 'pull_request', 'x-dots.in.it': 'yes' },
  query: { env: 'prod' },
  ...over,
});

const takes = (match: MatchConfig, subject = aSubject()): boolean => {
  const { router, problems } = compileRoutes([aRoute({ match })]);
  expect(problems).toEqual([]);
  return router.destinations(subject).length > 0;
};

describe('conditions', () => {
  const cases: readonly [key: string, condition: Condition, holds: boolean][] = [
    ['source', 'github', true],
    ['source', 'gitlab', false],
    ['event', 'pull_request.*', true],
    ['event', 'pull_request', false],
    ['event', 'pull?request.opened', true],
    ['event', ['pull_request.*', '!pull_request.opened'], false],
    ['event', ['pull_request.*', '!pull_request.labeled'], true],
    ['event', ['!push', '!star.*'], true],
    ['event', ['push', 'pull_request.opened'], true],
    ['author', '!*[bot]', true],
    ['author', '!mona', false],
    ['author', 'm.na', false],
    ['missing', 'x', false],
    ['missing', '!x', true],
    ['missing', '*', false],
    ['label', 'bug', true],
    ['label', '!bug', false],
    ['label', '!docs', true],
    ['label', { not: ['docs', 'p*'] }, false],
    ['label', { not: 'docs' }, true],
    ['draft', false, true],
    ['severity', { atLeast: 'warning' }, true],
    ['severity', { atLeast: 'error' }, false],
    ['state', 'open', true],
    ['payload.number', 12, true],
    ['payload.number', '12', true],
    ['payload.number', { gt: 11, lte: 12 }, true],
    ['payload.number', { lt: 12 }, false],
    ['payload.number', { gte: 12.5 }, false],
    ['payload.user.login', 'mona', true],
    ['payload.alerts.0.status', 'firing', true],
    ['payload.alerts.1.status', { exists: false }, true],
    ['payload.nothing', { exists: false }, true],
    ['payload.user', { exists: true }, true],
    ['payload.user', '*', false],
    ['payload.tags', 'b', true],
    ['payload.constructor', { exists: true }, false],
    ['payload.__proto__', { exists: true }, false],
    ['headers.X-GitHub-Event', 'pull_request', true],
    ['headers.x-dots.in.it', 'yes', true],
    ['query.env', ['prod', 'eu-*'], true],
    ['repo', { startsWith: 'acme/', endsWith: '/api' }, true],
    ['repo', { contains: 'me/a' }, true],
    ['repo', { matches: '^acme/(api|web)$' }, true],
    ['repo', { matches: '^api' }, false],
    ['repo', { is: 'acme/*' }, false],
    ['repo', { in: ['acme/*', 'other/x'] }, true],
    ['repo', { contains: 'acme', not: 'acme/api' }, false],
  ];
  it.each(cases)('%s: %j → %s', (key, condition, holds) => {
    expect(takes({ [key]: condition })).toBe(holds);
  });

  it('nests all, any and none to any depth', () => {
    expect(takes({ any: [{ repo: 'x' }, { all: [{ author: 'mona' }, { none: [{ draft: true }] }] }] })).toBe(true);
    expect(takes({ none: [{ any: [{ repo: 'x' }, { author: 'mona' }] }] })).toBe(false);
    expect(takes({ any: [] })).toBe(false);
  });

  it('answers an expression that would hang a backtracking engine', () => {
    expect(takes({ repo: { matches: '^(a+)+$' } }, aSubject({ labels: { repo: `${'a'.repeat(50_000)}!` } }))).toBe(
      false,
    );
  });

  it('names what cannot be compiled and where', () => {
    const { problems } = compileRoutes([aRoute(), aRoute({ match: { any: [{ repo: { matches: '(?<=x)y' } }] } })]);
    expect(problems).toEqual([
      {
        path: ['routes', 1, 'match', 'any', 0, 'repo', 'matches'],
        message: expect.stringMatching(
          /^"\(\?<=x\)y" is no regular expression Bellhop can use \(.+\); RE2 syntax is expected/,
        ),
      },
    ]);
  });
});

describe('order', () => {
  const channelsOf = (routes: readonly RouteConfig[]) =>
    compileRoutes(routes)
      .router.destinations(aSubject())
      .map(({ channel, route }) => `${channel}<${route}`);

  it('delivers by every route that matches, one channel once, by the first that names it', () => {
    const routes = [aRoute({ name: 'a', to: ['ops', 'eng'] }), aRoute({ name: 'b', to: ['eng', 'screen'] })];
    expect(channelsOf(routes)).toEqual(['ops<a', 'eng<a', 'screen<b']);
  });

  it('ends the search at a matching route with stop', () => {
    const stop = aRoute({ name: 'a', match: { repo: 'acme/api' }, stop: true });
    expect(channelsOf([stop, aRoute({ name: 'b', to: ['eng'] })])).toEqual(['ops<a']);
    expect(channelsOf([{ ...stop, match: { repo: 'x' } }, aRoute({ name: 'b', to: ['eng'] })])).toEqual(['eng<b']);
  });

  it('gives a fallback only what no other route took, wherever it stands', () => {
    const fallback = aRoute({ name: 'rest', fallback: true, to: ['screen'] });
    expect(channelsOf([fallback, aRoute({ name: 'a' })])).toEqual(['ops<a']);
    expect(channelsOf([fallback, aRoute({ name: 'a', match: { repo: 'x' } })])).toEqual(['screen<rest']);
  });
});

describe('trace', () => {
  it('says of every route why it did or did not match', () => {
    const { router } = compileRoutes([
      aRoute({ name: 'crit', match: { severity: { atLeast: 'critical' } } }),
      aRoute({ name: 'teams', match: { any: [{ repo: 'acme/web' }, { author: ['!mona'] }] } }),
      aRoute({ name: 'no-bugs', match: { source: 'github', none: [{ label: 'docs' }, { label: 'bug' }] } }),
      aRoute({ name: 'prs', match: { event: 'pull_request.*' }, stop: true }),
      aRoute({ name: 'later' }),
      aRoute({ name: 'rest', fallback: true }),
    ]);
    expect(router.trace(aSubject())).toEqual([
      {
        name: 'crit',
        matched: false,
        failed: { path: 'match.severity', expected: 'at least critical', found: 'warning' },
      },
      {
        name: 'teams',
        matched: false,
        failed: {
          path: 'match.any',
          expected: 'any of: repo "acme/web"; author not "mona"',
          found: ['acme/api', 'mona'],
        },
      },
      { name: 'no-bugs', matched: false, failed: { path: 'match.none.1', expected: 'not to hold', found: true } },
      { name: 'prs', matched: true },
      { name: 'later', matched: false, skipped: 'route "prs" ended the search' },
      { name: 'rest', matched: false, skipped: 'another route took this event' },
    ]);
  });

  const word = fc.constantFrom('a', 'b', 'c', 'a.x', 'b.y', 'a.*', '!a', '!b.*', '*', 'c?');
  const condition: fc.Arbitrary<Condition> = fc.oneof(
    word,
    fc.array(word, { minLength: 1, maxLength: 3 }),
    fc.record({ is: word }),
    fc.record({ not: word }),
    fc.record({ in: fc.array(word, { minLength: 1, maxLength: 3 }) }),
  );
  const key = fc.constantFrom('source', 'event', 'type', 'repo', 'label', 'payload.v');
  const flat = fc.dictionary(key, condition, { maxKeys: 3 });
  const match = fc.oneof(flat, fc.record({ any: fc.array(flat, { maxLength: 2 }), source: word }));
  const route = fc.record({ match, stop: fc.boolean(), fallback: fc.boolean() });
  const value = fc.constantFrom('a', 'b', 'c', 'a.x', 'b.y', 'cc', 'd');

  it('agrees with the indexed search, whatever the routes', () => {
    fc.assert(
      fc.property(
        fc.array(route, { maxLength: 12 }),
        fc.record({ source: value, event: value, repo: value, label: fc.array(value, { maxLength: 3 }), v: value }),
        (routes, { source, event, repo, label, v }) => {
          const named = routes.map((over, at) => aRoute({ ...over, name: `r${at}`, to: [`c${at}`] }));
          const { router } = compileRoutes(named);
          const subject = aSubject({ source, event, labels: { repo, label }, payload: { v } });
          const traced = router
            .trace(subject)
            .filter(({ matched }) => matched)
            .map(({ name }) => name);
          expect(router.destinations(subject).map((destination) => destination.route)).toEqual(traced);
        },
      ),
      { numRuns: 2_000, seed: 7 },
    );
  });
});
