import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import express, { type RequestHandler } from 'express';
import helmet from 'helmet';
import { ApiError } from '../core/errors.ts';
import { type ApiContext, apiRouter } from './api/api.ts';
import { consoleRouter } from './console.ts';
import { errorHandler } from './error-handler.ts';
import { type HealthContext, healthRouter } from './health.ts';
import { type HooksContext, hooksRouter } from './hooks.ts';
import type { ServerTls } from './tls.ts';

export interface ServerContext {
  readonly hooks: HooksContext;
  readonly health: HealthContext;
  readonly api: Omit<ApiContext, 'receiver'>;
  /** Who takes what a platform sends of its chats, by path; asked for each request, so that a changed config holds at once. */
  readonly inbound: (path: string) => RequestHandler | undefined;
  readonly tls: Pick<ServerTls, 'options' | 'onRenewed'>;
}

export interface WebServer {
  /** Resolves with the address once connections are taken; port 0 picks a free one. */
  listen(host: string, port: number): Promise<{ readonly host: string; readonly port: number }>;
  /** Takes no new connections and resolves when the open ones are answered; after `graceMs` they are cut. */
  close(graceMs: number): Promise<void>;
}

/** Express, with one router per surface and one error handler. The hot path, `/hooks`, stands first and meets nothing else. */
export async function createServer(context: ServerContext): Promise<WebServer> {
  const web = express();
  web
    .disable('x-powered-by')
    .disable('etag')
    // Asked for each request, so that a changed config holds at once.
    .set('trust proxy', (_address: string, hop: number) => hop < context.hooks.runtime().config.server.trustProxy)
    .set('query parser', 'simple');
  web.use(hooksRouter(context.hooks));
  web.use(healthRouter(context.health));
  web.use((req, res, next) => (context.inbound(req.path) ?? pass)(req, res, next));
  web.use('/api', helmet(), apiRouter({ ...context.api, receiver: context.hooks.receiver }));
  web.use(consoleRouter());
  web.get('/', (_req, res) => res.redirect('console'));
  web.use((req) => {
    throw new ApiError(
      'not_found',
      `There is nothing at ${req.path}; hooks go to /hooks/<source>, the API is under /api.`,
    );
  });
  web.use(errorHandler(context.hooks));
  const server = createWebServer(web, context.tls);
  const open = openConnections(server);
  // Proxies keep idle connections for about a minute; whoever closes first must not be us.
  server.keepAliveTimeout = 75_000;
  // The most patient sender waits a minute for its answer; whoever dribbles longer only holds memory.
  server.requestTimeout = 60_000;
  return { listen: (host, port) => listen(server, host, port), close: (graceMs) => close(server, open, graceMs) };
}

function createWebServer(web: RequestListener, tls: ServerContext['tls']): Server {
  const options = tls.options();
  if (options === undefined) return createHttpServer(web);
  const server = createHttpsServer(options, web);
  tls.onRenewed((renewed) => server.setSecureContext(renewed));
  return server;
}

/** Those in the middle of a TLS handshake too, of which an HTTP server knows nothing yet. */
function openConnections(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return open;
}

const pass: RequestHandler = (_req, _res, next) => next();

function listen(server: Server, host: string, port: number): Promise<{ readonly host: string; readonly port: number }> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done({ host, port: (server.address() as AddressInfo).port });
    });
  });
}

function close(server: Server, open: ReadonlySet<Socket>, graceMs: number): Promise<void> {
  return new Promise((done) => {
    const cut = setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, graceMs);
    cut.unref();
    server.close(() => {
      clearTimeout(cut);
      done();
    });
    server.closeIdleConnections();
  });
}
