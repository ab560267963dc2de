import { capital, colon, excerpt, oneLine, refName, shortSha, spoken, tookText } from '../wording.ts';
import { aboutPullRequest } from './about-pull-request.ts';
import { type Family, loginOf, openedBy, type SayingEntry } from './family.ts';
import type { Payload } from './payloads.ts';
import { threadEvents } from './thread.ts';

const EVENTS: Readonly<Record<string, SayingEntry>> = {
  ...threadEvents('pull_request', 'a pull request'),
  'pull_request.closed': {
    means: 'A pull request was closed without being merged.',
    emoji: '🔴',
    tone: 'neutral',
    card: true,
    says: (thing) => `closed ${thing}`,
  },
  'pull_request.merged': {
    means: 'A pull request was merged (`closed` is sent, with `merged: true`).',
    emoji: '🟣',
    tone: 'good',
    card: true,
    says: (thing) => `merged ${thing}`,
  },
  'pull_request.synchronized': {
    means: 'Commits were pushed to a pull request’s branch.',
    emoji: '🔄',
    tone: 'neutral',
    says: (thing) => `pushed to ${thing}`,
  },
  'pull_request.review_requested': {
    means: 'Somebody was asked for a review.',
    emoji: '👀',
    says: (thing, payload) => `asked ${reviewerOf(payload)} to review ${thing}`,
  },
  'pull_request.review_request_removed': {
    means: 'Somebody need not review any more.',
    emoji: '👀',
    tone: 'neutral',
    says: (thing, payload) => `no longer asks ${reviewerOf(payload)} to review ${thing}`,
  },
};

export const pullRequest: Family = {
  events: EVENTS,
  action: ({ action, pull_request }) => (action === 'closed' && pull_request?.merged === true ? 'merged' : action),
  read(context) {
    const { payload, actor, name } = context;
    const { pull_request: pull, changes } = payload;
    const entry = EVENTS[name];
    const about = aboutPullRequest(context);
    const newDraft = name === 'pull_request.opened' && about.state === 'draft';
    const thing = newDraft ? `draft ${about.thing}` : about.thing;
    const said = entry?.says(thing, payload) ?? `${spoken(context.action) || 'changed'} ${thing}`;
    const closed = name === 'pull_request.closed' || name === 'pull_request.merged';
    return {
      title: colon(`${actor} ${said}`, about.title),
      url: pull?.html_url,
      key: about.key,
      state: about.state,
      closes: closed,
      emoji: newDraft ? '📝' : entry?.emoji,
      tone: newDraft ? 'neutral' : entry?.tone,
      labels: { ...about.labels, reviewer: loginOf(payload.requested_reviewer) },
      facts: {
        ...about.facts,
        card: entry?.card === true,
        labelsToo: entry?.card === true || name === 'pull_request.label_updated',
        ...(entry?.body === true ? { body: excerpt(pull?.body) } : {}),
        formerTitle: oneLine(changes?.title?.from),
        formerBase: refName(changes?.ref?.from),
        base: refName(pull?.base?.ref ?? pull?.base_branch),
        head: name === 'pull_request.synchronized' ? shortSha(pull?.head?.sha) : undefined,
        context: closed ? age(pull, actor) : undefined,
      },
      at: pull?.updated_at ?? pull?.created_at,
    };
  },
};

const reviewerOf = ({ requested_reviewer: reviewer }: Payload): string => loginOf(reviewer) ?? 'somebody';

/** `Opened by mona · open for 3 d 4 h`, of something that has just ended; the opener only where the title does not name them. */
function age(pull: Payload['pull_request'], actor: string): string {
  const opener = loginOf(pull?.user);
  const open = tookText(pull?.created_at, pull?.merged_at ?? pull?.closed_at);
  const parts = [opener === actor ? undefined : openedBy(opener), open && `open for ${open}`];
  return capital(parts.filter(Boolean).join(' · '));
}
