import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBlueprint } from '../../src/blueprint.ts';
import { program } from '../../src/cli/program.ts';
import { ENVIRONMENT } from '../../src/cli/settings.ts';
import { API_ERRORS, HOOK_ERRORS } from '../../src/core/errors.ts';
import { generate } from '../../src/generate.ts';
import { METRICS } from '../../src/http/metrics.ts';
import { ROOT, SRC } from './imports.ts';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'src/README.md'] as const;
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const readme = textOf('README.md');
const verbs = program.commands.map((command) => command.name());

describe('the documents', () => {
  it('have generated tables as fresh as the code', async () => {
    expect(await generate(new URL('../../', import.meta.url), { check: true })).toEqual([]);
  });

  it.each(DOCUMENTS)('%s names only files that exist', (document) => {
    const places = document === 'src/README.md' ? [ROOT, SRC] : [ROOT];
    const gone = pathsIn(textOf(document)).filter((path) => !places.some((place) => existsSync(join(place, path))));
    expect(gone).toEqual([]);
  });

  it.each(DOCUMENTS)('%s links only to files that exist', (document) => {
    const links = [...textOf(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !existsSync(join(ROOT, dirname(document), link)))).toEqual([]);
  });

  it.each(DOCUMENTS)('%s links only to headings that exist', (document) => {
    const text = textOf(document);
    const headings = [...text.matchAll(/^#+ (.+)$/gm)].map((match) => anchorOf(match[1] ?? ''));
    const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !headings.includes(link))).toEqual([]);
  });

  it.each([...DOCUMENTS, 'CHANGELOG.md'])('%s shows only commands that exist', (document) => {
    const shown = [...textOf(document).matchAll(/(?<![/@"-])\bbellhop ([a-z][a-z-]*)/g)].map((match) => match[1] ?? '');
    expect(shown.filter((verb) => !verbs.includes(verb))).toEqual([]);
  });

  it.each([...DOCUMENTS])('%s shows only scripts that package.json has', (document) => {
    const { scripts } = JSON.parse(textOf('package.json')) as { readonly scripts: Readonly<Record<string, string>> };
    const shown = [...textOf(document).matchAll(/npm run (?:-s )?([a-z]+)/g)].map((match) => match[1] ?? '');
    expect(shown.filter((script) => scripts[script] === undefined)).toEqual([]);
  });
});

describe('the README', () => {
  it.each([
    ['refusal of a hook', Object.keys(HOOK_ERRORS)],
    ['refusal of an API call', Object.keys(API_ERRORS)],
    ['metric', Object.keys(METRICS)],
    ['variable', Object.keys(ENVIRONMENT)],
    ['command', verbs.map((verb) => `bellhop ${verb}`)],
  ])('names every %s', (_what, words) => {
    expect(words.filter((word) => !readme.includes(word))).toEqual([]);
  });

  it('shows JSON that can be read', () => {
    const blocks = [...readme.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
    expect(blocks.length).toBeGreaterThan(0);
    for (const block of blocks) expect(() => JSON.parse(block)).not.toThrow();
  });

  it('shows a config and a template without a mistake', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bellhop-readme-'));
    const [, config = ''] = /```jsonc\n(\{\n[\s\S]*?)^```$/m.exec(readme) ?? [];
    const [, template = ''] = /```mustache\n([\s\S]*?)^```$/m.exec(readme) ?? [];
    mkdirSync(join(folder, 'templates', 'github'), { recursive: true });
    mkdirSync(join(folder, 'config'));
    writeFileSync(join(folder, 'templates', 'github', 'star.mustache'), template);
    writeFileSync(join(folder, 'token'), 'a-token');
    writeFileSync(
      join(folder, 'config', 'bellhop.json'),
      config.replace('/run/secrets/alerts', join(folder, 'token').replaceAll('\\', '/')),
    );
    const env = {
      GITHUB_SECRET: 'a-secret',
      SLACK_WEBHOOK_URL: 'https://hooks.slack.com/services/T/B/x',
      DISCORD_WEBHOOK_URL: 'https://discord.com/api/webhooks/1/x',
      HUB_SECRET: 'another-secret',
    };
    const read = await readBlueprint({ config: join(folder, 'config'), templates: join(folder, 'templates') }, env);
    expect(read.config.routes.map(({ name }) => name)).toEqual(['prod-alerts', 'prs', 'big-or-urgent', 'leftovers']);
    expect([...read.warnings, ...read.templateProblems]).toEqual([]);
    rmSync(folder, { recursive: true });
  });
});

it('the README shows permissions without a mistake', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bellhop-readme-'));
  const [, chatops = ''] = /```jsonc\n("chatops": \{\n[\s\S]*?)^```$/m.exec(readme) ?? [];
  writeFileSync(join(folder, 'bellhop.json'), `{ "channels": { "eng": { "platform": "console" } }, ${chatops} }`);
  const { config } = await readBlueprint({ config: folder, templates: join(folder, 'templates') }, {});
  expect(config.chatops.permissions.map(({ may }) => may)).toEqual([
    ['admin'],
    ['mute-everywhere', 'route', 'replay'],
    ['mute'],
  ]);
  rmSync(folder, { recursive: true });
});

it('every variable that the settings read is in their table', () => {
  const read = [...textOf('src/cli/settings.ts').matchAll(/\benv\.([A-Z][A-Z_]+)/g)].map((match) => match[1] ?? '');
  expect(read.filter((name) => !Object.hasOwn(ENVIRONMENT, name))).toEqual([]);
});

/** What stands in backquotes and looks like a file or folder of the project; placeholders like `<type>` are none. */
function pathsIn(text: string): readonly string[] {
  const quoted = [...text.matchAll(/`([\w./~-]+)`/g)].map((match) => match[1] ?? '');
  return quoted.filter((word) => /^(?:src|test|config|templates|\.ci)\/|\.ts$/.test(word));
}

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
