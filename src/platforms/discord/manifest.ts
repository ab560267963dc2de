import { DISCORD_PATH } from './inbound.ts';

/** What to set at https://discord.com/developers/applications; Discord takes no file, so a person copies it. */
export interface DiscordManifest {
  /** Opened by whoever may add bots to the server; with `<application id>` in it while that is not known. */
  readonly installUrl: string;
  readonly scopes: readonly string[];
  readonly permissions: { readonly bits: string; readonly names: readonly string[] };
  /** No event but interactions is listened to. */
  readonly intents: readonly string[];
  /** Off: others could add the bot to their own server, and ask it there. */
  readonly publicBot: false;
  /** “Interactions Endpoint URL”, for either way that commands come. */
  readonly interactionsEndpointUrl: {
    /** With `platforms.discord.publicKey`; with `<public address>` in it while that is not known. */
    readonly http: string;
    /** Must be empty: with an address in it Discord sends nothing through the gateway. */
    readonly gateway: '';
  };
}

const SCOPES = ['bot', 'applications.commands'] as const;
/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
const PERMISSIONS = [
  { name: 'View Channels', bit: 1n << 10n },
  { name: 'Send Messages', bit: 1n << 11n },
  { name: 'Embed Links', bit: 1n << 14n },
] as const;

/** The settings of the Discord application that Bellhop uses, and no more. */
export function discordManifest({
  applicationId = '<application id>',
  publicUrl = '<public address>',
}: {
  readonly applicationId?: string;
  readonly publicUrl?: string;
} = {}): DiscordManifest {
  const bits = PERMISSIONS.reduce((sum, { bit }) => sum | bit, 0n).toString();
  return {
    installUrl: `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=${SCOPES.join('+')}&permissions=${bits}`,
    scopes: SCOPES,
    permissions: { bits, names: PERMISSIONS.map(({ name }) => name) },
    intents: [],
    publicBot: false,
    interactionsEndpointUrl: { http: `${publicUrl.replace(/\/+$/, '')}${DISCORD_PATH}`, gateway: '' },
  };
}
