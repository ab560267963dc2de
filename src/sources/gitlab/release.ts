import { type Entry, keyOf } from '../happening.ts';
import { colon, count, excerpt, inBrackets, oneLine, spoken } from '../wording.ts';
import { type Family, pageOf } from './family.ts';

interface ReleaseEntry extends Entry {
  readonly says: string;
}

const EVENTS: Readonly<Record<string, ReleaseEntry>> = {
  'release.create': { means: 'A release was published.', emoji: '🚀', tone: 'good', says: 'was published' },
  'release.update': {
    means: 'The name, the notes or the files of a release changed.',
    emoji: '📝',
    tone: 'neutral',
    says: 'was changed',
  },
  'release.delete': { means: 'A release was deleted.', emoji: '🗑️', tone: 'warning', says: 'was deleted' },
};

/** Its payload does not say who did it. */
export const release: Family = {
  events: EVENTS,
  action: ({ action }) => action,
  read({ payload, action, name, place, scope, home }) {
    const entry = EVENTS[name];
    const tag = oneLine(typeof payload.tag === 'string' ? payload.tag : undefined, 100);
    const title = oneLine(payload.name);
    const deleted = name === 'release.delete';
    const files = payload.assets?.links.length ?? 0;
    const says = entry?.says ?? `was changed${inBrackets(spoken(action))}`;
    return {
      title: colon(`${tag === '' ? 'A release' : `Release ${tag}`} ${says}${place}`, title === tag ? '' : title),
      url: deleted ? pageOf(home, 'releases') : payload.url,
      key: keyOf('release', scope, tag === '' ? undefined : `@${tag}`),
      state: deleted ? 'deleted' : 'published',
      emoji: entry?.emoji,
      tone: entry?.tone,
      labels: { tag },
      facts: {
        tag,
        name: title,
        deleted,
        body: name === 'release.create' ? excerpt(payload.description) : undefined,
        assets: deleted || files === 0 ? undefined : count(files, 'file'),
      },
      at: name === 'release.create' ? (payload.released_at ?? payload.created_at) : undefined,
    };
  },
};
