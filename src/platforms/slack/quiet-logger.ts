import type { webApi } from '@slack/bolt';
import type { Log } from '../../core/log.ts';

/**
 * What Slack's clients say, at `debug`: their warnings repeat what Bellhop says in its own words, and what they say at
 * `debug` holds whole messages and is dropped.
 */
export function quietLogger(log: Log, level: webApi.LogLevel): webApi.Logger {
  const tell = (...parts: readonly unknown[]) =>
    log.debug('slack client', { said: parts.map(String).join(' ').slice(0, 300) });
  return {
    debug: () => {},
    info: () => {},
    warn: tell,
    error: tell,
    setLevel: () => {},
    getLevel: () => level,
    setName: () => {},
  };
}
