import type { ChatCommand } from '../../core/chat.ts';
import { CommandError } from '../../core/errors.ts';
import { cleanLine } from '../clean-text.ts';
import { cutText } from '../cut.ts';
import { colorIcon, outlineIcon } from './icons.ts';
import { checkManifest, MANIFEST } from './manifest-check.ts';
import { zip } from './zip.ts';

export interface TeamsManifestOptions {
  /** Of the bot: `platforms.teams.clientId`. */
  readonly clientId: string;
  /** Where the Bot Framework reaches this server. */
  readonly publicUrl: string | undefined;
  /** Suggested while people type; those that the manifest has no room for work all the same. */
  readonly commands: readonly Pick<ChatCommand, 'name' | 'description'>[];
  /** Teams takes a changed package only with a higher one. */
  readonly version?: string;
}

export type TeamsManifest = Readonly<Record<string, unknown>>;

/**
 * The Teams app as Bellhop uses it: a bot in teams, group chats and personal chats, and no right beyond being spoken to.
 * Refuses by a `CommandError` what Teams would not take.
 * https://learn.microsoft.com/microsoft-365/extensibility/schema/root?view=m365-app-1.25
 */
export function teamsManifest({
  clientId,
  publicUrl,
  commands,
  version = '1.0.0',
}: TeamsManifestOptions): TeamsManifest {
  const site = httpsUrl(publicUrl);
  const id = clientId.trim().toLowerCase();
  const scopes = ['team', 'personal', 'groupChat'];
  const manifest = {
    $schema: 'https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json',
    manifestVersion: '1.25',
    version,
    id,
    developer: { name: 'Bellhop', websiteUrl: site.href, privacyUrl: site.href, termsOfUseUrl: site.href },
    icons: { color: 'color.png', outline: 'outline.png' },
    name: { short: 'Bellhop', full: 'Bellhop, the notification bridge' },
    description: {
      short: 'Brings webhooks to your channels, and takes orders there',
      full: 'Posts alerts, deployments and pull requests as clear cards. Mention it to mute, to route and to ask why a message came.',
    },
    accentColor: '#1F2A44',
    bots: [
      {
        botId: id,
        scopes,
        supportsFiles: false,
        isNotificationOnly: false,
        commandLists: [{ scopes, commands: commands.slice(0, MANIFEST.commands).map(toCommand) }],
      },
    ],
    validDomains: [site.hostname],
    // Shared and private channels too.
    supportsChannelFeatures: 'tier1',
  };
  const [problem] = checkManifest(manifest);
  if (problem !== undefined) throw new CommandError(`The Teams manifest would be refused: ${problem}.`);
  return manifest;
}

/** The package to upload in Teams: the manifest and its icons. The same options make the same bytes. */
export function teamsAppPackage(options: TeamsManifestOptions): Buffer {
  const manifest = Buffer.from(`${JSON.stringify(teamsManifest(options), undefined, 2)}\n`);
  return zip([
    { name: 'manifest.json', data: manifest },
    { name: 'color.png', data: colorIcon() },
    { name: 'outline.png', data: outlineIcon() },
  ]);
}

const toCommand = ({ name, description }: Pick<ChatCommand, 'name' | 'description'>) => ({
  title: cutText(cleanLine(name), MANIFEST.commandTitle),
  description: cutText(cleanLine(description), MANIFEST.commandDescription),
});

function httpsUrl(publicUrl: string | undefined): URL {
  if (publicUrl !== undefined && URL.canParse(publicUrl) && new URL(publicUrl).protocol === 'https:')
    return new URL(publicUrl);
  throw new CommandError('Microsoft posts what people say to an https address: set server.publicUrl in the config.');
}
