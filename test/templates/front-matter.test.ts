import { describe, expect, test } from 'vitest';
import { NOON } from '../builders.ts';
import { messageOf, mistakesIn, text } from './rendering.ts';

const front = (lines: string): string => `---\n${lines}\n---\n`;

describe('a template’s front matter', () => {
  test('says everything a message can hold', () => {
    const message = messageOf(
      front(
        [
          'title: "PR #{{facts.number}} {{title}}"',
          'emoji: "🟣"',
          'tone: warning',
          'url: "https://example.com/{{facts.number}}"',
          'fields:',
          '  Branch: "{{labels.branch}} → {{labels.base}}"',
          'buttons:',
          '  Open {{facts.number}}: "{{url}}"',
          'context: "{{labels.repo}} · **{{labels.author}}**"',
        ].join('\n'),
      ),
      {
        title: 'Add a bell',
        url: 'https://example.com/pull/12',
        facts: { number: 12 },
        labels: { repo: 'acme/api', author: 'mona', branch: 'bell', base: 'main' },
      },
    );
    expect(message).toEqual({
      title: 'PR #12 Add a bell',
      emoji: '🟣',
      tone: 'warning',
      url: 'https://example.com/12',
      body: [],
      fields: [{ name: 'Branch', value: [text('bell → main')] }],
      buttons: [{ label: 'Open 12', url: 'https://example.com/pull/12' }],
      context: [text('acme/api · '), { kind: 'strong', children: [text('mona')] }],
      mentions: [],
      actions: [],
      notes: [],
      at: NOON,
      about: {
        eventId: 'evt_1',
        source: 'github',
        event: 'pull_request.opened',
        severity: 'info',
        labels: { repo: 'acme/api', author: 'mona', branch: 'bell', base: 'main' },
      },
    });
  });

  test('may be absent: then the event says it', () => {
    const message = messageOf('', { url: 'https://example.com/x', severity: 'error' });
    expect(message).toMatchObject({ title: 'PR #12 opened: Add a bell', tone: 'bad', emoji: '🔴', body: [] });
    expect(message.url).toBe('https://example.com/x');
  });

  test('leaves out fields and context pieces whose tags come to nothing', () => {
    const message = messageOf(
      front(
        'fields:\n  Size: "+{{facts.added}} −{{facts.gone}}"\n  Fixed: always\n  Cond: "{{#facts.x}}x{{/facts.x}}"\ncontext: "{{facts.a}} · by {{facts.b}} · {{labels.repo}} · {{facts.c}}{{#state}} · is {{state}}{{/state}}"',
      ),
      { state: 'open' },
    );
    expect(message.fields).toEqual([{ name: 'Fixed', value: [text('always')] }]);
    expect(message.context).toEqual([text('acme/api · is open')]);
  });

  test('takes a dot in the data as data', () => {
    expect(
      messageOf(front('context: "{{facts.a}} · {{facts.b}}"'), { facts: { a: ' · x · ', b: '' } }).context,
    ).toEqual([text('· x ·')]);
  });

  test.each(['javascript:alert(1)', 'mailto:mona@example.com', 'https://a@evil.example', '', 'x'])(
    'drops the address and the button of %j',
    (url) => {
      const message = messageOf(front('url: "{{facts.url}}"\nbuttons:\n  Open: "{{facts.url}}"'), { facts: { url } });
      expect(message.url).toBeUndefined();
      expect(message.buttons).toEqual([]);
    },
  );

  test.each([
    ['good', 'info', false, 'good'],
    ['nonsense', 'info', false, 'info'],
    ['', 'warning', false, 'warning'],
    ['', 'error', false, 'bad'],
    ['', 'critical', false, 'critical'],
    ['', 'critical', true, 'good'],
  ] as const)('makes tone %j of a template and severity %s (closes: %s) %s', (tone, severity, closes, expected) => {
    expect(messageOf(front('tone: "{{facts.tone}}"'), { facts: { tone }, severity, closes }).tone).toBe(expected);
  });

  test('takes an emoji from data only when it is one', () => {
    const emoji = (value: string) => messageOf(front('emoji: "{{facts.e}}"'), { facts: { e: value } }).emoji;
    expect([emoji('👩‍💻'), emoji('⚠'), emoji(':x:'), emoji('🟢🟢')]).toEqual(['👩‍💻', '⚠', '🔵', '🔵']);
  });

  test('puts the payload’s Markdown into a title as plain text and into fields as running text', () => {
    const message = messageOf(front('title: "{{{facts.m}}}!"\nfields:\n  M: "{{{facts.m}}}"\n  T: "{{facts.m}}"'), {
      facts: { m: '**a** <b>b</b>\n# c' },
    });
    expect(message.title).toBe('a b # c!');
    expect(message.fields.map(({ value }) => value)).toEqual([
      [{ kind: 'strong', children: [text('a')] }, text(' b # c')],
      [text('**a** <b>b</b> # c')],
    ]);
  });

  test('names every mistake with its place', () => {
    expect(mistakesIn(front('title: {{title}}\ntone: god\nfeilds:\n  A: b\nemoji: ":x:"\nurl: "{{#a}}"'))).toEqual([
      't.mustache:2:8: title is no text; put quotes around it: "{{…}}"',
      't.mustache:4:1: "feilds" is no key of the front matter; did you mean "fields"?',
      't.mustache:6:9: emoji is one emoji character, never a :name:; found ":x:"',
      't.mustache:3:7: tone is one of neutral, good, info, warning, bad, critical; found "god"',
      't.mustache:7:7: the section "a" is not closed; write {{/a}} after it',
    ]);
    expect(mistakesIn('---\ntitle: "a\n---\n')[0]).toContain('t.mustache:3:1: the front matter is not good YAML');
    expect(mistakesIn('---\n- a\n---\n')).toEqual([
      't.mustache:2:1: the front matter is a list or a text; keys were expected',
    ]);
  });
});
