import { type Entry, keyOf } from '../happening.ts';
import { colon, count, excerpt, oneLine, spoken } from '../wording.ts';
import type { Family } from './family.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'release.published': { means: 'A release or a pre-release was published.', emoji: '🚀', tone: 'good' },
  'release.updated': { means: 'The name or the notes of a release changed.', emoji: '📝', tone: 'neutral' },
  'release.deleted': { means: 'A release was deleted.', emoji: '🗑️', tone: 'warning' },
};

export const release: Family = {
  events: EVENTS,
  read({ payload, actor, repo, place, action, name }) {
    const { release, repository } = payload;
    const entry = EVENTS[name];
    const tag = oneLine(release?.tag_name, 100);
    const title = oneLine(release?.name);
    const pre = release?.prerelease === true;
    const draft = release?.draft === true;
    const kind = pre ? 'pre-release' : 'release';
    const published = name === 'release.published';
    const deleted = name === 'release.deleted';
    const thing = `${tag === '' ? `a ${kind}` : `${kind} ${tag}`}${place}`;
    return {
      title: colon(`${actor} ${spoken(action) || 'changed'} ${thing}`, title === tag ? '' : title),
      url: deleted ? repository?.html_url : release?.html_url,
      key: keyOf('release', repo, tag === '' ? undefined : `@${tag}`),
      state: deleted ? 'deleted' : draft ? 'draft' : 'published',
      emoji: published && pre ? '🧪' : entry?.emoji,
      tone: published && pre ? 'info' : entry?.tone,
      labels: {
        tag,
        prerelease: release?.prerelease === undefined ? undefined : String(pre),
        draft: release?.draft === undefined ? undefined : String(draft),
      },
      facts: {
        tag,
        deleted,
        name: title,
        body: published ? excerpt(release?.body) : undefined,
        assets:
          deleted || release === undefined || release.assets.length === 0
            ? undefined
            : count(release.assets.length, 'file'),
      },
      at: published ? release?.published_at : undefined,
    };
  },
};
