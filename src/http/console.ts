import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import helmet from 'helmet';

/** The same distance from `src/http` and from `dist/http`: the pages are served as they are, and no build touches them. */
const PAGES = fileURLToPath(new URL('../../templates/console', import.meta.url));

/**
 * `/console`: the web console, plain files and no data. What it shows it fetches from `/api`, with a token that stays in
 * the browser. A file that is not there goes on to the next handler.
 */
export function consoleRouter(): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.use('/console', headers);
  router.get('/console', (_req, res) => {
    res.setHeader('cache-control', 'no-cache');
    res.sendFile('console.html', { root: PAGES, cacheControl: false });
  });
  // The page names its files relative to /console, so that it also works behind a proxy that adds a path of its own.
  router.get('/console/', (_req, res) => res.redirect(308, '../console'));
  router.use('/console', express.static(PAGES, { index: false, redirect: false, setHeaders: revalidate }));
  return router;
}

/** Payloads are written by strangers: even if one became markup, nothing in it could run, load, be framed or be sent away. */
const headers = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      // The token form is handled by the script; without the script it must not put the token into an address.
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ["'none'"],
    },
  },
  xFrameOptions: { action: 'deny' },
  // Whether a host speaks TLS is for the proxy in front to promise.
  strictTransportSecurity: false,
});

/** After an update the browser asks once and has the new files. */
const revalidate = (res: { setHeader(name: string, value: string): void }): void =>
  res.setHeader('cache-control', 'no-cache');
