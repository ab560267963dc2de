import {
  flag,
  optionalAddress,
  optionalSecret,
  optionalText,
  present,
  secretText,
  settings,
  text,
} from './settings.ts';

/** For tests and private clouds; every check stays on. */
const elsewhere = () => optionalAddress('loopback');

const slack = settings({
  botToken: secretText().describe('The bot’s token, `xoxb-…`, from “OAuth & Permissions” of the Slack app.'),
  signingSecret: optionalSecret().describe(
    'From “Basic Information” of the Slack app: verifies commands and buttons that come by HTTP.',
  ),
  appToken: optionalSecret().describe(
    'An app-level token, `xapp-…`: commands then come by Socket Mode, without a public address.',
  ),
  apiUrl: elsewhere().describe('The base of Slack’s Web API, for tests. Default: Slack’s own.'),
}).transform((values) => present(values));

const discord = settings({
  botToken: secretText().describe('The bot’s token, from the “Bot” page of the Discord application.'),
  applicationId: optionalText().describe('The application’s id; slash commands are registered under it.'),
  publicKey: optionalText().describe('The application’s public key: verifies the interactions Discord posts.'),
  guildId: optionalText().describe(
    'The server’s id: slash commands are registered there at once. Default: everywhere.',
  ),
  gateway: flag()
    .exactOptional()
    .describe(
      '`true`: commands come through Discord’s gateway, without a public address. Default: true, unless there is a `publicKey`.',
    ),
  apiUrl: elsewhere().describe(
    'The base of Discord’s REST API without the version, for tests. Default: Discord’s own.',
  ),
}).transform((values) => present(values));

const teams = settings({
  clientId: text().describe('The application (client) id of the bot’s Entra registration.'),
  clientSecret: secretText().describe('A client secret of the bot’s Entra registration.'),
  tenantId: text().describe('The directory (tenant) id the bot belongs to.'),
  serviceUrl: elsewhere().describe(
    'The Bot Connector to post to, for tests and private clouds. Default: the public one.',
  ),
  openIdMetadataUrl: elsewhere().describe(
    'Where the keys of incoming tokens are found, for tests. Default: the Bot Framework’s.',
  ),
  tokenUrl: elsewhere().describe('Where the bot gets its tokens, for tests. Default: Entra’s.'),
}).transform((values) => present(values));

/** The accounts bots post with. */
export const platformsSchema = settings(
  {
    slack: slack.exactOptional().describe('The Slack app that posts to channels with an `id` and takes commands.'),
    discord: discord
      .exactOptional()
      .describe('The Discord application that posts to channels with an `id` and takes commands.'),
    teams: teams.exactOptional().describe('The Teams bot that posts to channels with an `id` and takes commands.'),
  },
  'platform with an account',
);
