import type { Sample } from '../../src/templates/samples.ts';
import { neverSeen } from './never-seen.ts';

/** What Bellhop has no words for: it must look good all the same. GitHub's events are cut down from its own shapes. */
export const strangers: readonly Sample[] = [
  ...neverSeen,
  stranger('fork', {
    forkee: { full_name: 'hubot/api', html_url: 'https://github.com/hubot/api' },
    sender: { login: 'hubot' },
  }),
  stranger('member.added', { member: { login: 'mona', html_url: 'https://github.com/mona' } }),
  stranger('discussion.created', {
    discussion: {
      number: 21,
      title: 'How loud may a bell be?',
      html_url: 'https://github.com/acme/api/discussions/21',
      body: 'The neighbours ask.\n\n<details><summary>Measured</summary>92 dB</details>',
    },
  }),
  stranger('discussion_comment.created', {
    discussion: {
      number: 21,
      title: 'How loud may a bell be?',
      html_url: 'https://github.com/acme/api/discussions/21',
    },
    comment: { html_url: 'https://github.com/acme/api/discussions/21#discussioncomment-9', body: '**85 dB** at most.' },
  }),
  stranger('workflow_job.completed', {
    workflow_job: { name: 'lint', conclusion: 'failure', html_url: 'https://github.com/acme/api/actions/runs/1/job/2' },
  }),
  stranger('workflow_job.in_progress', {
    workflow_job: { name: 'lint', conclusion: null, html_url: 'https://github.com/acme/api/actions/runs/1/job/2' },
  }),
  stranger('status', {
    state: 'success',
    context: 'ci/coverage',
    target_url: 'https://coverage.example.com/acme/api/34413ec',
  }),
  stranger('repository.archived', {}),
];

function stranger(event: string, body: object): Sample {
  const [sent = event, action] = event.split('.');
  const repository = { full_name: 'acme/api', html_url: 'https://github.com/acme/api', owner: { login: 'acme' } };
  const whole = { ...(action !== undefined && { action }), sender: { login: 'octocat' }, repository, ...body };
  return {
    type: 'github',
    event,
    variant: 'unlisted',
    name: `${event}~unlisted`,
    file: `${event}~unlisted.json`,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-github-event': sent, 'x-github-delivery': `stranger-${event}` },
    query: {},
    body: Buffer.from(JSON.stringify(whole)),
  };
}
