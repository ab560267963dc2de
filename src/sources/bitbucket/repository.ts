import type { Entry } from '../happening.ts';
import { oneLine, spoken } from '../wording.ts';
import type { Context, Family } from './family.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'repo.forked': { means: 'A repository was forked (Cloud: `repo:fork`).', emoji: '🍴' },
  'repo.updated': {
    means: 'A repository was renamed, moved or described otherwise (Data Center: `repo:modified`).',
    emoji: '📝',
    tone: 'neutral',
  },
};

export const repository: Family = {
  events: EVENTS,
  read(context) {
    const { name, report, actor, repo } = context;
    const thing = repo || 'a repository';
    const fork = oneLine(report.fork?.repo, 100);
    const isFork = name === 'repo.forked';
    return {
      title: `${actor} ${isFork ? `forked ${thing}${fork === '' || fork === repo ? '' : ` to ${fork}`}` : edited(context, thing)}`,
      url: (isFork ? report.fork?.url : undefined) ?? report.home,
      emoji: EVENTS[name]?.emoji,
      tone: EVENTS[name]?.tone,
      labels: { fork },
    };
  },
};

/** `renamed acme/bells to acme/api`, `changed the description and website of acme/api`. */
function edited({ report: { edits } }: Context, thing: string): string {
  const moved = edits.find(({ field }) => field === 'full_name');
  const [before, after] = [oneLine(moved?.before, 100), oneLine(moved?.after, 100)];
  if (before !== '' && after !== '') return `renamed ${before} to ${after}`;
  const fields = edits
    .map(({ field }) => spoken(oneLine(field, 40)))
    .filter((field) => field !== '' && field !== 'links')
    .slice(0, 5);
  if (fields.length === 0) return `changed the settings of ${thing}`;
  const last = fields.at(-1);
  return `changed the ${fields.length === 1 ? last : `${fields.slice(0, -1).join(', ')} and ${last}`} of ${thing}`;
}

export const ping: Family = {
  events: {
    'diagnostics.ping': {
      means: 'Data Center says hello when somebody presses **Test connection**.',
      emoji: '👋',
      tone: 'good',
    },
  },
  read: ({ repo }) => ({
    title: `Bitbucket is connected${repo === '' ? '' : ` for ${repo}`}`,
    emoji: '👋',
    tone: 'good',
  }),
};
