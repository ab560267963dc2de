import { join } from 'node:path';
import { type Blueprint, type Folders, readBlueprint, templateFolders } from './blueprint.ts';
import { createChat } from './chatops/chat.ts';
import { endOf } from './chatops/end-of.ts';
import { watchConfig } from './config/watch.ts';
import { createConnections } from './connections.ts';
import type { Clock, Random } from './core/clock.ts';
import type { Hook } from './core/hook.ts';
import { createIds } from './core/id.ts';
import type { Log } from './core/log.ts';
import { formatProblems } from './core/problem.ts';
import type { Secret } from './core/secret.ts';
import type { PlannedEvent } from './core/store.ts';
import { platformParts, type ReadyPart } from './http/health.ts';
import { createMetrics } from './http/metrics.ts';
import { createServer } from './http/server.ts';
import { openTls, tlsProblems } from './http/tls.ts';
import { createInbounds } from './inbounds.ts';
import { createOverlayReloader } from './overlay-reload.ts';
import { createAcknowledger } from './pipeline/acknowledge.ts';
import { createChatRoutes } from './pipeline/chat-routes.ts';
import { createDispatcher } from './pipeline/dispatch.ts';
import { createEventReader } from './pipeline/event-reader.ts';
import { exportOverlay } from './pipeline/export-overlay.ts';
import { createHousekeeping } from './pipeline/housekeeping.ts';
import { createMutes } from './pipeline/mutes.ts';
import { createNotices } from './pipeline/notices.ts';
import { createOperators } from './pipeline/operators.ts';
import { unknownNames } from './pipeline/overlay-names.ts';
import { createReceiver } from './pipeline/receive.ts';
import { createReplayer } from './pipeline/replay.ts';
import type { Runtime } from './pipeline/runtime.ts';
import { createTestMessages } from './pipeline/test-message.ts';
import { createTroubleReports } from './pipeline/trouble.ts';
import { commandStyle, platforms } from './platforms/index.ts';
import { propose } from './proposals.ts';
import { createReloader, report } from './reload.ts';
import { compileScope } from './routing/scope.ts';
import { buildRuntime, withOverlay } from './runtime.ts';
import { openOverlay } from './store/overlay.ts';
import { openSecrets } from './store/secrets.ts';
import { lockFolder } from './store/sqlite/folder-lock.ts';
import { openSqliteStore } from './store/sqlite/store.ts';
import { loadSamples } from './templates/samples.ts';

/** What is being sent gets this long to finish when Bellhop stops; with closing the server it stays under 10 s. */
const SEND_GRACE_MS = 6_000;
const ANSWER_GRACE_MS = 2_000;
/** What chat changes, in the data folder. */
const OVERLAY_FILE = 'overlay.json';

export interface AppOptions {
  readonly folders: Folders;
  /** Where the store and what Bellhop keeps for itself live. */
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly adminToken?: Secret;
  readonly log: Log;
  /** Prints what `console` channels are sent. */
  readonly print: (text: string) => void;
  readonly clock: Clock;
  readonly random: Random;
}

export interface App {
  readonly address: { readonly host: string; readonly port: number };
  readonly adminToken: Secret;
  /** The runtime in force. */
  runtime(): Runtime;
  reload(): Promise<void>;
  /** Takes no more hooks, finishes what is being sent, and closes. Within 10 s. */
  stop(): Promise<void>;
}

/** The only place where the parts meet: one straight line from config and disk to an open port. */
export async function startApp(options: AppOptions): Promise<App> {
  const { folders, data, log, print, clock, random, env } = options;
  const newId = createIds(clock, random);

  const first = await readBlueprint(folders, env, (config) => tlsProblems(config, clock.now()));
  const tls = await openTls({ config: first.config, clock, log });
  const unlock = lockFolder(data);
  const secrets = await openSecrets(data);
  const adminToken = options.adminToken ?? (await secrets.adminToken()).token;
  const overlay = await openOverlay({ file: join(data, OVERLAY_FILE), clock, newId });
  const store = await openSqliteStore({ file: join(data, 'bellhop.db'), clock, log });
  const connections = createConnections({ log, print });
  const build = (blueprint: Blueprint) =>
    buildRuntime({
      ...blueprint,
      autoSecret: (source) => secrets.source(source),
      brought: secrets,
      connect: connections.connect,
    });
  let current = withOverlay(await build(first), overlay.read());
  await connections.release();
  report(log, first);
  const runtime = (): Runtime => current;
  const onOverlay = (): void => {
    current = withOverlay(current, overlay.read());
  };

  const metrics = createMetrics(store);
  metrics.configValid(true);
  const events = createEventReader({ store, runtime });
  const onAccepted = (hook: Hook, planned: readonly PlannedEvent[]): void => {
    for (const { event } of planned) events.remember(event, hook);
    dispatcher.accepted(planned);
    mutes.accepted(planned);
  };
  const notices = createNotices({ runtime, store, clock, newId, onAccepted });
  const operators = createOperators({ runtime, notices, clock, log });
  const dispatcher = createDispatcher({
    ...{ runtime, store, events, clock, random, metrics, log },
    ...createTroubleReports(operators),
  });
  const { poke } = dispatcher;
  const receiver = createReceiver({ runtime, store, clock, newId, metrics, log, onAccepted });
  const replayer = createReplayer({ runtime, store, events, clock, newId, poke });
  const housekeeping = createHousekeeping({ runtime, overlay, store, clock, log });

  const mutes = createMutes({
    ...{ runtime, overlay, store, notices, clock, newId, log, onOverlay, poke },
    scopeTest: compileScope,
  });
  const routes = createChatRoutes({ runtime, overlay, store, notices, clock, newId, log, onOverlay });
  const chat = createChat({
    ...{ runtime, overlay, store, events, mutes, routes, replayer, ready, clock, newId, log },
    acknowledger: createAcknowledger({ runtime, store, events, clock, newId, log }),
    tests: createTestMessages({
      ...{ runtime, store, clock, newId, onAccepted },
      samples: () => loadSamples(templateFolders(folders)),
    }),
    scopeTest: compileScope,
    linkedMessage: (platform, link) => platforms[platform].linkedMessage(link),
    commandStyle,
  });
  const inbounds = createInbounds({ chat, log, clock, newFaultId: () => newId('fault') });

  const reloader = createReloader({
    ...{ folders, env, first, log },
    alsoCheck: tls.problems,
    async apply(blueprint) {
      try {
        current = withOverlay(await build(blueprint), overlay.read());
      } catch (error) {
        await connections.discard();
        throw error;
      }
      dispatcher.reload();
      await routes.changed();
      await mutes.changed();
      overlayFile.tellUnknown();
      await inbounds.follow(blueprint.config);
      await tls.follow(blueprint.config);
      await watcher.follow(blueprint.files);
      await connections.release();
    },
    onState({ problems }) {
      metrics.configValid(problems.length === 0);
      if (problems.length === 0) return;
      operators.tell({
        event: 'config_refused',
        severity: 'warning',
        title: `The changed config has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}; the previous one stays in force`,
        detail: formatProblems(problems),
        about: formatProblems(problems),
      });
    },
  });

  const overlayFile = createOverlayReloader({
    overlay,
    log,
    unknownNames: () => unknownNames(overlay.read(), current),
    async apply() {
      onOverlay();
      await routes.changed();
      await mutes.changed();
    },
  });

  async function ready(): Promise<Readonly<Record<string, ReadyPart>>> {
    const { problems, templateProblems } = reloader.state;
    const writable = await store.writable().catch(() => false);
    return {
      store: { ok: writable, detail: writable ? 'writable' : 'cannot be written; is the disk full?' },
      config: {
        ok: problems.length === 0,
        detail: problems.length === 0 ? 'in force' : formatProblems(problems),
      },
      templates: {
        ok: true,
        detail: templateProblems.length === 0 ? 'good' : formatProblems(templateProblems),
      },
      overlay: overlayFile.state(),
      ...tls.health(),
      ...(await platformParts(current)),
      ...inbounds.health(),
    };
  }

  const server = await createServer({
    hooks: { runtime, receiver, store, clock, newId, metrics, log },
    health: { ready, metrics: metrics.text },
    api: {
      ...{ adminToken, runtime, store, events, replayer, mutes, routes, clock, newId, log },
      endOf: (text) => endOf(text, { now: clock.now(), zone: current.config.chatops.timeZone }),
      exportPatch: () => exportOverlay(overlay.read()),
      propose,
    },
    inbound: inbounds.handlerOf,
    tls,
  });
  /** Certificates are renewed also while an edit of the config is broken. */
  const reloadFiles = async (): Promise<void> => {
    await reloader.reload();
    await tls.reload();
  };
  const watcher = await watchConfig({
    dir: folders.config,
    files: first.files,
    onChange: reloadFiles,
    onError: (error) =>
      log.error('the config folder cannot be watched; SIGHUP still reloads it', { error: String(error) }),
  });
  const overlayWatcher = await watchConfig({
    dir: data,
    only: [OVERLAY_FILE],
    onChange: overlayFile.reload,
    onError: (error) => log.error(`${OVERLAY_FILE} cannot be watched for edits`, { error: String(error) }),
  });
  // Before the first hook can come: what was being sent at the last stop is told from what is sent from now on.
  await dispatcher.start();
  await routes.start();
  await mutes.start();
  overlayFile.tellUnknown();
  housekeeping.start();
  const address = await server.listen(options.host, options.port);
  // Last: whoever speaks to Bellhop finds all of it.
  await inbounds.follow(first.config);

  return {
    address,
    adminToken,
    runtime,
    async reload() {
      await reloadFiles();
      await overlayFile.reload();
    },
    async stop() {
      receiver.close();
      housekeeping.stop();
      await Promise.all([watcher.close(), overlayWatcher.close(), inbounds.stop()]);
      mutes.stop();
      routes.stop();
      // The door stays open meanwhile: whoever knocks is told 503 instead of finding nobody.
      await dispatcher.stop(SEND_GRACE_MS);
      await server.close(ANSWER_GRACE_MS);
      await connections.stop();
      await store.close();
      unlock();
    },
  };
}
