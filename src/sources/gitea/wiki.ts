import type { Entry } from '../happening.ts';
import { oneLine, spoken } from '../wording.ts';
import type { Family } from './family.ts';
import { encodePath } from './refs.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'wiki.created': { means: 'A page of the wiki was written.', emoji: '📖' },
  'wiki.edited': { means: 'A page of the wiki changed.', emoji: '📝', tone: 'neutral' },
  'wiki.deleted': { means: 'A page of the wiki was removed.', emoji: '🗑️', tone: 'neutral' },
};

export const wiki: Family = {
  events: EVENTS,
  read({ payload, actor, place, action, name }) {
    const home = payload.repository?.html_url;
    const page = oneLine(decoded(payload.page ?? ''));
    const deleted = name === 'wiki.deleted';
    return {
      title: `${actor} ${spoken(action) || 'changed'} ${page === '' ? 'a wiki page' : `wiki page ${page.replaceAll('-', ' ')}`}${place}`,
      url: home === undefined ? undefined : `${home}/wiki${deleted || page === '' ? '' : `/${encodePath(page)}`}`,
      emoji: EVENTS[name]?.emoji,
      tone: EVENTS[name]?.tone,
      labels: { page },
      facts: { deleted },
    };
  },
};

/** Sent as it stands in its address: `Ring-the-bell`, `Q%26A`. */
function decoded(page: string): string {
  const start = page.slice(0, 1_000);
  try {
    return decodeURIComponent(start);
  } catch {
    return start;
  }
}
