import { describe, expect, test } from 'vitest';
import { gitlab } from '../../src/sources/gitlab/source.ts';
import { aHook } from '../builders.ts';
import { sampleHooks } from './sample-hooks.ts';

const samples = sampleHooks('gitlab');

function titleOf(hook: Parameters<typeof gitlab.read>[0] | undefined): string | undefined {
  const reading = hook === undefined ? undefined : gitlab.read(hook, {});
  return reading?.kind === 'events' ? reading.events[0]?.title : undefined;
}

describe('titles', () => {
  test.each([
    ['push', 'mona pushed 3 commits to main in acme/api: Ring twice on a release'],
    ['push~many', 'mona pushed 1,231 commits to main in acme/api: Step 31 of moving the bell tower'],
    ['push~branch_created', 'mona created branch feat/bell in acme/api with 2 commits: Ring twice on a release'],
    ['push~branch_created_empty', 'mona created branch release/2.x in acme/api'],
    ['push~branch_deleted', 'mona deleted branch feat/bell in acme/api'],
    ['push~rewound_main', 'octavia moved main back in acme/api (to 1f85195)'],
    ['push~system', 'Mona Lisa pushed 1 commit to main in acme/api: Ring twice on a release'],
    ['tag_push', 'mona pushed tag v1.2.0 in acme/api: The louder bell'],
    ['tag_push~moved', 'octavia moved tag v1 in acme/api to f2ed145'],
    ['tag_push~deleted', 'mona deleted tag v1.2.0-rc.1 in acme/api'],
    ['merge_request.open', 'mona opened MR !12 in acme/api: Add a bell'],
    ['merge_request.open~draft', 'mona opened draft MR !13 in acme/api: Plan the bell tower'],
    ['merge_request.merge', 'octavia merged MR !12 in acme/api: Add a bell'],
    ['merge_request.approved', 'octavia approved MR !12 in acme/api: Add a bell'],
    ['merge_request.approval', 'hubert added an approval to MR !12 in acme/api: Add a bell'],
    ['merge_request.update', 'mona pushed to MR !12 in acme/api: Add a bell'],
    ['merge_request.update~reviewers', 'mona asked octavia to review MR !12 in acme/api: Add a bell'],
    ['merge_request.update~review_again', 'mona asked octavia to review MR !12 in acme/api again: Add a bell'],
    ['merge_request.update~labels', 'mona added labels bell, loud to MR !12 in acme/api: Add a bell'],
    ['merge_request.update~ready', 'mona marked MR !13 in acme/api ready for review: Plan the bell tower'],
    ['merge_request.update~draft', 'mona turned MR !12 in acme/api into a draft: Add a bell'],
    ['merge_request.update~title', 'mona renamed MR !12 in acme/api: Add a louder bell'],
    ['issue.open', 'mona opened issue #7 in acme/api: The bell rings at night'],
    ['issue.open~task', 'mona opened task #31 in acme/api: Oil the clapper'],
    ['issue.update~severity', 'mona set the severity of incident #9 in acme/api to high: No bell rings anywhere'],
    ['note.merge_request', 'octavia commented on MR !12 in acme/api: Add a bell'],
    ['note.merge_request~code', 'octavia commented on src/bell.ts in MR !12 of acme/api: Add a bell'],
    ['note.merge_request~edited', 'octavia edited a comment on MR !12 in acme/api: Add a bell'],
    ['note.commit', 'octavia commented on commit f2ed145 in acme/api: Ring twice on a release'],
    ['pipeline.failed', 'Pipeline failed on main in acme/api (#88231, 4 min)'],
    ['pipeline.failed~schedule', 'Pipeline Nightly ring failed on v1.2.0 in acme/api (#88231, 4 min)'],
    ['pipeline.success~warnings', 'Pipeline passed with warnings on main in acme/api (#88231, 4 min)'],
    ['pipeline.manual', 'Pipeline waits for a manual job on main in acme/api (#88231, 2 min)'],
    ['job.failed', 'Job unit tests failed on main in acme/api (2 min)'],
    ['job.failed~allowed', 'Job audit failed on main in acme/api (allowed to fail, 12 s)'],
    ['job.failed~old', 'Job unit tests failed on !12 in acme/api'],
    ['deployment.success', 'Deployment to production succeeded in acme/api (main, f2ed145)'],
    ['release.create', 'Release v1.2.0 was published in acme/api: The louder bell'],
    ['wiki_page.update', 'mona edited wiki page Ringing at night in acme/api'],
    ['feature_flag~off', 'octavia turned off feature flag ring-twice in acme/api'],
    ['access_token.expiring', 'Access token deploy-bot of acme/api expires on 28 Nov 2026'],
    ['user_add_to_group', 'hubert was added to ringers (Maintainer)'],
    ['milestone.close', 'mona closed milestone 2.0 in acme/api'],
    ['vulnerability', 'Vulnerability confirmed in acme/api (high): Prototype pollution in clapper'],
  ])('%s: %s', (name, title) => {
    expect(titleOf(samples.find(({ file }) => file === `${name}.json`)?.hook)).toBe(title);
  });
});

describe('bare payloads', () => {
  test.each([
    ['push', {}, 'Somebody moved a branch back'],
    ['tag_push', {}, 'Somebody pushed a tag'],
    ['merge_request', { object_attributes: { action: 'open' } }, 'Somebody opened a merge request'],
    ['issue', { object_attributes: { action: 'close' } }, 'Somebody closed an issue'],
    ['note', {}, 'Somebody commented on something'],
    ['pipeline', {}, 'Pipeline changed'],
    ['build', { build_status: 'failed' }, 'A job failed'],
    ['deployment', { status: 'success' }, 'Deployment succeeded'],
    ['release', { action: 'create' }, 'A release was published'],
    ['wiki_page', { object_attributes: { action: 'create' } }, 'Somebody created a wiki page'],
    ['feature_flag', {}, 'Somebody changed a feature flag'],
    ['access_token', { event_name: 'expiring_access_token' }, 'An access token expires soon'],
    ['epic', {}, 'Epic'],
    ['group_create', {}, 'Group without a name was created'],
  ])('%s still has a title', (kind, body, title) => {
    expect(titleOf(aHook({ body: JSON.stringify({ object_kind: kind, ...body }) }))).toBe(title);
  });

  test('a title is cut where path and name are long', () => {
    const project = { path_with_namespace: `${'group/'.repeat(15)}api` };
    const body = { object_kind: 'issue', project, object_attributes: { action: 'open', title: 'ding '.repeat(200) } };
    const title = titleOf(aHook({ body: JSON.stringify(body) })) ?? '';
    expect([...title].length).toBeLessThanOrEqual(180);
    expect(title.endsWith('…')).toBe(true);
  });
});
