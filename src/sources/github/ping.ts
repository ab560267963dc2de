import type { Entry, Family } from './family.ts';
import { oneLine } from './wording.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  ping: { means: 'GitHub says hello after the webhook was set up.', emoji: '👋', tone: 'good' },
};

export const ping: Family = {
  events: EVENTS,
  read({ payload, repo, name }) {
    const whose = repo || oneLine(payload.organization?.login);
    const events = payload.hook?.events ?? [];
    return {
      title: `GitHub is connected${whose === '' ? '' : ` for ${whose}`}`,
      url: payload.repository?.html_url,
      emoji: EVENTS[name]?.emoji,
      tone: EVENTS[name]?.tone,
      facts: {
        zen: oneLine(payload.zen),
        events: events.includes('*')
          ? 'all'
          : events
              .map((event) => oneLine(event, 60))
              .slice(0, 10)
              .join(', '),
      },
    };
  },
};
