import { Router } from 'express';
import type { Runtime } from '../pipeline/runtime.ts';

/** One part of readiness. */
export interface ReadyPart {
  readonly ok: boolean;
  readonly detail: string;
}

export interface HealthContext {
  /** Asks each part, by name: `store`, `config`, a platform. */
  readonly ready: () => Promise<Readonly<Record<string, ReadyPart>>>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
}

/** `/healthz` (alive), `/readyz` (each part with a sentence), `/metrics` (Prometheus text). */
export function healthRouter(context: HealthContext): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.json({ ok: true });
  });
  router.get('/readyz', async (_req, res) => {
    const parts = await context.ready();
    const ok = Object.values(parts).every((part) => part.ok);
    res.status(ok ? 200 : 503).json({ ok, parts });
  });
  router.get('/metrics', async (_req, res) => {
    const { contentType, text } = await context.metrics();
    res.type(contentType).send(text);
  });
  return router;
}

/** Every platform that channels use, asked once. */
export async function platformParts(runtime: Runtime): Promise<Readonly<Record<string, ReadyPart>>> {
  const clients = new Map([...runtime.channels.values()].map(({ platform, client }) => [platform.name, client]));
  const parts = await Promise.all(
    [...clients].map(
      async ([name, client]) =>
        [name, await client.health().catch((error: unknown) => ({ ok: false, detail: String(error) }))] as const,
    ),
  );
  return Object.fromEntries(parts);
}
