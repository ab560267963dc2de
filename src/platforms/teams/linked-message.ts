import type { MessagePlace } from '../../core/platform.ts';
import { channelOf } from './conversation-id.ts';

/** https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges */
const HOSTS: ReadonlySet<string> = new Set([
  'teams.microsoft.com',
  'teams.cloud.microsoft',
  'gov.teams.microsoft.us',
  'dod.teams.microsoft.us',
]);
/** `/l/message/19%3A…%40thread.tacv2/1700000000001` */
const MESSAGE = /^\/l\/message\/([^/]{1,1000})\/(\d{1,20})\/?$/;

/** The message that “Copy link” of Teams leads to, in a thread or not; undefined when it is no such link. */
export function linkedMessage({ protocol, hostname, pathname }: URL): MessagePlace | undefined {
  const [, written, message] = MESSAGE.exec(pathname) ?? [];
  if (protocol !== 'https:' || !HOSTS.has(hostname) || written === undefined || message === undefined) return undefined;
  const channel = channelOf(decoded(written));
  return channel === '' ? undefined : { channel, message };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
