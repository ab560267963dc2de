import type { MessagePlace } from '../../core/platform.ts';

const HOST = /^(?:(?:www|ptb|canary)\.)?discord(?:app)?\.com$/;
/** The server's id, or `@me` in private; then the channel's and the message's. */
const MESSAGE = /^\/channels\/(?:\d{1,20}|@me)\/(\d{1,20})\/(\d{1,20})\/?$/;

/** The message that “Copy Message Link” of Discord leads to; undefined when it is no such link. */
export function linkedMessage({ protocol, hostname, pathname }: URL): MessagePlace | undefined {
  const [, channel, message] = MESSAGE.exec(pathname) ?? [];
  if (protocol !== 'https:' || !HOST.test(hostname) || channel === undefined || message === undefined) return undefined;
  return { channel, message };
}
