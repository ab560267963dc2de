/**
 * Names of events whose key says it otherwise: the two editions have different keys for the same, and an event that means
 * the same has one name. All other names are the key with dots for colons: `pullrequest:created` is `pullrequest.created`,
 * and `pullrequest:comment_created`, which is about the comment, `pullrequest.comment.created`.
 */
const NAMES: ReadonlyMap<string, string> = new Map([
  // Cloud: https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/
  ['pullrequest:fulfilled', 'pullrequest.merged'],
  ['pullrequest:rejected', 'pullrequest.declined'],
  ['pullrequest:changes_request_created', 'pullrequest.changes_requested'],
  ['repo:fork', 'repo.forked'],
  // Data Center: https://confluence.atlassian.com/bitbucketserver/event-payload-938025882.html
  ['pr:opened', 'pullrequest.created'],
  ['pr:modified', 'pullrequest.updated'],
  ['pr:from_ref_updated', 'pullrequest.updated'],
  ['pr:merged', 'pullrequest.merged'],
  ['pr:declined', 'pullrequest.declined'],
  ['pr:deleted', 'pullrequest.deleted'],
  ['pr:reopened', 'pullrequest.reopened'],
  ['pr:reviewer:updated', 'pullrequest.reviewers_changed'],
  ['pr:reviewer:approved', 'pullrequest.approved'],
  ['pr:reviewer:unapproved', 'pullrequest.unapproved'],
  ['pr:reviewer:needs_work', 'pullrequest.changes_requested'],
  ['pr:reviewer:changes_requested', 'pullrequest.changes_requested'],
  ['pr:comment:added', 'pullrequest.comment.created'],
  ['pr:comment:edited', 'pullrequest.comment.updated'],
  ['pr:comment:deleted', 'pullrequest.comment.deleted'],
  ['repo:refs_changed', 'repo.push'],
  ['repo:modified', 'repo.updated'],
  ['repo:comment:added', 'repo.commit_comment.created'],
  ['repo:comment:edited', 'repo.commit_comment.updated'],
  ['repo:comment:deleted', 'repo.commit_comment.deleted'],
]);

/** The name of an event by Bitbucket’s key for it, which may also be written as the name; undefined where it is neither. */
export function nameOfKey(key: string): string | undefined {
  if (!/^[a-z][a-z0-9_]{0,29}([:.][a-z][a-z0-9_]{0,39}){0,3}$/.test(key)) return undefined;
  return NAMES.get(key) ?? key.replaceAll(':', '.').replace(ON_A_PART, '$1.$2');
}

const ON_A_PART = /(comment|status)_(created|updated|deleted|resolved|reopened)$/;
