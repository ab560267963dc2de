import { describe, expect, test } from 'vitest';
import { readEvent, readSample } from './github-samples.ts';

describe('titles', () => {
  test.each([
    ['push', 'octocat pushed 3 commits to main in acme/api: Merge pull request #12 from acme/feat/bell'],
    ['push~one', 'octocat pushed 1 commit to main in acme/api: Ring twice on a release'],
    ['push~forced', 'mona force-pushed feat/bell in acme/api to 34413ec (1 commit): Ring twice on a release'],
    ['push~forced_main', 'octocat force-pushed main in acme/api to 3469de2'],
    ['push~branch_created', 'octocat created branch feat/bell in acme/api with 2 commits: Ring twice on a release'],
    ['push~branch_created_empty', 'octocat created branch release/2.x in acme/api'],
    ['push~branch_deleted', 'octocat deleted branch feat/bell in acme/api'],
    ['push~fast_forward', 'octocat moved production in acme/api to 66387da'],
    ['push~tag', 'octocat pushed tag v1.2.0 in acme/api: Merge pull request #12 from acme/feat/bell'],
    ['push~tag_deleted', 'octocat deleted tag v1.2.0-rc.1 in acme/api'],
    ['push~tag_moved', 'octocat moved tag v1 in acme/api to 66387da'],
    ['pull_request.opened', 'mona opened PR #12 in acme/api: Add a bell'],
    ['pull_request.opened~draft', 'mona opened draft PR #13 in acme/api: Draft the bell tower'],
    ['pull_request.opened~dependabot', 'dependabot[bot] opened PR #15 in acme/api: Bump zod from 4.6.6 to 4.6.7'],
    [
      'pull_request.opened~nasty',
      'mona opened PR #12 in acme/api: Fix *bold* _under_ <@everyone> @here <!channel> [x](javascript:alert(1)) `tick` ~s~ |pipe| & <b>html</b>',
    ],
    ['pull_request.opened~rtl', 'mona opened PR #12 in acme/api: إصلاح الجرس evil 🔔👩‍👩‍👧 — שלום'],
    ['pull_request.closed', 'octocat closed PR #12 in acme/api: Add a bell'],
    ['pull_request.merged', 'octocat merged PR #12 in acme/api: Add a bell'],
    ['pull_request.ready_for_review', 'mona marked PR #12 in acme/api ready for review: Add a bell'],
    ['pull_request.review_requested~team', 'mona asked Bell Ringers to review PR #12 in acme/api: Add a bell'],
    ['pull_request.labeled', 'octocat added label bug to PR #12 in acme/api: Add a bell'],
    ['pull_request.synchronize', 'mona pushed to PR #12 in acme/api: Add a bell'],
    ['pull_request.edited', 'mona renamed PR #12 in acme/api: Add a louder bell'],
    ['pull_request.edited~base', 'mona changed the target branch of PR #12 in acme/api: Add a bell'],
    ['pull_request_review.submitted', 'octocat approved PR #12 in acme/api: Add a bell'],
    ['pull_request_review.submitted~changes_requested', 'octocat requested changes on PR #12 in acme/api: Add a bell'],
    ['pull_request_review.submitted~commented', 'octocat reviewed PR #12 in acme/api: Add a bell'],
    ['pull_request_review.dismissed', 'mona dismissed octocat’s review of PR #12 in acme/api: Add a bell'],
    ['pull_request_review_comment.created', 'octocat commented on src/bell.ts in PR #12 of acme/api: Add a bell'],
    ['issues.opened', 'mona opened issue #7 in acme/api: The bell rings at night'],
    ['issues.closed', 'octocat closed issue #7 in acme/api: The bell rings at night'],
    ['issues.closed~not_planned', 'octocat closed issue #7 in acme/api (not planned): The bell rings at night'],
    ['issues.transferred', 'octocat moved issue #7 in acme/api to acme/tower: The bell rings at night'],
    ['issue_comment.created', 'octocat commented on issue #7 in acme/api: The bell rings at night'],
    ['issue_comment.created~pull_request', 'octocat commented on PR #12 in acme/api: Add a bell'],
    ['issue_comment.deleted', 'octocat deleted a comment on issue #7 in acme/api: The bell rings at night'],
    ['release.published', 'octocat published release v1.2.0 in acme/api: The louder bell'],
    ['release.published~prerelease', 'octocat published pre-release v2.0.0-rc.1 in acme/api'],
    ['workflow_run.completed', 'CI failed on main in acme/api (#231, 4 min)'],
    ['workflow_run.completed~rerun', 'CI timed out on main in acme/api (#231, attempt 3, 6 h)'],
    ['workflow_run.completed~cancelled', 'CI was cancelled on main in acme/api (#231, 42 s)'],
    ['workflow_run.requested', 'CI is queued on main in acme/api (#231)'],
    ['check_run.completed', 'Check build passed on feat/bell in acme/api (2 min)'],
    ['deployment_status.created', 'Deployment to production succeeded in acme/api (main, 66387da)'],
    ['deployment_status.created~failure', 'Deployment to production failed in acme/api (main, 66387da)'],
    ['deployment_status.created~inactive', 'Deployment to pr-12 is no longer active in acme/api (34413ec)'],
    ['create~tag', 'octocat created tag v1.2.0 in acme/api'],
    ['delete', 'octocat deleted branch feat/bell in acme/api'],
    ['star.created', 'hubot starred acme/api (1,234 stars)'],
    ['dependabot_alert.created', 'Dependabot alert #5 opened in acme/api (high): Prototype pollution in lodash'],
    [
      'dependabot_alert.dismissed',
      'octocat dismissed Dependabot alert #5 in acme/api (high, tolerable risk): Prototype pollution in lodash',
    ],
    [
      'code_scanning_alert.created',
      'Code scanning alert #10 opened in acme/api (high): Database query built from user-controlled sources',
    ],
    ['secret_scanning_alert.created', 'Secret scanning alert #3 opened in acme/api: Slack API Token'],
    [
      'secret_scanning_alert.resolved',
      'octocat resolved secret scanning alert #3 in acme/api (revoked): Slack API Token',
    ],
    ['ping', 'GitHub is connected for acme/api'],
    ['ping~organization', 'GitHub is connected for acme'],
  ])('%s: %s', (name, title) => {
    expect(readSample(name).title).toBe(title);
  });

  test('a title of 300 characters is cut', () => {
    const { title } = readSample('pull_request.opened~long');
    expect(title).toHaveLength(180);
    expect(title).toMatch(/^mona opened PR #12 in acme\/api: /);
    expect(title.endsWith('…')).toBe(true);
  });
});

describe('bare payloads', () => {
  test.each([
    ['push', { sender: null }, 'Somebody moved a branch'],
    ['pull_request', { action: 'opened' }, 'Somebody opened a pull request'],
    ['pull_request_review', { action: 'submitted' }, 'Somebody reviewed a pull request'],
    ['pull_request_review_comment', { action: 'created' }, 'Somebody commented on the code in a pull request'],
    ['issues', { action: 'opened' }, 'Somebody opened an issue'],
    ['issue_comment', { action: 'created' }, 'Somebody commented on an issue'],
    ['release', { action: 'published' }, 'Somebody published a release'],
    ['workflow_run', { action: 'completed' }, 'A workflow ended'],
    ['check_run', { action: 'completed' }, 'Check ended'],
    ['deployment_status', { sender: null }, 'Deployment is unknown'],
    ['create', { sender: null }, 'Somebody created a branch or tag'],
    ['star', { action: 'created' }, 'Somebody starred the repository'],
    ['dependabot_alert', { action: 'created' }, 'Dependabot alert opened'],
    ['secret_scanning_alert', { action: 'created' }, 'Secret scanning alert opened'],
    ['ping', { sender: null }, 'GitHub is connected'],
  ])('%s still has a title', (event, body, title) => {
    expect(readEvent(event, body).title).toBe(title);
    expect(readEvent(event, body).key).toBeUndefined();
  });
});
