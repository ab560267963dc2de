import type { Entry, Family } from './family.ts';
import { count, inBrackets } from './wording.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'star.created': { means: 'Somebody starred the repository.', emoji: '⭐' },
  'star.deleted': { means: 'Somebody took the star back.', emoji: '⭐', tone: 'neutral' },
};

export const star: Family = {
  events: EVENTS,
  read({ payload, actor, repo, name }) {
    const stars = payload.repository?.stargazers_count;
    const says = name === 'star.deleted' ? 'unstarred' : 'starred';
    return {
      title: `${actor} ${says} ${repo || 'the repository'}${inBrackets(stars === undefined ? undefined : count(stars, 'star'))}`,
      url: payload.repository?.html_url,
      emoji: EVENTS[name]?.emoji,
      tone: EVENTS[name]?.tone,
      facts: { stars },
      at: payload.starred_at,
    };
  },
};
