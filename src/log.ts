import { pino } from 'pino';
import pretty from 'pino-pretty';
import type { Log } from './core/log.ts';

export interface LogOptions {
  readonly level: string;
  /** `pretty` for people, `json` for machines. */
  readonly format: 'pretty' | 'json';
  readonly colour: boolean;
}

/** Structured logs on standard error, a line each; standard output stays free for what a command prints. */
export function createLog({ level, format, colour }: LogOptions): Log {
  const destination =
    format === 'json'
      ? pino.destination({ dest: 2, sync: true })
      : pretty({
          destination: 2,
          sync: true,
          colorize: colour,
          ignore: 'pid,hostname',
          translateTime: 'SYS:HH:MM:ss',
          singleLine: true,
        });
  // A full disk or a closed pipe behind the log must not end the server.
  destination.on('error', () => {});
  const logger = pino({ level, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
  };
}
