import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSecret } from '../../src/core/secret.ts';
import { commandText } from '../../src/platforms/slack/command-text.ts';
import { readInteraction } from '../../src/platforms/slack/interaction.ts';
import { slack } from '../../src/platforms/slack/platform.ts';

describe('commandText', () => {
  it.each([
    ['  status ', 'status'],
    ['route alerts to <#C0123|war-room>', 'route alerts to <#C0123>'],
    ['route alerts to <#C0123>', 'route alerts to <#C0123>'],
    ['because <@U0123|mona> asked', 'because <@U0123> asked'],
    ['because <!subteam^S0123|@oncall> and <!here>', 'because @oncall and @here'],
    ['a &lt; b &gt; c &amp; d', 'a < b > c & d'],
    ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
    ['why <https://acme.slack.com/archives/C1/p1?a=1&amp;b=2>', 'why https://acme.slack.com/archives/C1/p1?a=1&b=2'],
    ['why <https://acme.slack.com/archives/C1/p1|the alert>', 'why https://acme.slack.com/archives/C1/p1'],
    ['where host:<http://example.com|example.com>', 'where host:example.com'],
    ['where host:<http://example.com/|example.com>', 'where host:example.com'],
    ['where author:<mailto:a@example.com|a@example.com>', 'where author:a@example.com'],
    ['<|>', ''],
    ['<a', '<a'],
    ['a>b', 'a>b'],
    ['<<#C1|x>', '<<#C1>'],
    ['', ''],
  ])('%j is %j', (text, typed) => {
    expect(commandText(text)).toBe(typed);
  });

  it('is quick about a megabyte of brackets', () => {
    const started = performance.now();
    commandText('<'.repeat(500_000));
    commandText('<a|'.repeat(300_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('readInteraction', () => {
  it('takes any document without throwing', () => {
    const body = fc.record(
      {
        type: fc.oneof(fc.constantFrom('block_actions', 'message_action', undefined), fc.anything()),
        command: fc.anything(),
        text: fc.anything(),
        user_id: fc.oneof(fc.constant('U0MONA'), fc.anything()),
        user: fc.oneof(fc.record({ id: fc.constant('U0MONA'), username: fc.anything() }), fc.anything()),
        channel_id: fc.anything(),
        channel: fc.oneof(fc.record({ id: fc.anything() }), fc.anything()),
        container: fc.oneof(fc.record({ message_ts: fc.anything(), channel_id: fc.anything() }), fc.anything()),
        actions: fc.oneof(
          fc.array(
            fc.record({ action_id: fc.constantFrom('bellhop_press_1', 'bellhop_menu_1'), value: fc.anything() }),
          ),
          fc.anything(),
        ),
        callback_id: fc.constantFrom('bellhop_why', 'x'),
        response_url: fc.oneof(fc.constant('https://hooks.slack.com/x'), fc.anything()),
        trigger_id: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(body, fc.anything()), (document) => {
        const read = readInteraction(document);
        if (read === undefined) return;
        expect(read.user).toMatch(/^[UW][A-Z0-9]+$/);
        expect(read.userName.length).toBeLessThanOrEqual(80);
        expect(read.trigger.length).toBeLessThanOrEqual(300);
        expect(typeof read.responseUrl).toBe('string');
      }),
    );
  });

  it('a name is one clean, short line, and the id where there is none', () => {
    const command = { command: '/bellhop', user_id: 'U0MONA', response_url: 'https://hooks.slack.com/x' };
    const nameOf = (user_name: unknown) => readInteraction({ ...command, user_name })?.userName;
    expect(nameOf('mo\u202Ena\n\u0000')).toBe('mona');
    expect(nameOf('x'.repeat(5_000))).toHaveLength(80);
    expect([nameOf(''), nameOf(7), nameOf(undefined)]).toEqual(['U0MONA', 'U0MONA', 'U0MONA']);
  });
});

describe('linkedMessage', () => {
  const place = { channel: 'C0123456789', message: '1700000000.000100' };

  it.each([
    'https://acme.slack.com/archives/C0123456789/p1700000000000100',
    'https://acme.slack.com/archives/C0123456789/p1700000000000100/',
    'https://acme.enterprise.slack.com/archives/C0123456789/p1700000000000100',
    'https://acme.slack-gov.com/archives/C0123456789/p1700000000000100',
    'https://acme.slack.com/archives/C0123456789/p1700000000000100?thread_ts=1699999999.000200&cid=C0123456789',
  ])('%s', (link) => {
    expect(slack.linkedMessage(new URL(link))).toEqual(place);
  });

  it.each([
    'https://slack.com/archives/C0123456789/p1700000000000100',
    'https://acme.slack.com.evil.example/archives/C0123456789/p1700000000000100',
    'https://evil.example/archives/C0123456789/p1700000000000100',
    'https://acme.slack.com/archives/C0123456789',
    'https://acme.slack.com/archives/general/p1700000000000100',
    'https://acme.slack.com/archives/C0123456789/p17000',
    'https://acme.slack.com/archives/C0123456789/p1700000000000100/x',
    'ftp://acme.slack.com/archives/C0123456789/p1700000000000100',
    'https://discord.com/channels/1/2/3',
  ])('%s is no such link', (link) => {
    expect(slack.linkedMessage(new URL(link))).toBeUndefined();
  });
});

describe('hears', () => {
  const secret = toSecret('x');
  const channel = { name: 'ops', platform: 'slack', id: 'C0123456789' } as const;
  const hook = { name: 'hooks', platform: 'slack', webhookUrl: secret } as const;

  it.each([
    ['a bot that verifies what comes', channel, { botToken: secret, signingSecret: secret }, true],
    ['a bot with a socket', channel, { botToken: secret, appToken: secret }, true],
    ['a bot that only posts', channel, { botToken: secret }, false],
    ['an incoming webhook', hook, { botToken: secret, signingSecret: secret }, false],
    ['no bot', channel, undefined, false],
  ])('%s', (_, to, config, heard) => {
    expect(slack.hears(to, config === undefined ? {} : { slack: config })).toBe(heard);
  });
});
