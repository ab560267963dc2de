import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatProblem } from '../../src/core/problem.ts';
import { loadTemplates } from '../../src/templates/load.ts';
import { createRenderer } from '../../src/templates/render.ts';
import { anEvent } from '../builders.ts';
import { aFolder, bullets, paragraph, text } from './rendering.ts';

async function rendererOf(...folders: readonly Readonly<Record<string, string>>[]) {
  const paths = await Promise.all(folders.map(aFolder));
  const { templates, problems } = await loadTemplates({ folders: paths });
  return { ...createRenderer(templates), problems: problems.map(formatProblem), paths };
}

const event = (name: string, over = {}) => anEvent({ event: name, ...over });

describe('the template of an event', () => {
  const files = {
    'github/push.mustache': 'push',
    'github/pull_request.mustache': 'pull request',
    'github/pull_request.review.done.mustache': 'done',
    'default.mustache': 'default',
    'gitlab/default.mustache': 'gitlab',
    'console/page.mustache': '<html>',
  };

  test.each([
    ['github', 'push', 'github/push.mustache'],
    ['github', 'pull_request.opened', 'github/pull_request.mustache'],
    ['github', 'pull_request.review.done', 'github/pull_request.review.done.mustache'],
    ['github', 'pull_request.review.other', 'github/pull_request.mustache'],
    ['github', 'star', 'default.mustache'],
    ['gitlab', 'star', 'gitlab/default.mustache'],
    ['..', 'default', 'default.mustache'],
    ['github', '../gitlab/default', 'default.mustache'],
    ['github', '__proto__.constructor', 'default.mustache'],
    ['github', `${'a.'.repeat(5_000)}b`, 'default.mustache'],
  ])('of type %s, %s is %s', async (type, name, template) => {
    const { render } = await rendererOf(files);
    expect(render(event(name, { type }), 'slack').template).toBe(template);
  });

  test('is the plain form when there is none', async () => {
    const { render } = await rendererOf({});
    expect(render(event('push'), 'slack')).toMatchObject({ template: 'plain', message: { notes: [] } });
  });

  test('comes from the later folder, file by file', async () => {
    const { render, problems } = await rendererOf(files, { 'github/push.mustache': 'mine' });
    expect(render(event('push'), 'slack').message.body).toEqual([paragraph('mine')]);
    expect(render(event('star'), 'slack').message.body).toEqual([paragraph('default')]);
    expect(problems).toEqual([]);
  });

  test('an overlay need not exist, the shipped folder must', async () => {
    const shipped = await aFolder(files);
    expect((await loadTemplates({ folders: [shipped, join(shipped, 'none')] })).problems).toEqual([]);
    expect((await loadTemplates({ folders: [join(shipped, 'none')] })).problems).toHaveLength(1);
  });
});

test('a broken template is a problem, and its events go out plain and say so', async () => {
  const { render, problems, paths } = await rendererOf({
    'github/push.mustache': 'a\n{{#x}}',
    'default.mustache': 'd',
  });
  const reason = 'github/push.mustache:2:1: the section "x" is not closed; write {{/x}} after it';
  expect(problems).toEqual([join(paths[0] ?? '', reason)]);
  const { message, template, failure } = render(event('push'), 'slack');
  expect([template, failure]).toEqual(['plain', reason]);
  expect(message.title).toBe('PR #12 opened: Add a bell');
  expect(message.notes).toEqual([`The template github/push could not be used: ${reason}.`]);
});

describe('partials', () => {
  test('come from the type’s folder, then from the top, and keep their place', async () => {
    const { render, problems } = await rendererOf({
      '_foot.mustache': 'top foot',
      'github/_commits.mustache': '{{#facts.c}}\n- {{.}}\n{{/facts.c}}\n',
      'other.mustache': '---\ntone: bad\n---\n**other**\n',
      'github/push.mustache':
        '---\ncontext: "{{> foot}} · x"\n---\n- first\n  {{> commits}}\n\nHere {{> other}} and {{> foot}}.',
    });
    expect(problems).toEqual([]);
    const { message } = render(event('push', { facts: { c: ['a', 'b'] } }), 'slack');
    expect(message.body).toEqual([
      { kind: 'list', ordered: false, start: 1, items: [[paragraph('first'), bullets('a', 'b')]] },
      {
        kind: 'paragraph',
        children: [text('Here '), { kind: 'strong', children: [text('other')] }, text(' and top foot.')],
      },
    ]);
    expect(message.context).toEqual([text('top foot · x')]);
  });

  test('that include themselves, are missing or are broken are named', async () => {
    const { problems, paths } = await rendererOf({
      'a.mustache': 'x\n{{> b}}',
      'b.mustache': '{{> a}}',
      'c.mustache': 'see {{> nobody}}',
      'd.mustache': '\n\n{{> _e}}',
      '_e.mustache': 'fine\n**{{#x}}**{{/x}}\n',
    });
    const at = (place: string) => join(paths[0] ?? '', place);
    const [a, b] = [at('a.mustache'), at('b.mustache')];
    expect(problems).toEqual([
      `${b}:1:1: {{> a}} includes itself: ${a} → ${b} → ${a}`,
      `${a}:2:1: {{> b}} includes itself: ${b} → ${a} → ${b}`,
      `${at('c.mustache')}:1:5: no partial is called "nobody"; nobody.mustache or _nobody.mustache was expected beside the template or at the top`,
      expect.stringContaining(`${at('_e.mustache')}:2:3: {{#x}} has its other end`),
    ]);
  });
});

describe('native JSON', () => {
  const native = JSON.stringify({
    blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*{{title}}* {{facts.v}}' } }],
    url: '{{url}}',
    n: 1,
    none: null,
  });
  const files = { 'github/push.slack.json': native, 'github/push.mustache': 'portable', 'default.mustache': 'd' };

  test('is for its platform, string by string, beside the portable form', async () => {
    const { render } = await rendererOf(files);
    const hostile = event('push', {
      title: '"}], <!channel> & {{url}}',
      url: 'https://example.com/?a=1&b=2',
      facts: { v: 'v' },
    });
    const { message, template } = render(hostile, 'slack');
    expect(template).toBe('github/push.slack.json');
    expect(message.body).toEqual([paragraph('portable')]);
    expect(message.native).toEqual({
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*"}], &lt;!channel&gt; &amp; {{url}}* v' } }],
      url: 'https://example.com/?a=1&b=2',
      n: 1,
      none: null,
    });
    expect(render(hostile, 'discord').message.native).toBeUndefined();
  });

  test('gives way to a more particular portable template', async () => {
    const { render } = await rendererOf({
      'github/default.slack.json': '{}',
      'github/push.mustache': 'p',
      'default.mustache': 'd',
    });
    expect(render(event('push'), 'slack').template).toBe('github/push.mustache');
    expect(render(event('star'), 'slack').template).toBe('github/default.slack.json');
  });

  test('that is too large or broken falls back', async () => {
    const { render, problems, paths } = await rendererOf({
      'github/big.slack.json': JSON.stringify({ a: '{{#facts.l}}{{.}}{{/facts.l}}' }),
      'github/bad.slack.json': '{\n  "a": \n}',
      'github/open.slack.json': '{\n  "a": "{{#x}}"\n}',
      'github/x.slakc.json': '{}',
    });
    const big = event('big', { facts: { l: Array.from({ length: 20 }, () => 'x'.repeat(7_000)) } });
    expect(render(big, 'slack')).toMatchObject({
      template: 'plain',
      failure: 'its JSON came to 140008 bytes; at most 100000 can be sent',
      message: {
        notes: [
          'The template github/big.slack could not be used: its JSON came to 140008 bytes; at most 100000 can be sent.',
        ],
      },
    });
    const folder = join(paths[0] ?? '', 'github');
    expect(problems).toEqual([
      `${folder}/bad.slack.json:3:1: this is not good JSON: Unexpected token '}'`,
      `${folder}/open.slack.json:2:8: the section "x" is not closed; write {{/x}} after it (in "{{#x}}")`,
      `${folder}/x.slakc.json:1:1: a native template is called <event>.<platform>.json, and "slakc" is no platform; did you mean "slack"?`,
    ]);
    expect(render(event('bad'), 'slack').template).toBe('plain');
  });
});

test('the templates that come with Bellhop are good', async () => {
  const { templates, problems } = await loadTemplates({ folders: ['templates'] });
  expect(problems).toEqual([]);
  const { message } = createRenderer(templates).render(
    event('something.new', { type: 'unheard', source: 'shop', url: 'https://example.com/1', state: 'open' }),
    'slack',
  );
  expect(message.fields.map(({ name }) => name)).toEqual(['Repository', 'State']);
  expect(message.buttons).toEqual([{ label: 'Open', url: 'https://example.com/1' }]);
  expect(message.context).toEqual([text('shop · something.new')]);
});
