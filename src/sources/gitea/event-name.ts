import type { Hook } from '../../core/hook.ts';
import type { Payload } from './payloads.ts';

/** Forgejo sends its own, Gitea’s and Gogs’ names of one header, Gitea the latter two and GitHub’s, Gogs only its own. */
export const EVENT_HEADERS = ['x-gitea-event', 'x-forgejo-event', 'x-gogs-event', 'x-github-event'] as const;

export const DELIVERY_HEADERS = [
  'x-gitea-delivery',
  'x-forgejo-delivery',
  'x-gogs-delivery',
  'x-github-delivery',
] as const;

/** The first that says something; a header may be there and empty. */
export const firstOf = ({ headers }: Hook, names: readonly string[]): string | undefined =>
  names.map((name) => headers[name]?.trim()).find((value) => value !== undefined && value !== '');

/**
 * What the headers name. The finer `-Event-Type` speaks only where the other is empty, as it is for packages in several
 * versions: what it adds (`issue_label`) the action says better.
 */
export const sentEvent = (hook: Hook): string | undefined =>
  firstOf(hook, EVENT_HEADERS) ??
  firstOf(
    hook,
    EVENT_HEADERS.map((name) => `${name}-type`),
  );

/** The family of a sent name: its finer names are one family, and a review is called the same whoever names it. */
export function familyName(sent: string, payload: Payload): string {
  if (!sent.startsWith('pull_request')) return /^issue_(assign|label|milestone)$/.test(sent) ? 'issues' : sent;
  // Of the two meanings of `pull_request_comment`, this is a comment in the conversation.
  if (sent === 'pull_request_comment' && payload.comment !== undefined) return 'issue_comment';
  const review = REVIEW.exec(sent) ?? REVIEW.exec(payload.review?.type ?? '');
  if (review !== null) return `pull_request_review_${review[1]}`;
  if (sent === 'pull_request_review') return 'pull_request_review_comment';
  return /^pull_request_(assign|label|milestone|sync|review_request)$/.test(sent) ? 'pull_request' : sent;
}

const REVIEW = /^pull_request_(?:review_)?(approved|rejected|comment)$/;
