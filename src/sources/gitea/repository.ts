import type { Entry } from '../happening.ts';
import { spoken } from '../wording.ts';
import type { Family } from './family.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'repository.created': { means: 'A repository was created.', emoji: '📦', tone: 'good' },
  'repository.deleted': { means: 'A repository was deleted.', emoji: '🗑️', tone: 'warning' },
};

export const repository: Family = {
  events: EVENTS,
  read({ payload, actor, repo, action, name }) {
    const deleted = name === 'repository.deleted';
    const home = payload.repository?.html_url;
    return {
      title: `${actor} ${spoken(action) || 'changed'} ${repo === '' ? 'a repository' : `repository ${repo}`}`,
      // The page of the one that is gone answers 404.
      url: deleted ? ownerUrl(home) : home,
      severity: deleted ? 'warning' : 'info',
      emoji: EVENTS[name]?.emoji,
      tone: EVENTS[name]?.tone,
      facts: { deleted },
    };
  },
};

/** `https://git.example.com/acme` of `https://git.example.com/acme/api`. */
const ownerUrl = (home: string | undefined): string | undefined =>
  /^(https?:\/\/.+\/[^/]+)\/[^/]+\/?$/.exec(home ?? '')?.[1];
