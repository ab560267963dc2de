import { writeFile } from 'node:fs/promises';
import { readBlueprint } from '../blueprint.ts';
import { CHAT_COMMANDS } from '../chatops/options.ts';
import type { Config } from '../core/config.ts';
import { CommandError, ConfigError } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { discordManifest } from '../platforms/discord/manifest.ts';
import { slackManifest } from '../platforms/slack/manifest.ts';
import { teamsAppPackage, teamsManifest } from '../platforms/teams/manifest.ts';
import { print } from './output.ts';
import { readSettings } from './settings.ts';

export interface ManifestOptions {
  readonly socketMode?: boolean;
  readonly url?: string;
  readonly clientId?: string;
  readonly appVersion?: string;
  readonly out?: string;
}

const PLATFORMS = ['slack', 'discord', 'teams'] as const;
type ManifestPlatform = (typeof PLATFORMS)[number];

/** `bellhop manifest <platform>`: the app as it is registered there, on the terminal or as a file. */
export async function manifest(written: string, options: ManifestOptions): Promise<number> {
  const platform = PLATFORMS.find((known) => known === written);
  if (platform === undefined)
    throw new CommandError(
      `"${written}" has no manifest; slack, discord or teams was expected${didYouMean(written, PLATFORMS)}`,
      2,
    );
  if (options.socketMode && platform !== 'slack')
    throw new CommandError(`--socket-mode is Slack's; ${platform} has no such thing.`, 2);
  if (options.url !== undefined && !/^https:\/\/[^\s?#]+$/.test(options.url))
    throw new CommandError(`--url is "${options.url}"; an https address was expected, without ? and #.`, 2);
  if (platform === 'discord' && options.clientId !== undefined && !/^\d{1,20}$/.test(options.clientId))
    throw new CommandError(`--client-id is "${options.clientId}"; the application's id was expected, all digits.`, 2);
  const file = fileOf(platform, { ...options, config: await readConfig() });
  if (options.out === undefined) print(file.toString().trimEnd());
  else {
    await writeFile(options.out, file).catch((error: NodeJS.ErrnoException) => {
      throw new CommandError(`${options.out} cannot be written (${error.code ?? 'unknown reason'}).`);
    });
    print(`${options.out} is written. ${NEXT[platform]}`);
  }
  return 0;
}

const NEXT: Readonly<Record<ManifestPlatform, string>> = {
  slack: 'Paste it at https://api.slack.com/apps?new_app=1, “From a manifest”.',
  discord: 'Set what it says at https://discord.com/developers/applications.',
  teams: 'Upload it in Teams: Apps, “Manage your apps”, “Upload an app”.',
};

interface Making extends ManifestOptions {
  /** Absent while the config has mistakes: apps are registered before there is a token. */
  readonly config: Config | undefined;
}

function fileOf(
  platform: ManifestPlatform,
  { config, socketMode = false, url, clientId, appVersion, out }: Making,
): string | Buffer {
  const publicUrl = url ?? config?.server.publicUrl;
  const where = publicUrl === undefined ? {} : { publicUrl };
  if (platform === 'slack') return written(slackManifest({ ...where, socketMode }));
  if (platform === 'teams') {
    const id = clientId ?? config?.platforms.teams?.clientId;
    if (id === undefined)
      throw new CommandError(
        'Which bot is it? Set platforms.teams.clientId in the config, or name it with --client-id.',
      );
    const version = appVersion === undefined ? {} : { version: appVersion };
    const options = { clientId: id, publicUrl, commands: CHAT_COMMANDS, ...version };
    return out === undefined || out.endsWith('.json') ? written(teamsManifest(options)) : teamsAppPackage(options);
  }
  const applicationId = clientId ?? config?.platforms.discord?.applicationId;
  return written(discordManifest({ ...where, ...(applicationId === undefined ? {} : { applicationId }) }));
}

const written = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

async function readConfig(): Promise<Config | undefined> {
  const { folders, env } = readSettings();
  try {
    return (await readBlueprint(folders, env)).config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write('The config has mistakes (bellhop check lists them), so nothing is taken from it.\n');
    return undefined;
  }
}
