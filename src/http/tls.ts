import type { Socket } from 'node:net';
import { type SecureContextOptions, TLSSocket, type TlsOptions } from 'node:tls';
import type { Clock } from '../core/clock.ts';
import type { Config, TlsConfig } from '../core/config.ts';
import { ConfigError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { formatProblems, type Problem } from '../core/problem.ts';
import type { ReadyPart } from './health.ts';
import { dayOf, readTls, secureContextOf, type TlsMaterial } from './tls-files.ts';

/** The server's own TLS: which certificate is in force, and what becomes of it when its files change. */
export interface ServerTls {
  /** What a new HTTPS server starts with; undefined while the config asks for plain HTTP. */
  options(): TlsOptions | undefined;
  /** Called with each renewed certificate; open connections go on with the one they began with. */
  onRenewed(take: (context: SecureContextOptions) => void): void;
  /** What is wrong with the files that a changed config names. Files it named before are `reload`'s: broken, they hold back no edit. */
  problems(config: Config): Promise<readonly Problem[]>;
  /** Another config is in force. */
  follow(config: Config): Promise<void>;
  /** Reads the files again; never throws. Broken ones change nothing. */
  reload(): Promise<void>;
  /** `/readyz`'s part; empty without TLS. */
  health(): { readonly tls?: ReadyPart };
}

/** What is wrong with the files of `server.tls`, for whoever reads a config for the first time. */
export async function tlsProblems({ server }: Config, now: Date): Promise<readonly Problem[]> {
  return server.tls === undefined ? [] : (await readTls(server.tls, now)).problems;
}

/** Reads the files the config names. @throws ConfigError when they cannot be used. */
export async function openTls(context: {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<ServerTls> {
  const { clock, log } = context;
  let settings = context.config.server.tls;
  let material = await readFirst(settings, clock.now());
  let broken: string | undefined;
  /** Whether the config asks for what a listening server cannot become. */
  let waits = false;
  let renewed: (context: SecureContextOptions) => void = () => {};

  let turn: Promise<void> = Promise.resolve();

  /** One after the other: what was read first must not take the place of what was read last. */
  function reload(): Promise<void> {
    turn = turn.then(readAgain);
    return turn;
  }

  async function readAgain(): Promise<void> {
    if (settings === undefined || material === undefined) return;
    const read = await readTls(settings, clock.now());
    if (read.material === undefined) {
      const detail = formatProblems(read.problems);
      if (detail !== broken) log.error(`the certificate is not renewed; the one of before stays\n${detail}`);
      broken = detail;
      return;
    }
    broken = undefined;
    if (isSame(read.material, material)) return;
    renewed(secureContextOf(read.material));
    material = read.material;
    log.info('a renewed certificate is in force', { validUntil: dayOf(material.validUntil) });
  }

  return {
    options: () =>
      material && {
        ...secureContextOf(material),
        // Asked of everybody and demanded of nobody here: only sources with `clientCertificate` do.
        requestCert: material.clientCa !== undefined,
        rejectUnauthorized: false,
        handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      },
    onRenewed(take) {
      renewed = take;
    },
    problems: async (config) => (isSame(config.server.tls, settings) ? [] : tlsProblems(config, clock.now())),
    async follow({ server: { tls: wanted } }) {
      waits = formOf(wanted) !== formOf(settings);
      if (waits) return log.warn(WAITS);
      settings = wanted;
      await reload();
    },
    reload,
    health() {
      const later = waits ? [WAITS] : [];
      if (material === undefined) return waits ? { tls: { ok: true, detail: WAITS } } : {};
      const { validUntil } = material;
      const inForce = `${validUntil > clock.now() ? 'valid until' : 'expired on'} ${dayOf(validUntil)}`;
      if (broken === undefined)
        return { tls: { ok: validUntil > clock.now(), detail: [inForce, ...later].join('; ') } };
      return { tls: { ok: false, detail: [`${broken}\nthe one of before stays, ${inForce}`, ...later].join('; ') } };
    },
  };
}

/** Whoever opens a connection and says nothing only holds memory. */
const HANDSHAKE_TIMEOUT_MS = 20_000;
const WAITS = 'server.tls or its clientCa came or went; that takes effect when Bellhop is started again';

async function readFirst(tls: TlsConfig | undefined, now: Date): Promise<TlsMaterial | undefined> {
  if (tls === undefined) return undefined;
  const { material, problems } = await readTls(tls, now);
  if (material === undefined) throw new ConfigError(problems);
  return material;
}

const formOf = (tls: TlsConfig | undefined): string =>
  tls === undefined ? 'http' : tls.clientCa === undefined ? 'https' : 'https, asking for certificates';

const isSame = (one: object | undefined, other: object | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** The subject of the certificate by which the client proved itself: `O=Acme\, Inc., CN=hooks`. Undefined unless it was verified. */
export function clientSubjectOf(socket: Socket): string | undefined {
  if (!(socket instanceof TLSSocket) || !socket.authorized) return undefined;
  // A session that is resumed counts as authorized even when no certificate was ever shown.
  const subject = socket.getPeerX509Certificate()?.subject;
  return subject === undefined || subject === '' ? undefined : subject.replaceAll('\n', ', ');
}
