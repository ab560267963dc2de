import type { Entry } from '../happening.ts';
import { oneLine, words } from '../wording.ts';
import type { Family } from './family.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  fork: { means: 'Somebody forked the repository; the label `fork` is the copy.', emoji: '🍴', tone: 'neutral' },
};

export const fork: Family = {
  events: EVENTS,
  read({ payload, actor, repo, name }) {
    const copy = oneLine(payload.repository?.full_name, 201);
    const isCopy = copy !== '' && copy !== repo;
    return {
      title: words(actor, 'forked', repo || 'a repository', isCopy ? `to ${copy}` : undefined),
      url: payload.repository?.html_url,
      emoji: EVENTS[name]?.emoji,
      tone: EVENTS[name]?.tone,
      labels: { fork: isCopy ? copy : undefined },
      facts: {},
    };
  },
};
