import type { Entry } from '../happening.ts';
import { inBrackets, oneLine, spoken } from '../wording.ts';
import { type Family, pageOf } from './family.ts';

interface PageEntry extends Entry {
  readonly says: string;
}

const EVENTS: Readonly<Record<string, PageEntry>> = {
  'wiki_page.create': { means: 'A page of the wiki was written.', emoji: '📖', says: 'created' },
  'wiki_page.update': { means: 'A page of the wiki changed.', emoji: '📝', tone: 'neutral', says: 'edited' },
  'wiki_page.delete': { means: 'A page of the wiki was removed.', emoji: '🗑️', tone: 'neutral', says: 'deleted' },
};

export const wikiPage: Family = {
  events: EVENTS,
  read({ payload, actor, action, name, place, home }) {
    const page = payload.object_attributes;
    const entry = EVENTS[name];
    const title = oneLine(page?.title, 100);
    const deleted = name === 'wiki_page.delete';
    const message = oneLine(page?.message);
    const thing = title === '' ? 'a wiki page' : `wiki page ${title}`;
    return {
      title: `${actor} ${entry?.says ?? 'changed'} ${thing}${place}${entry === undefined ? inBrackets(spoken(action)) : ''}`,
      url: deleted ? pageOf(home, 'wikis') : page?.url,
      emoji: entry?.emoji,
      tone: entry?.tone,
      labels: { page: page?.slug ?? page?.title },
      facts: {
        deleted,
        // Unless somebody writes one, the wiki does, and it says what the title says.
        message: MADE_UP.test(message) ? undefined : message,
        diff: name === 'wiki_page.update' ? page?.diff_url : undefined,
      },
    };
  },
};

const MADE_UP = /^(?:create|update|delete)d? (?:page )?/i;
