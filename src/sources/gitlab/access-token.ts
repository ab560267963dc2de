import { type Entry, keyOf } from '../happening.ts';
import { day } from '../human-time.ts';
import { oneLine } from '../wording.ts';
import { type Family, pageOf } from './family.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'access_token.expiring': {
    means: 'An access token of a project or a group expires soon.',
    emoji: '🔑',
    tone: 'warning',
  },
};

export const accessToken: Family = {
  events: EVENTS,
  action: ({ event_name: name }) => (name?.startsWith('expiring') === true ? 'expiring' : undefined),
  read({ payload, name, repo, scope, home }) {
    const { id, name: called, expires_at: end } = payload.object_attributes ?? {};
    const { group } = payload;
    const inGroup = oneLine(group?.full_path || group?.group_path || group?.group_name, 150);
    const owner = repo || inGroup;
    const token = oneLine(called, 80);
    const on = end === undefined ? undefined : day(new Date(end.slice(0, 40)));
    const says = name === 'access_token.expiring' ? `expires ${on === undefined ? 'soon' : `on ${on}`}` : 'changed';
    const number = /^\d{1,20}$/.test(id ?? '') ? `#${id}` : undefined;
    return {
      title: `${token === '' ? 'An access token' : `Access token ${token}`}${owner === '' ? '' : ` of ${owner}`} ${says}`,
      url: pageOf(home, 'settings/access_tokens'),
      key: keyOf('token', scope || inGroup, number),
      severity: 'warning',
      emoji: '🔑',
      tone: 'warning',
      labels: { token, group: inGroup },
      facts: { token, expires: on },
    };
  },
};
