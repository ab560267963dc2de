import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { type Folders, SHIPPED_TEMPLATES } from '../blueprint.ts';
import { CommandError } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { type Secret, toSecret } from '../core/secret.ts';
import type { LogOptions } from '../log.ts';

/** What the environment says; every command reads it the same way. */
export interface Settings {
  readonly folders: Folders;
  readonly data: string;
  readonly host: string;
  readonly port: number;
  readonly adminToken: Secret | undefined;
  readonly log: LogOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Every variable Bellhop reads by itself; the README's table is made from this. Others are read where the config names them. */
export const ENVIRONMENT = {
  PORT: { fallback: '3000', means: 'The port it listens on.' },
  HOST: {
    fallback: '127.0.0.1',
    means: 'The address it listens on. `0.0.0.0` for every network of the machine: put a proxy with TLS in front.',
  },
  BELLHOP_CONFIG: { fallback: 'config', means: 'The folder with the config files.' },
  BELLHOP_DATA: { fallback: 'data', means: 'The folder with the store and with the secrets that Bellhop makes.' },
  BELLHOP_TEMPLATES: {
    fallback: 'templates',
    means: 'A folder of your own templates and samples; its files take the place of the shipped ones.',
  },
  BELLHOP_ADMIN_TOKEN: {
    fallback: '',
    means: 'Opens the API. Default: made at the first start and kept in the data folder.',
  },
  BELLHOP_DATABASE_URL: { fallback: '', means: 'Refused when it is set: there is only the embedded store.' },
  LOG_LEVEL: { fallback: 'info', means: '`debug`, `info`, `warn`, `error` or `silent`.' },
  LOG_FORMAT: { fallback: '', means: '`pretty` or `json`. Default: `pretty` on a terminal, else `json`.' },
  NO_COLOR: { fallback: '', means: 'Any value: no colours.' },
} as const satisfies Record<string, { readonly fallback: string; readonly means: string }>;

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'];

/** Reads `.env` of the working folder, then the environment, which wins. Throws `CommandError` for a value that cannot be used. */
export function readSettings(): Settings {
  readEnvFile();
  const { env } = process;
  if (given(env.BELLHOP_DATABASE_URL) !== undefined) {
    throw new CommandError('BELLHOP_DATABASE_URL is set, but this version has only the embedded store; unset it.', 2);
  }
  const token = given(env.BELLHOP_ADMIN_TOKEN);
  return {
    folders: {
      // As it was written: mistakes are reported by this name.
      config: given(env.BELLHOP_CONFIG) ?? ENVIRONMENT.BELLHOP_CONFIG.fallback,
      templates: templatesFolder(given(env.BELLHOP_TEMPLATES)),
    },
    data: given(env.BELLHOP_DATA) ?? ENVIRONMENT.BELLHOP_DATA.fallback,
    host: given(env.HOST) ?? ENVIRONMENT.HOST.fallback,
    port: readPort(given(env.PORT) ?? ENVIRONMENT.PORT.fallback),
    adminToken: token === undefined ? undefined : toSecret(token),
    log: {
      level: oneOf('LOG_LEVEL', env.LOG_LEVEL, LEVELS) ?? ENVIRONMENT.LOG_LEVEL.fallback,
      format: oneOf('LOG_FORMAT', env.LOG_FORMAT, ['pretty', 'json']) ?? (process.stderr.isTTY ? 'pretty' : 'json'),
      colour: process.stderr.isTTY === true && given(env.NO_COLOR) === undefined,
    },
    env,
  };
}

const given = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value;

/** A folder that was named must be there; the usual one may be missing. */
function templatesFolder(named: string | undefined): string {
  if (named !== undefined && !existsSync(named))
    throw new CommandError(`BELLHOP_TEMPLATES is "${named}", and there is no such folder.`, 2);
  const folder = named ?? ENVIRONMENT.BELLHOP_TEMPLATES.fallback;
  return resolve(folder) === SHIPPED_TEMPLATES ? SHIPPED_TEMPLATES : folder;
}

function readEnvFile(): void {
  try {
    loadEnvFile('.env');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new CommandError(`.env cannot be read: ${String(error)}`, 2);
  }
}

function readPort(written: string): number {
  const port = Number(written);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new CommandError(`PORT is "${written}"; a number from 0 to 65535 was expected.`, 2);
}

function oneOf<Word extends string>(
  name: string,
  written: string | undefined,
  allowed: readonly Word[],
): Word | undefined {
  const value = given(written);
  if (value === undefined) return undefined;
  const word = allowed.find((known) => known === value);
  if (word !== undefined) return word;
  throw new CommandError(
    `${name} is "${value}"; one of ${allowed.join(', ')} was expected${didYouMean(value, allowed)}`,
    2,
  );
}
