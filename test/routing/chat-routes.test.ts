import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RouteConfig } from '../../src/core/config.ts';
import type { ChatRoute } from '../../src/core/overlay.ts';
import type { Subject } from '../../src/core/route.ts';
import { layerRoutes } from '../../src/routing/chat-routes.ts';
import { compileRoutes } from '../../src/routing/router.ts';
import { anEvent, NOON } from '../builders.ts';

const aRoute = (over: Partial<RouteConfig> = {}): RouteConfig => ({
  ...{ name: 'all', to: ['ops'], mention: [], stop: false, fallback: false, actions: [] },
  ...over,
});

const aChatRoute = (number: number, over: Partial<ChatRoute> = {}): ChatRoute => ({
  ...{ name: `chat-${number}`, number, source: 'github', to: 'war-room', mode: 'copy', from: NOON },
  by: { platform: 'slack', id: 'U1', name: 'Ana' },
  ...over,
});

const aSubject = (event: Parameters<typeof anEvent>[0] = {}): Subject => ({
  event: anEvent(event),
  headers: {},
  query: {},
});

const layered = (chat: readonly ChatRoute[], file: readonly RouteConfig[]) =>
  layerRoutes(chat, compileRoutes(file).router);

const goesTo = (chat: readonly ChatRoute[], file: readonly RouteConfig[], subject = aSubject()) =>
  layered(chat, file)
    .destinations(subject)
    .map(({ channel, route }) => `${channel}<${route}`);

describe('chat routes', () => {
  const fallback = aRoute({ name: 'rest', fallback: true, to: ['screen'] });

  it('leave the router of the config as it is where there are none', () => {
    const { router } = compileRoutes([aRoute()]);
    expect(layerRoutes([], router)).toBe(router);
  });

  it('copy to their channel and stand in nobody’s way', () => {
    expect(goesTo([aChatRoute(4)], [aRoute({ stop: true }), aRoute({ name: 'later', to: ['eng'] })])).toEqual([
      'war-room<chat-4',
      'ops<all',
    ]);
    expect(goesTo([aChatRoute(4)], [fallback])).toEqual(['war-room<chat-4', 'screen<rest']);
  });

  it('take no mention from a route of the config that posts in the same channel', () => {
    const [only, ...others] = layered([aChatRoute(4, { to: 'ops' })], [aRoute({ mention: ['oncall'] })]).destinations(
      aSubject(),
    );
    expect(only).toEqual({ channel: 'ops', route: 'all', mentions: ['oncall'] });
    expect(others).toEqual([]);
  });

  it('move to their channel, and to those of other chat routes, and nowhere else', () => {
    const chat = [
      aChatRoute(5, { mode: 'move' }),
      aChatRoute(4, { to: 'desk' }),
      aChatRoute(6, { mode: 'move', source: 'stripe', to: 'eng' }),
      aChatRoute(7),
    ];
    expect(goesTo(chat, [aRoute(), fallback])).toEqual(['desk<chat-4', 'war-room<chat-5']);
    expect(goesTo(chat, [aRoute(), fallback], aSubject({ source: 'gitlab' }))).toEqual(['ops<all']);
  });

  it('match by source, event and conditions', () => {
    const chat = [aChatRoute(4, { event: 'pull_request.*', where: { repo: ['acme/*'], author: ['!*bot*'] } })];
    expect(goesTo(chat, [])).toEqual(['war-room<chat-4']);
    expect(goesTo(chat, [], aSubject({ event: 'push' }))).toEqual([]);
    expect(goesTo(chat, [], aSubject({ labels: { repo: 'other/x' } }))).toEqual([]);
    expect(goesTo(chat, [], aSubject({ labels: { repo: 'acme/api', author: 'a-bot' } }))).toEqual([]);
  });

  it('come first in a trace, with what failed, and say what a move leaves out', () => {
    const chat = [
      aChatRoute(4, { where: { repo: ['acme/web'] } }),
      aChatRoute(5, { mode: 'move' }),
      aChatRoute(6, { source: 'stripe' }),
    ];
    const file = [
      aRoute({ name: 'bugs', match: { label: 'bug' } }),
      aRoute({ stop: true }),
      aRoute({ name: 'later' }),
      fallback,
    ];
    expect(layered(chat, file).trace(aSubject())).toEqual([
      { name: 'chat-4', matched: false, failed: { path: 'match.repo', expected: '"acme/web"', found: 'acme/api' } },
      { name: 'chat-5', matched: true },
      { name: 'chat-6', matched: false, failed: { path: 'match.source', expected: '"stripe"', found: 'github' } },
      { name: 'bugs', matched: false, failed: { path: 'match.label', expected: '"bug"', found: undefined } },
      { name: 'all', matched: false, skipped: 'route "chat-5" moved it' },
      { name: 'later', matched: false, skipped: 'route "chat-5" moved it' },
      { name: 'rest', matched: false, skipped: 'route "chat-5" moved it' },
    ]);
  });
});

describe('whatever the routes', () => {
  const channel = fc.constantFrom('a', 'b', 'c', 'd');
  const word = fc.constantFrom('x', 'y', 'x*', '!x', '!y*', '*');
  const value = fc.constantFrom('x', 'y', 'xx', 'z');
  const file = fc.array(
    fc.record({
      match: fc.dictionary(fc.constantFrom('source', 'event', 'repo'), fc.array(word, { minLength: 1, maxLength: 2 })),
      to: fc.array(channel, { minLength: 1, maxLength: 2 }),
      stop: fc.boolean(),
      fallback: fc.boolean(),
    }),
    { maxLength: 6 },
  );
  const where = fc.dictionary(fc.constantFrom('event', 'repo'), fc.array(word, { minLength: 1, maxLength: 2 }));
  const chatOf = (modes: readonly ('copy' | 'move')[]) =>
    fc.array(fc.record({ source: value, where, to: channel, mode: fc.constantFrom(...modes) }), { maxLength: 4 });
  const event = fc.record({ source: value, event: value, repo: value });

  const made = (
    routes: readonly Partial<RouteConfig>[],
    chat: readonly Partial<ChatRoute>[],
    found: { readonly source: string; readonly event: string; readonly repo: string },
  ) => {
    const { router } = compileRoutes(
      routes.map((over, at) => aRoute({ ...over, name: `r${at}`, mention: [`m${at}`] })),
    );
    const both = layerRoutes(
      chat.map((over, at) => aChatRoute(at + 1, over)),
      router,
    );
    const subject = aSubject({ ...found, labels: { repo: found.repo } });
    return { before: router.destinations(subject), after: both.destinations(subject), trace: both.trace(subject) };
  };

  it('copies change nothing of what the config says but by adding to it', () => {
    fc.assert(
      fc.property(file, chatOf(['copy']), event, (routes, chat, found) => {
        const { before, after } = made(routes, chat, found);
        expect(after.filter(({ route }) => !route.startsWith('chat-'))).toEqual(before);
        const channels = after.map((to) => to.channel);
        expect(new Set(channels).size).toBe(channels.length);
      }),
      { numRuns: 1_500, seed: 11 },
    );
  });

  it('the trace tells what happens', () => {
    fc.assert(
      fc.property(file, chatOf(['copy', 'move']), event, (routes, chat, found) => {
        const { after, trace } = made(routes, chat, found);
        const matched = new Set(trace.flatMap(({ name, matched: did }) => (did ? [name] : [])));
        for (const { route } of after) expect(matched).toContain(route);
        const moved = chat.some(({ mode }, at) => mode === 'move' && matched.has(`chat-${at + 1}`));
        if (moved) expect(after.filter(({ route }) => !route.startsWith('chat-'))).toEqual([]);
        expect(after.length > 0).toBe(matched.size > 0);
      }),
      { numRuns: 1_500, seed: 12 },
    );
  });
});
