import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import type { ChatRoute, Mute, Overlay } from '../../src/core/overlay.ts';
import { exportOverlay } from '../../src/pipeline/export-overlay.ts';
import { compileRoutes } from '../../src/routing/router.ts';
import { anEvent, NOON } from '../builders.ts';
import { aFolder, SOURCE_TYPES } from '../config/config-folder.ts';

const ANA = { platform: 'slack', id: 'U0123', name: 'ana' } as const;

const aRoute = (over: Partial<ChatRoute> = {}): ChatRoute => ({
  name: 'chat-4',
  number: 4,
  source: 'alerts',
  to: 'war-room',
  mode: 'copy',
  by: ANA,
  from: NOON,
  ...over,
});

const aMute = (over: Partial<Mute> = {}): Mute => ({
  id: 'mute_1',
  number: 3,
  scope: { channel: 'ops', source: 'alerts' },
  by: ANA,
  from: NOON,
  critical: false,
  ...over,
});

const BESIDE = {
  sources: { alerts: { type: 'alertmanager', secret: 'auto' } },
  channels: { ops: { platform: 'console' }, 'war-room': { platform: 'console' } },
  routes: [{ name: 'all', to: ['ops'] }],
};

const routesOf = async (overlay: Partial<Overlay>) => {
  const patch = exportOverlay({ routes: [], mutes: [], ...overlay });
  const dir = await aFolder({ '00-from-chat.json': patch, 'bellhop.json': BESIDE });
  const { config } = await loadConfig({ dir, env: { SECRET: 'hunter2' }, sourceTypes: SOURCE_TYPES });
  return config.routes;
};

describe('exportOverlay', () => {
  it('writes routes with who and why, and says what to do about mutes', () => {
    const patch = exportOverlay({
      routes: [
        aRoute({
          event: 'alert.*',
          where: { env: ['prod', 'eu-*'], team: ['!platform'] },
          mode: 'move',
          why: 'incident 42',
          until: new Date(NOON.getTime() + 7_200_000),
        }),
        aRoute({ name: 'chat-5', number: 5 }),
      ],
      mutes: [
        aMute({ scope: { channel: 'ops', source: 'alerts', where: { env: ['dev'] } }, why: 'deploy' }),
        aMute({ number: 6, scope: { route: 'prs' } }),
        aMute({ number: 7, scope: { channel: 'ops' } }),
        aMute({ number: 8, scope: { channel: 'ops', key: 'pr:acme/api#12' } }),
        aMute({ number: 9, ended: { at: NOON, reason: 'time' } }),
      ],
    });
    expect(patch).toMatchInlineSnapshot(`
      "// Routes that were added while Bellhop ran. Save this beside the config under a name that sorts before the others, as in
      // \`00-from-chat.json\`: they then stay first. Each takes the place of the chat route of its name at once.
      {
        "routes": [
          // #4, by ana (slack:U0123) on 2026-11-21 12:00 UTC: incident 42
          // It was to end at 2026-11-21 14:00 UTC; written here, it stays.
          {
            "name": "chat-4",
            "match": {"source":"alerts","event":"alert.*","env":["prod","eu-*"],"team":"!platform"},
            "to": ["war-room"],
            "stop": true
          },
          // #5, by ana (slack:U0123) on 2026-11-21 12:00 UTC
          {
            "name": "chat-5",
            "match": {"source":"alerts"},
            "to": ["war-room"]
          }
        ]
        // A mute has an end, so it has no place in the config. What should stay hidden for good is left out by the routes that
        // bring it:
        // #3, by ana (slack:U0123) on 2026-11-21 12:00 UTC: deploy
        //   In the "match" of the routes to "ops": "none": [{"source":"alerts","env":"dev"}]
        // #6, by ana (slack:U0123) on 2026-11-21 12:00 UTC
        //   Take the route "prs" out.
        // #7, by ana (slack:U0123) on 2026-11-21 12:00 UTC
        //   Take "ops" out of the "to" of the routes to "ops".
        // #8, by ana (slack:U0123) on 2026-11-21 12:00 UTC
        //   It is about one thing only (pr:acme/api#12), which no route can name; it ends with it.
      }
      "
    `);
  });

  it('is a file that the config takes, with the same meaning', async () => {
    const routes = await routesOf({
      routes: [
        aRoute({ event: 'alert.*', where: { env: ['prod'], author: ['!*[bot]', '!mona'] }, mode: 'move' }),
        aRoute({ name: 'chat-5', where: { source: ['!sh*'], severity: ['critical'] } }),
      ],
      mutes: [aMute()],
    });
    expect(routes.map(({ name, to, stop }) => ({ name, to, stop }))).toEqual([
      { name: 'chat-4', to: ['war-room'], stop: true },
      { name: 'chat-5', to: ['war-room'], stop: false },
      { name: 'all', to: ['ops'], stop: false },
    ]);
    const { router } = compileRoutes(routes);
    const taken = (labels: Record<string, string>) => {
      const event = anEvent({ source: 'alerts', event: 'alert.firing', severity: 'critical', labels });
      return router.destinations({ event, headers: {}, query: {} }).map(({ route, channel }) => `${route} ${channel}`);
    };
    expect(taken({ env: 'prod', author: 'ana' })).toEqual(['chat-4 war-room']);
    expect(taken({ env: 'prod', author: 'mona' })).toEqual(['chat-5 war-room', 'all ops']);
    expect(taken({ env: 'dev' })).toEqual(['chat-5 war-room', 'all ops']);
  });

  it('lets nothing that people wrote end a comment, become JSON or name a variable', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: placeholders of the config
    const nasty = 'a"\n"b": 1}, // */ \u2028 \u0000 ${SECRET} $${SECRET} ${';
    const routes = await routesOf({
      routes: [
        aRoute({
          where: { title: [nasty], ref: [nasty, `!${nasty}`] },
          why: nasty,
          by: { ...ANA, id: nasty, name: nasty },
        }),
      ],
      mutes: [
        aMute({ why: nasty, scope: { channel: 'ops', where: { [nasty]: [nasty] } } }),
        aMute({ scope: { key: nasty } }),
      ],
    });
    expect(routes[0]?.match).toEqual({ source: 'alerts', title: nasty, ref: [nasty, `!${nasty}`] });
    expect(routes).toHaveLength(2);
  });

  it('leaves out what the config cannot say, with a sentence, and stays a good file', async () => {
    const unsayable = aRoute({ name: 'chat-6', where: { any: ['x'] } });
    expect(exportOverlay({ routes: [unsayable], mutes: [] })).toContain('It cannot be written here');
    for (const routes of [[unsayable], [aRoute(), unsayable], [unsayable, aRoute()]])
      expect((await routesOf({ routes })).map(({ name }) => name)).toEqual(
        routes.length === 1 ? ['all'] : ['chat-4', 'all'],
      );
  });

  it('says that there is nothing', async () => {
    expect(exportOverlay({ routes: [], mutes: [] })).toBe('// Nothing was changed on top of the config.\n{\n}\n');
    expect(await routesOf({})).toHaveLength(1);
  });
});
