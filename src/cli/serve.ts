import { type App, startApp } from '../app.ts';
import { systemClock } from '../core/clock.ts';
import type { Config } from '../core/config.ts';
import { CommandError } from '../core/errors.ts';
import { createLog } from '../log.ts';
import { readSettings, type Settings } from './settings.ts';

/** `bellhop serve`: runs until SIGTERM or SIGINT, then exits 0. */
export async function serve(): Promise<void> {
  const settings = readSettings();
  const log = createLog(settings.log);
  const { adminToken, ...rest } = settings;
  // From the first moment: an early SIGHUP would end the process, an early SIGTERM would not end it well.
  const signals = listenToSignals();
  const app = await startApp({
    ...rest,
    ...(adminToken === undefined ? {} : { adminToken }),
    log,
    print: (text) => process.stdout.write(`${text}\n`),
    clock: systemClock,
    random: Math.random,
  }).catch((error: unknown) => {
    throw portTaken(error, settings) ?? error;
  });
  signals.onReload(() => void app.reload());
  process.stdout.write(greeting(app, settings));
  await signals.stop;
  await app.stop();
}

function portTaken(error: unknown, { port, host }: Settings): CommandError | undefined {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return new CommandError(`Port ${port} is taken; stop what listens there, or choose another with PORT=3001.`);
  if (code === 'EACCES')
    return new CommandError(`Port ${port} may not be used by this account; choose one above 1023 with PORT=3000.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new CommandError(`HOST is "${host}", which is no address of this machine.`);
  return undefined;
}

/** What a person sees after the start: where to look, and one line to try it with. */
function greeting(app: App, settings: Settings): string {
  const { config } = app.runtime();
  const host = ['0.0.0.0', '::', '127.0.0.1'].includes(app.address.host) ? 'localhost' : app.address.host;
  const { tls, publicUrl } = config.server;
  const listening = `${tls === undefined ? 'http' : 'https'}://${host}:${app.address.port}`;
  // A certificate is made for the public name and not for localhost.
  const base = tls === undefined ? listening : (publicUrl ?? listening);
  const lines = [
    `Bellhop listens on ${listening}`,
    '',
    `  Console   ${base}/console#token=${app.adminToken.reveal()}`,
    `  Config    ${settings.folders.config} (${counts(config)})`,
    `  Data      ${settings.data}`,
  ];
  const sample = firstSample(config);
  if (sample !== undefined) {
    lines.push(
      '',
      'Send it a signed sample, from another terminal in this folder:',
      '',
      `  npx bellhop send ${sample} --to ${base}`,
    );
  }
  return `${lines.join('\n')}\n\n`;
}

function counts({ sources, channels, routes }: Config): string {
  const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  return [
    count(Object.keys(sources).length, 'source'),
    count(routes.length, 'route'),
    count(Object.keys(channels).length, 'channel'),
  ].join(', ');
}

/** A sample for the first source that has shipped ones. */
function firstSample(config: Config): string | undefined {
  const types = new Set(Object.values(config.sources).map((source) => source.type));
  return ['github/push', 'stripe/invoice.payment_failed', 'alertmanager/alert.firing'].find((sample) =>
    types.has(sample.split('/')[0] ?? ''),
  );
}

/** `stop` resolves at the first SIGTERM or SIGINT; the second one ends the process at once. */
function listenToSignals(): { readonly stop: Promise<void>; onReload(reload: () => void): void } {
  let reload = (): void => {};
  process.on('SIGHUP', () => reload());
  const stop = new Promise<void>((done) => {
    let stopping = false;
    const end = (): void => {
      if (stopping) process.exit(130);
      stopping = true;
      process.stderr.write('Stopping: finishing what is being sent. Once more stops at once.\n');
      done();
    };
    process.on('SIGTERM', end);
    process.on('SIGINT', end);
  });
  return {
    stop,
    onReload(next) {
      reload = next;
    },
  };
}
