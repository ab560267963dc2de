import type { Entry } from '../happening.ts';
import { colon, excerpt, spoken } from '../wording.ts';
import type { Family } from './family.ts';
import { aboutIssue } from './issues.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'issue_comment.created': {
    means: 'Somebody commented on an issue or a pull request; the label `on` says which.',
    emoji: '💬',
  },
  'issue_comment.edited': { means: 'A comment changed.', emoji: '📝', tone: 'neutral' },
  'issue_comment.deleted': { means: 'A comment was removed.', emoji: '🗑️', tone: 'neutral' },
};

/** Carries the key of what is commented on, but no state: a comment says nothing about that. */
export const issueComment: Family = {
  events: EVENTS,
  read(context) {
    const { payload, actor, action, name } = context;
    const { comment, issue } = payload;
    const about = aboutIssue(context);
    const gone = action === 'deleted';
    const said = action === 'created' ? 'commented on' : `${spoken(action) || 'changed'} a comment on`;
    return {
      title: colon(`${actor} ${said} ${about.thing}`, about.title),
      url: gone ? issue?.html_url : (comment?.html_url ?? issue?.html_url),
      key: about.key,
      emoji: EVENTS[name]?.emoji,
      tone: EVENTS[name]?.tone,
      labels: { ...about.labels, on: about.isPull ? 'pull_request' : 'issue' },
      facts: { ...about.facts, deleted: gone, body: gone ? undefined : excerpt(comment?.body) },
      at: gone ? undefined : (comment?.updated_at ?? comment?.created_at),
    };
  },
};
