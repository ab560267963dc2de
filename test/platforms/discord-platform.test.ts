import { describe, expect, it } from 'vitest';
import type { ChannelConfig, DiscordConfig } from '../../src/core/config.ts';
import { toSecret } from '../../src/core/secret.ts';
import { discordManifest } from '../../src/platforms/discord/manifest.ts';
import { discord } from '../../src/platforms/discord/platform.ts';

const BOT: ChannelConfig = { name: 'oncall', platform: 'discord', id: '112233445566778899' };
const HOOK: ChannelConfig = { name: 'hooked', platform: 'discord', webhookUrl: toSecret('https://discord.com/api/x') };
const account = (over: Partial<DiscordConfig> = {}) => ({ discord: { botToken: toSecret('t'), ...over } });

describe('Discord', () => {
  it.each<readonly [string, boolean, ChannelConfig, object]>([
    ['a bot’s channel, by the gateway', true, BOT, account()],
    ['a bot’s channel, by HTTP', true, BOT, account({ publicKey: 'ab', gateway: false })],
    ['a bot’s channel, by both', true, BOT, account({ publicKey: 'ab', gateway: true })],
    ['a bot’s channel where both are off', false, BOT, account({ gateway: false })],
    ['a channel without a bot', false, HOOK, account({ publicKey: 'ab' })],
    ['a channel without an account', false, BOT, {}],
  ])('hears %s: %s', (_, expected, channel, platforms) => {
    expect(discord.hears(channel, platforms)).toBe(expected);
  });

  it.each<readonly [string, object | undefined]>([
    ['https://discord.com/channels/1/22/333', { channel: '22', message: '333' }],
    ['https://ptb.discord.com/channels/1/22/333', { channel: '22', message: '333' }],
    ['https://canary.discord.com/channels/1/22/333/', { channel: '22', message: '333' }],
    ['https://discordapp.com/channels/1/22/333?x=1#y', { channel: '22', message: '333' }],
    ['https://canary.discordapp.com/channels/@me/22/333', { channel: '22', message: '333' }],
    ['http://discord.com/channels/1/22/333', undefined],
    ['https://discord.com.evil.example/channels/1/22/333', undefined],
    ['https://evil-discord.com/channels/1/22/333', undefined],
    ['https://discord.com/channels/1/22', undefined],
    ['https://discord.com/channels/1/22/x', undefined],
    ['https://discord.com/channels/1/22/333/444', undefined],
    [`https://discord.com/channels/1/22/${'3'.repeat(21)}`, undefined],
    ['https://acme.slack.com/archives/C0123/p1700000000000100', undefined],
  ])('reads the link %s', (link, expected) => {
    expect(discord.linkedMessage(new URL(link))).toEqual(expected);
  });
});

describe('the manifest for Discord', () => {
  it('asks for what is used and no more', () => {
    expect(discordManifest({ applicationId: '42', publicUrl: 'https://bellhop.example.com/' })).toEqual({
      installUrl: 'https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands&permissions=19456',
      scopes: ['bot', 'applications.commands'],
      permissions: { bits: '19456', names: ['View Channels', 'Send Messages', 'Embed Links'] },
      intents: [],
      publicBot: false,
      interactionsEndpointUrl: { http: 'https://bellhop.example.com/discord/interactions', gateway: '' },
    });
  });

  it('shows what is to be filled in', () => {
    const { installUrl, interactionsEndpointUrl } = discordManifest();
    expect(installUrl).toContain('client_id=<application id>&');
    expect(interactionsEndpointUrl.http).toBe('<public address>/discord/interactions');
  });
});
