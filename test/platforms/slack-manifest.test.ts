import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { WHY_SHORTCUT } from '../../src/platforms/slack/action-ids.ts';
import { slackManifest } from '../../src/platforms/slack/manifest.ts';

const HTTP = { publicUrl: 'https://bellhop.example.com', socketMode: false };
const ROOT = join(import.meta.dirname, '../..');
/** The names that Slack's own library knows as a bot's scopes. */
const KNOWN_SCOPES = new Set(
  readFileSync(join(ROOT, 'node_modules/@slack/web-api/dist/types/request/manifest.d.ts'), 'utf8')
    .match(/type BotScope = ([^;]+);/)?.[1]
    ?.match(/[a-z][a-z.]*(?::[a-z.]+)?(?=')/g),
);

describe.each([
  ['HTTP', slackManifest(HTTP)],
  ['Socket Mode', slackManifest({ socketMode: true })],
])('the manifest for %s', (_, manifest) => {
  const { display_information: shown, features, oauth_config: oauth } = manifest;

  it('keeps within Slack’s limits', () => {
    expect(shown.name.length).toBeLessThanOrEqual(35);
    expect(shown.description?.length).toBeLessThanOrEqual(140);
    expect(shown.background_color).toMatch(/^#[0-9a-f]{6}$/);
    expect(features?.bot_user?.display_name).toMatch(/^[a-z0-9._-]{1,80}$/);
    for (const { command, description, usage_hint: hint = '' } of features?.slash_commands ?? []) {
      expect(command).toMatch(/^\/[a-z]{1,31}$/);
      expect(description.length).toBeLessThanOrEqual(2_000);
      expect(hint.length).toBeLessThanOrEqual(1_000);
    }
    for (const { name, description, callback_id: id } of features?.shortcuts ?? []) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
      expect(id.length).toBeLessThanOrEqual(255);
    }
  });

  it('asks for the scopes that are used, by names that Slack knows', () => {
    expect(KNOWN_SCOPES.size).toBeGreaterThan(50);
    expect(oauth?.scopes?.bot).toEqual(['chat:write', 'commands', 'users:read', 'usergroups:read']);
    expect(oauth?.scopes?.bot?.filter((scope) => !KNOWN_SCOPES.has(scope))).toEqual([]);
    expect(oauth?.scopes?.user).toBeUndefined();
  });

  it('brings what the inbound takes, and subscribes to nothing else', () => {
    expect(features?.slash_commands).toMatchObject([{ command: '/bellhop', should_escape: true }]);
    expect(features?.shortcuts).toMatchObject([
      { type: 'message', callback_id: WHY_SHORTCUT, name: 'Why this message?' },
    ]);
    expect(manifest.settings?.interactivity?.is_enabled).toBe(true);
    expect(manifest.settings?.event_subscriptions).toBeUndefined();
  });
});

describe('addresses', () => {
  it('all lead to /slack/events', () => {
    const manifest = slackManifest({ ...HTTP, publicUrl: 'https://bellhop.example.com/base/' });
    expect(JSON.stringify(manifest).match(/https:[^"]+/g)).toEqual([
      'https://bellhop.example.com/base/slack/events',
      'https://bellhop.example.com/base/slack/events',
    ]);
    expect(manifest.settings?.socket_mode_enabled).toBe(false);
  });

  it('are not there with Socket Mode', () => {
    const manifest = slackManifest({ ...HTTP, socketMode: true });
    expect(JSON.stringify(manifest)).not.toContain('http');
    expect(manifest.settings?.socket_mode_enabled).toBe(true);
  });

  it.each([undefined, 'http://bellhop.example.com', 'nonsense', ''])('%j is none that Slack takes', (publicUrl) => {
    const options = publicUrl === undefined ? { socketMode: false } : { publicUrl, socketMode: false };
    expect(() => slackManifest(options)).toThrow(/set server\.publicUrl in the config, or use Socket Mode/);
  });
});
