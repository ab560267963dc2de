import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { startTestApp, type TestApp } from './app.ts';

const config = (over: object = {}) => ({
  sources: { any: { type: 'generic', verify: 'none' } },
  channels: { screen: { platform: 'console', pace: false } },
  routes: [{ name: 'all', to: 'screen' }],
  ...over,
});

/** Nobody calls `reload` here: the folder is watched. */
describe('a config that is edited while Bellhop runs', () => {
  let bellhop: TestApp;
  beforeAll(async () => {
    bellhop = await startTestApp(config({ operators: 'screen' }));
  });
  afterAll(() => bellhop.stop());

  const inForce = (what: string, holds: () => boolean) => until(() => holds(), what);
  const routes = () => bellhop.app.runtime().config.routes.map(({ name }) => name);
  const valid = async () => /^bellhop_config_valid (\d)$/m.exec((await bellhop.send('/metrics')).text)?.[1];
  const hook = async (source: string, title: string, headers = {}) =>
    (await bellhop.send(`/hooks/${source}`, { headers, body: { title } })).body;
  const routesOf = async (title: string) =>
    (await bellhop.api(`/api/events?q=${title}`)).body.events.map((event: { routes: string[] }) => event.routes);

  it('takes effect by itself', async () => {
    await hook('any', 'before');
    await bellhop.writeConfig(config({ operators: 'screen', routes: [{ name: 'renamed', to: 'screen' }] }));
    await inForce('the new route', () => routes()[0] === 'renamed');
    await hook('any', 'after');
    expect([await routesOf('before'), await routesOf('after')]).toEqual([[['all']], [['renamed']]]);
  });

  it('replaced by rename, as editors do, takes effect too', async () => {
    const path = join(bellhop.folder, 'config', 'bellhop.json');
    await writeFile(
      `${path}~`,
      JSON.stringify(config({ operators: 'screen', routes: [{ name: 'moved', to: 'screen' }] })),
    );
    await rename(`${path}~`, path);
    await inForce('the moved route', () => routes()[0] === 'moved');
  });

  it('with mistakes stays out of force, and each place where one looks names them', async () => {
    const broken = config({ routes: [{ name: 'broken', to: 'scren' }], sources: { any: { type: 'genric' } } });
    await bellhop.writeConfig(broken);
    await until(async () => (await valid()) === '0', 'the mistakes to be noticed');
    const file = join(bellhop.folder, 'config', 'bellhop.json');
    const line =
      (JSON.stringify(broken, undefined, 2)
        .split('\n')
        .findIndex((text) => text.includes('"scren"')) ?? -1) + 1;
    const ready = await bellhop.send('/readyz');
    expect(ready.body.parts.config.ok).toBe(false);
    expect(ready.body.parts.config.detail).toContain(`${file}:${line}:`);
    expect(ready.body.parts.config.detail).toContain('routes.0.to');
    expect(ready.body.parts.config.detail).toContain('did you mean "screen"?');
    expect(ready.body.parts.config.detail).toContain('did you mean "generic"?');
    const logged = bellhop.log.lines.find((text) => text.startsWith('error the changed config is refused'));
    expect(logged).toContain(ready.body.parts.config.detail);
    expect(routes()).toEqual(['moved']);
    expect(await hook('any', 'meanwhile')).toMatchObject({ status: 'accepted' });
    await until(
      () => bellhop.printed.some((text) => text.includes('mistakes; the previous one stays')),
      'the operators',
    );
  });

  it('that is no JSON at all, is empty or is gone stays out of force', async () => {
    for (const content of ['{"sources": {', '', '[]', 'null']) {
      await bellhop.writeConfig(content);
      await bellhop.app.reload();
      expect([content, await valid(), routes()]).toEqual([content, '0', ['moved']]);
      expect((await bellhop.send('/readyz')).body.parts.config.detail).toContain('bellhop.json');
    }
    await rm(join(bellhop.folder, 'config', 'bellhop.json'));
    await bellhop.app.reload();
    expect([await valid(), routes()]).toEqual(['0', ['moved']]);
    expect(await hook('any', 'gone')).toMatchObject({ status: 'accepted' });
  });

  it('repaired, is in force again, and everything says so', async () => {
    await bellhop.writeConfig(config({ routes: [{ name: 'repaired', to: 'screen' }] }));
    await until(async () => (await valid()) === '1', 'the repaired config');
    expect(routes()).toEqual(['repaired']);
    expect((await bellhop.send('/readyz')).body.parts.config).toEqual({ ok: true, detail: 'in force' });
  });

  it('a second file, a source with a secret of Bellhop’s making: works at once and after it is removed and back', async () => {
    const more = JSON.stringify({ sources: { fresh: { type: 'generic', secret: 'auto' } } });
    expect((await hook('fresh', 'too early')).error.code).toBe('unknown_source');
    await bellhop.writeConfig(more, 'more.json');
    await bellhop.app.reload();
    const kept = JSON.parse(await readFile(join(bellhop.folder, 'data', 'secrets.json'), 'utf8'));
    const headers = { authorization: `Bearer ${kept.sources.fresh}` };
    expect(await hook('fresh', 'signed', headers)).toMatchObject({ status: 'accepted', events: 1 });
    expect((await hook('fresh', 'unsigned')).error.code).toBe('bad_signature');
    await rm(join(bellhop.folder, 'config', 'more.json'));
    await inForce('the source to go', () => !bellhop.app.runtime().sources.has('fresh'));
    expect((await hook('fresh', 'gone', headers)).error.code).toBe('unknown_source');
    await bellhop.writeConfig(more, 'more.json');
    await bellhop.app.reload();
    expect(await hook('fresh', 'back', headers)).toMatchObject({ status: 'accepted' });
  });
});
