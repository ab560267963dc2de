import type { Entry, Family } from './family.ts';
import { aboutPullRequest, openedBy } from './pull-request.ts';
import { colon, excerpt, oneLine, spoken } from './wording.ts';

const REVIEW_EVENTS: Readonly<Record<string, Entry>> = {
  'pull_request_review.submitted': {
    means: 'A review was given; its state is `approved`, `changes_requested` or `commented`.',
    emoji: '💬',
  },
  'pull_request_review.dismissed': { means: 'A review no longer counts.', emoji: '🚫', tone: 'neutral' },
  'pull_request_review.edited': { means: 'The text of a review changed.', emoji: '📝', tone: 'neutral' },
};

const VERDICTS: Readonly<Record<string, { readonly says: string } & Pick<Entry, 'emoji' | 'tone'>>> = {
  approved: { says: 'approved', emoji: '✅', tone: 'good' },
  changes_requested: { says: 'requested changes on', emoji: '🔁', tone: 'warning' },
  commented: { says: 'reviewed', emoji: '💬' },
};

export const pullRequestReview: Family = {
  events: REVIEW_EVENTS,
  read(context) {
    const { payload, actor, action, name } = context;
    const review = payload.review;
    const about = aboutPullRequest(context);
    const entry = REVIEW_EVENTS[name];
    const reviewer = oneLine(review?.user?.login) || 'somebody';
    const given = review?.state?.toLowerCase();
    const state = given !== undefined && Object.hasOwn(VERDICTS, given) ? given : undefined;
    const verdict = name === 'pull_request_review.submitted' ? VERDICTS[state ?? 'commented'] : undefined;
    const said =
      verdict?.says ?? `${spoken(action) || 'changed'} ${reviewer === actor ? 'a' : `${reviewer}’s`} review of`;
    return {
      title: colon(`${actor} ${said} ${about.thing}`, about.title),
      url: review?.html_url ?? payload.pull_request?.html_url,
      key: about.key,
      state: name === 'pull_request_review.dismissed' ? 'dismissed' : state,
      emoji: verdict?.emoji ?? entry?.emoji,
      tone: verdict?.tone ?? entry?.tone,
      labels: { ...about.labels, reviewer: review?.user?.login },
      facts: {
        ...about.facts,
        reviewer,
        context: about.facts.opener === reviewer ? undefined : openedBy(about.facts.opener),
        verdict: state === undefined ? undefined : spoken(state),
        body: action === 'dismissed' ? undefined : excerpt(review?.body),
      },
      at: name === 'pull_request_review.submitted' ? review?.submitted_at : undefined,
    };
  },
};

const COMMENT_EVENTS: Readonly<Record<string, Entry>> = {
  'pull_request_review_comment.created': { means: 'Somebody commented on a line of a pull request.', emoji: '💬' },
  'pull_request_review_comment.edited': { means: 'A comment on a line changed.', emoji: '📝', tone: 'neutral' },
  'pull_request_review_comment.deleted': { means: 'A comment on a line was removed.', emoji: '🗑️', tone: 'neutral' },
};

export const pullRequestReviewComment: Family = {
  events: COMMENT_EVENTS,
  read(context) {
    const { payload, actor, action } = context;
    const comment = payload.comment;
    const about = aboutPullRequest(context);
    const entry = COMMENT_EVENTS[context.name];
    const path = oneLine(comment?.path, 80);
    const line = comment?.line ?? comment?.original_line;
    const said = action === 'created' ? 'commented on' : `${spoken(action) || 'changed'} a comment on`;
    return {
      title: colon(
        `${actor} ${said} ${path === '' ? 'the code' : path} in ${about.thing.replace(' in ', ' of ')}`,
        about.title,
      ),
      url:
        action === 'deleted' ? payload.pull_request?.html_url : (comment?.html_url ?? payload.pull_request?.html_url),
      key: about.key,
      emoji: entry?.emoji,
      tone: entry?.tone,
      labels: about.labels,
      facts: {
        ...about.facts,
        line: path === '' ? undefined : line,
        deleted: action === 'deleted',
        body: action === 'deleted' ? undefined : excerpt(comment?.body),
      },
      at: action === 'deleted' ? undefined : (comment?.updated_at ?? comment?.created_at),
    };
  },
};
