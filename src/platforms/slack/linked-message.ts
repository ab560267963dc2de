import type { MessagePlace } from '../../core/platform.ts';

const TEAM_HOST = /^[a-z0-9-]+(?:\.enterprise)?\.slack(?:-gov)?\.com$/;
/** `/archives/C0123/p1700000000000100`: the `ts` without its dot, six digits behind it. */
const ARCHIVED = /^\/archives\/([CDG][A-Z0-9]{2,})\/p(\d{10})(\d{6})\/?$/;

/** The message that “Copy link” of Slack leads to, in a thread or not; undefined when it is no such link. */
export function linkedMessage({ protocol, hostname, pathname }: URL): MessagePlace | undefined {
  const [, channel, seconds, rest] = ARCHIVED.exec(pathname) ?? [];
  if (protocol !== 'https:' || !TEAM_HOST.test(hostname) || channel === undefined) return undefined;
  return { channel, message: `${seconds}.${rest}` };
}
