import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from './app.ts';

const PAGES = new URL('../../templates/console/', import.meta.url);
const FILES = readdirSync(fileURLToPath(PAGES));
const textOf = (file: string): string => readFileSync(new URL(file, PAGES), 'utf8');

const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join(';');

describe('the web console', () => {
  let server: TestApp;

  beforeAll(async () => {
    server = await startTestApp({
      sources: { shop: { type: 'generic', verify: 'none' } },
      channels: { screen: { platform: 'console' } },
      routes: [{ name: 'all', to: 'screen' }],
    });
  });

  afterAll(() => server?.stop());

  it('serves its page without a token, under a policy that lets nothing foreign run, load, frame or leave', async () => {
    const { status, headers, text } = await server.send('/console');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toBe(CSP);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(text).toBe(textOf('console.html'));
  });

  it('serves every file the page and its scripts name, with the type a browser insists on', async () => {
    const named = [
      ...[...textOf('console.html').matchAll(/(?:href|src)="(console\/[^"]+)"/g)].map((match) => match[1] ?? ''),
      ...FILES.filter((file) => file.endsWith('.js')).flatMap((file) =>
        [...textOf(file).matchAll(/ from '\.\/([^']+)'/g)].map((match) => `console/${match[1]}`),
      ),
    ];
    const types: Readonly<Record<string, string>> = {
      js: 'text/javascript; charset=utf-8',
      css: 'text/css; charset=utf-8',
      svg: 'image/svg+xml',
    };
    expect(new Set(named)).toEqual(
      new Set(FILES.filter((file) => file !== 'console.html').map((file) => `console/${file}`)),
    );
    for (const path of new Set(named)) {
      const { status, headers } = await server.send(`/${path}`);
      expect([path, status, headers['content-type']]).toEqual([path, 200, types[path.split('.').at(-1) ?? '']]);
      expect(headers['content-security-policy']).toBe(CSP);
      expect(headers['cache-control']).toBe('no-cache');
    }
  });

  it.each([
    '/console/nothing.js',
    '/console/../package.json',
    '/console/../../package.json',
    '/console/%2e%2e/%2e%2e/package.json',
    '/console/..%2f..%2fpackage.json',
    '/console/..%5c..%5cpackage.json',
    '/console/....//package.json',
    '/console//etc/passwd',
    '/console/.git/config',
    '/console/console.js%00.html',
    '/console/%E0%A4%A',
    '/consoles',
    '/Console',
  ])('has nothing at %s', async (path) => {
    const { status, body } = await server.send(path);
    expect([status, body.error.code]).toEqual([404, 'not_found']);
  });

  it('leads from /console/ to the page, whatever stands before it in the address', async () => {
    const { status, headers } = await server.send('/console/');
    expect([status, headers.location]).toEqual([308, '../console']);
  });

  it('takes nothing: there is no POST', async () => {
    const { status } = await server.send('/console', { method: 'POST', body: { token: 'x' } });
    expect(status).toBe(404);
  });

  it('has no script in its page and no way from text to markup in its scripts', () => {
    const html = textOf('console.html');
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=/i);
    const scripts = FILES.filter((file) => file.endsWith('.js')).map(textOf);
    const ways =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|srcdoc|\beval\b|new Function|javascript:/;
    expect(scripts.filter((script) => ways.test(script))).toEqual([]);
  });

  it('asks nobody but this server', () => {
    const texts = FILES.map((file) => textOf(file).replace('http://www.w3.org/2000/svg', ''));
    expect(texts.filter((text) => /https?:\/\/|url\(|@import/.test(text))).toEqual([]);
  });
});
