import { beforeEach, describe, expect, it } from 'vitest';
import type { ChannelConfig } from '../../src/core/config.ts';
import type { Message } from '../../src/core/message.ts';
import { consolePlatform } from '../../src/platforms/console/platform.ts';
import { aMessage, silentLog } from '../builders.ts';
import { everywhere, HOSTILE_TEXTS, oversized } from './conformance.ts';

const SCREEN: ChannelConfig = { name: 'screen', platform: 'console' };
const anyTry = { once: 'dlv_1', signal: AbortSignal.timeout(10_000) };

describe('the console', () => {
  const printed: string[] = [];
  beforeEach(() => {
    printed.length = 0;
  });
  const print = (text: string) => printed.push(text);

  async function show(message: Message): Promise<string> {
    const client = await consolePlatform.connect({}, { log: silentLog, print });
    const outcome = await client.send(SCREEN, consolePlatform.compose(message, SCREEN), anyTry);
    expect(outcome).toEqual({ kind: 'sent', ref: { channel: 'screen', message: 'dlv_1' } });
    return printed.join('\n');
  }

  it('prints a message readably, with one blank line after it', async () => {
    const message = aMessage({
      url: 'https://example.com/pr/12',
      body: [
        { kind: 'paragraph', children: [{ kind: 'text', text: 'It rings.' }] },
        { kind: 'code', text: 'if (x) {\n\tring();\n}' },
      ],
      fields: [
        { name: 'Branch', value: [{ kind: 'text', text: 'bell → main' }] },
        { name: 'Empty', value: [] },
      ],
      buttons: [{ label: 'Open pull request', url: 'https://example.com/pr/12' }],
      context: [{ kind: 'text', text: 'acme/api · 2 min' }],
      mentions: [{ name: 'oncall', slack: 'S1' }],
      notes: ['Replayed by mona.'],
    });
    expect(await show(message)).toBe(
      [
        '🟢 PR #12 opened: Add a bell',
        '  Branch: bell → main',
        '  It rings.',
        '  if (x) {',
        '    ring();',
        '  }',
        '  Open pull request: https://example.com/pr/12',
        '  For oncall',
        '  acme/api · 2 min',
        '  Replayed by mona.',
        '',
      ].join('\n'),
    );
  });

  it('prints the address where no button does', async () => {
    expect(await show(aMessage({ url: 'https://example.com/' }))).toBe(
      '🟢 PR #12 opened: Add a bell\n  https://example.com/\n',
    );
  });

  it('composes JSON that the web console can show', () => {
    expect(consolePlatform.compose(aMessage({ url: 'https://example.com/' }), SCREEN)).toEqual({
      title: '🟢 PR #12 opened: Add a bell',
      text: '🟢 PR #12 opened: Add a bell\n  https://example.com/',
      tone: 'info',
      url: 'https://example.com/',
    });
  });

  it.each(HOSTILE_TEXTS)('is not driven by data: %j', async (text) => {
    const shown = await show(everywhere(text));
    expect(shown).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/u);
    // A payload's own lines stay indented: none of them can pass for another message.
    expect(
      shown
        .split('\n')
        .slice(1, -1)
        .every((line) => line.startsWith('  ')),
    ).toBe(true);
  });

  it('cuts what fills the screen', async () => {
    expect((await show(oversized('x'))).length).toBeLessThan(60_000);
    expect(await show(aMessage({ title: ' \n', emoji: '' }))).toContain('(no title)\n');
  });

  it('prints a template’s own text', async () => {
    expect(await show(aMessage({ native: { text: 'mine\u001B[2J\nsecond' } }))).toBe('mine[2J\nsecond\n');
  });

  it('prints an update as one more message', async () => {
    const client = await consolePlatform.connect({}, { log: silentLog, print });
    const ref = { channel: 'screen', message: 'dlv_0' };
    const payload = consolePlatform.compose(aMessage(), SCREEN);
    expect(await client.update(SCREEN, ref, payload, anyTry)).toEqual({ kind: 'sent', ref });
    expect(printed).toEqual(['🟢 PR #12 opened: Add a bell\n']);
    expect(await client.health()).toEqual({ ok: true, detail: 'Prints to this terminal.' });
    expect(consolePlatform.check(payload, SCREEN)).toEqual([]);
    expect(consolePlatform.check({}, SCREEN)).toEqual(['/text: is no text.']);
  });
});
