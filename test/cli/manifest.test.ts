import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, makeHome } from './run.ts';

const CONFIG = {
  server: { publicUrl: 'https://bellhop.example.com' },
  platforms: { discord: { botToken: 'a-token', applicationId: '112233' } },
};

describe('manifest', () => {
  let home: Home;
  beforeAll(async () => {
    home = await makeHome(CONFIG);
  });
  afterAll(() => home.remove());

  it('writes the Slack app for HTTP, at the address of the config', async () => {
    const { code, out } = await home.run('manifest', 'slack');
    const { settings } = JSON.parse(out);
    expect(code).toBe(0);
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      interactivity: { request_url: 'https://bellhop.example.com/slack/events' },
    });
  });

  it('writes it for Socket Mode, without an address', async () => {
    const { out } = await home.run('manifest', 'slack', '--socket-mode');
    expect(JSON.parse(out).settings.socket_mode_enabled).toBe(true);
    expect(out).not.toContain('https://');
  });

  it('writes what to set at Discord, and --url comes before the config', async () => {
    const { out } = await home.run('manifest', 'discord', '--url', 'https://other.example.com');
    const { installUrl, interactionsEndpointUrl } = JSON.parse(out);
    expect(installUrl).toContain('client_id=112233');
    expect(interactionsEndpointUrl.http).toBe('https://other.example.com/discord/interactions');
  });

  it('writes the Teams app as a zip to upload, and its manifest on the terminal', async () => {
    const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
    const { code, out } = await home.run('manifest', 'teams', '--client-id', id, '--out', 'teams.zip');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('teams.zip is written. Upload it') });
    expect((await readFile(join(home.folder, 'teams.zip'))).subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    const { bots } = JSON.parse((await home.run('manifest', 'teams', '--client-id', id)).out);
    expect(bots[0].botId).toBe(id);
    expect(await home.run('manifest', 'teams')).toEqual({
      code: 1,
      out: '',
      err: 'Which bot is it? Set platforms.teams.clientId in the config, or name it with --client-id.\n',
    });
  });

  it('writes a file, and says what to do with it', async () => {
    const { code, out } = await home.run('manifest', 'slack', '--socket-mode', '--out', 'slack.json');
    expect(code).toBe(0);
    expect(out).toMatch(/^slack\.json is written\. Paste it at https:\/\/api\.slack\.com\/apps/);
    expect(JSON.parse(await readFile(join(home.folder, 'slack.json'), 'utf8')).features.bot_user).toBeDefined();
  });

  it('needs no good config: apps are registered before there is a token', async () => {
    const early = await makeHome({ platforms: { slack: { botToken: `$${'{NOT_THERE_YET}'}` } } });
    const { code, err } = await early.run('manifest', 'slack', '--socket-mode');
    expect({ code, err }).toEqual({
      code: 0,
      err: 'The config has mistakes (bellhop check lists them), so nothing is taken from it.\n',
    });
    expect(await early.run('manifest', 'slack')).toMatchObject({ code: 1, out: '' });
    await early.remove();
  });

  it.each([
    [['slak'], 'did you mean "slack"?'],
    [['discord', '--socket-mode'], "--socket-mode is Slack's"],
    [['slack', '--url', 'http://x'], 'an https address was expected'],
    [['slack', '--url', 'https://x?y=1'], 'an https address was expected, without ? and #'],
    [['discord', '--client-id', 'abc'], "the application's id was expected, all digits"],
  ])('tells wrong usage in a sentence: %j', async (args, sentence) => {
    const { code, out, err } = await home.run('manifest', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(sentence);
  });
});
