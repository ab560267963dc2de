import type { Entry } from '../happening.ts';
import { colon, excerpt } from '../wording.ts';
import { aboutPullRequest } from './about-pull-request.ts';
import { type Family, loginOf, openedBy } from './family.ts';

interface ReviewEntry extends Entry {
  readonly says: string;
  readonly state: string;
}

const EVENTS: Readonly<Record<string, ReviewEntry>> = {
  pull_request_review_approved: {
    means: 'A review approved a pull request.',
    emoji: '✅',
    tone: 'good',
    says: 'approved',
    state: 'approved',
  },
  pull_request_review_rejected: {
    means: 'A review asked for changes of a pull request.',
    emoji: '🔁',
    tone: 'warning',
    says: 'requested changes on',
    state: 'changes_requested',
  },
  pull_request_review_comment: {
    means: 'A review commented on a pull request without a verdict.',
    emoji: '💬',
    says: 'reviewed',
    state: 'commented',
  },
};

/** The payload has the review’s kind and its text; who wrote it is the sender, and it has no address of its own. */
export const pullRequestReview: Family = {
  events: EVENTS,
  read(context) {
    const { payload, actor, name } = context;
    const { pull_request: pull, review } = payload;
    const entry = EVENTS[name];
    const about = aboutPullRequest(context);
    const opener = loginOf(pull?.user);
    return {
      title: colon(`${actor} ${entry?.says ?? 'reviewed'} ${about.thing}`, about.title),
      url: pull?.html_url,
      key: about.key,
      state: entry?.state,
      emoji: entry?.emoji,
      tone: entry?.tone,
      labels: { ...about.labels, reviewer: loginOf(payload.sender) },
      facts: {
        ...about.facts,
        context: opener === actor ? undefined : openedBy(opener),
        body: excerpt(review?.content),
      },
    };
  },
};
