import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

/** Pipelines of the older integrations bring `vcs`, those of the newer ones only what triggered them. */
const BRANCH: Value = [
  '{{payload.pipeline.vcs.branch}}',
  '{{payload.pipeline.vcs.tag}}',
  '{{payload.pipeline.trigger_parameters.git.branch}}',
  '{{payload.pipeline.trigger_parameters.git.tag}}',
];
const ON =
  '{{#payload.pipeline.vcs}}{{#branch}} on {{branch}}{{/branch}}{{^branch}}{{#tag}} on {{tag}}{{/tag}}{{/branch}}{{/payload.pipeline.vcs}}{{^payload.pipeline.vcs}}{{#payload.pipeline.trigger_parameters.git.branch}} on {{payload.pipeline.trigger_parameters.git.branch}}{{/payload.pipeline.trigger_parameters.git.branch}}{{/payload.pipeline.vcs}}';
const WHERE = `${ON}{{#payload.project.name}} in {{payload.project.name}}{{/payload.project.name}}{{#payload.pipeline.number}} (#{{payload.pipeline.number}}){{/payload.pipeline.number}}`;

/** A job's event names its workflow too, so that a job's own status goes first. */
const STATUS: Value = ['{{payload.job.status}}', '{{payload.workflow.status}}'];

const ended = (what: string): Value => ({
  from: STATUS,
  map: {
    success: `${what} passed${WHERE}`,
    failed: `${what} failed${WHERE}`,
    error: `${what} ended in an error${WHERE}`,
    canceled: `${what} was cancelled${WHERE}`,
    unauthorized: `${what} was not allowed to run${WHERE}`,
  },
  otherwise: `${what} ended${WHERE}`,
});

export const circleci: Declaration = {
  type: 'circleci',
  title: 'CircleCI',
  docs: 'https://circleci.com/docs/guides/integration/outbound-webhooks/',
  setUp:
    'In the project’s settings under “Webhooks”, add a webhook with the address, enter the source’s secret as the secret token, and tick “Workflow Completed” (and “Job Completed” if every job matters).',
  verifier: {
    scheme: 'hmac',
    headers: ['circleci-signature'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'v1=',
    separator: ',',
    signed: '{body}',
    key: 'utf8',
  },
  events: {
    'workflow-completed': 'A workflow ended; its state is the status, such as `failed`.',
    'job-completed': 'A job of a workflow ended; its state is the status, such as `failed`.',
  },
  ignores: { ping: 'A test of the webhook.' },
  requires: '{{payload.type}}',
  event: '{{payload.type}}',
  id: '{{payload.id}}',
  key: [
    '{{#payload.job.id}}job:{{payload.job.id}}{{/payload.job.id}}',
    '{{#payload.workflow.id}}workflow:{{payload.workflow.id}}{{/payload.workflow.id}}',
  ],
  state: STATUS,
  closes: ['workflow-completed', 'job-completed'],
  severity: {
    from: STATUS,
    map: { failed: 'error', error: 'error', unauthorized: 'warning' },
    otherwise: 'info',
  },
  titles: {
    'workflow-completed': ended(
      '{{payload.workflow.name}}{{^payload.workflow.name}}A workflow{{/payload.workflow.name}}',
    ),
    'job-completed': ended('Job {{payload.job.name}}'),
  },
  // A job has a page of its own, whose address only its workflow's tells.
  url: [
    '{{#payload.job.number}}{{#payload.workflow.url}}{{payload.workflow.url}}/jobs/{{payload.job.number}}{{/payload.workflow.url}}{{/payload.job.number}}',
    '{{payload.workflow.url}}',
  ],
  labels: {
    repo: '{{#payload.organization.name}}{{payload.organization.name}}/{{/payload.organization.name}}{{payload.project.name}}',
    branch: BRANCH,
    workflow: '{{payload.workflow.name}}',
    job: '{{payload.job.name}}',
    conclusion: STATUS,
    author: '{{payload.pipeline.vcs.commit.author.name}}',
  },
  facts: {
    emoji: { from: STATUS, map: { success: '✅', failed: '❌', error: '❌', unauthorized: '✋' }, otherwise: '⚪' },
    tone: {
      from: STATUS,
      map: { success: 'good', failed: 'bad', error: 'bad', unauthorized: 'warning' },
      otherwise: 'neutral',
    },
    workflow: '{{#payload.job}}{{payload.workflow.name}}{{/payload.job}}',
    took: [
      { since: '{{payload.job.started_at}}', until: '{{payload.job.stopped_at}}' },
      {
        since: '{{^payload.job}}{{payload.workflow.created_at}}{{/payload.job}}',
        until: '{{payload.workflow.stopped_at}}',
      },
    ],
    sha: {
      cut: ['{{payload.pipeline.vcs.revision}}', '{{payload.pipeline.trigger_parameters.git.checkout_sha}}'],
      to: 7,
    },
    commit: [
      '{{payload.pipeline.vcs.commit.subject}}',
      '{{payload.pipeline.trigger_parameters.git.commit_title}}',
      '{{payload.pipeline.trigger_parameters.git.commit_message}}',
    ],
    commitAuthor: [
      '{{payload.pipeline.vcs.commit.author.name}}',
      '{{payload.pipeline.trigger_parameters.git.commit_author_name}}',
    ],
  },
  at: '{{payload.happened_at}}',
};
