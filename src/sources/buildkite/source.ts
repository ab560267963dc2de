import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

/**
 * By the event, not by the build: what Buildkite sends may be a later version of the build than the one it tells of.
 * A build that waits at a block step is reported as finished, and goes on when somebody lets it.
 */
const STATE: Value = {
  from: '{{payload.event}}',
  map: {
    'build.scheduled': 'scheduled',
    'build.running': 'running',
    'build.failing': 'failing',
    'build.skipped': 'skipped',
    'build.finished': {
      from: '{{payload.build.state}}',
      map: { failed: 'failed', canceled: 'canceled' },
      otherwise: ['{{#payload.build.blocked}}blocked{{/payload.build.blocked}}', '{{payload.build.state}}'],
    },
    'job.finished': {
      from: '{{payload.job.state}}',
      map: {
        finished: { from: '{{payload.job.passed}}', map: { true: 'passed', false: 'failed' }, otherwise: 'finished' },
      },
      otherwise: '{{payload.job.state}}',
    },
  },
  otherwise: ['{{payload.job.state}}', '{{payload.build.state}}'],
};

const PIPELINE =
  '{{payload.pipeline.name}}{{^payload.pipeline.name}}{{payload.pipeline.slug}}{{^payload.pipeline.slug}}A build{{/payload.pipeline.slug}}{{/payload.pipeline.name}}';
const WHERE =
  '{{#payload.build.branch}} on {{payload.build.branch}}{{/payload.build.branch}}{{#payload.build.number}} (#{{payload.build.number}}){{/payload.build.number}}';
const JOB = 'Job {{payload.job.name}}{{^payload.job.name}}{{payload.job.label}}{{/payload.job.name}}';
const IN = ` in ${PIPELINE}${WHERE}`;

export const buildkite: Declaration = {
  type: 'buildkite',
  title: 'Buildkite',
  docs: 'https://buildkite.com/docs/apis/webhooks/pipelines',
  setUp:
    'In the organization’s settings under “Notification Services”, add a webhook with the address, enter the source’s secret as the token, choose to send an `X-Buildkite-Signature` (a plain `X-Buildkite-Token` is taken too), and tick the `build.*` events (and `job.finished`, if every job matters).',
  // Whoever adds the webhook chooses between the two, and Buildkite sends one of them.
  verifier: {
    scheme: 'anyOf',
    of: [
      {
        scheme: 'hmac',
        headers: ['x-buildkite-signature'],
        algorithm: 'sha256',
        encoding: 'hex',
        prefix: 'signature=',
        separator: ',',
        signed: '{timestamp}.{body}',
        timestamp: { field: 'timestamp', toleranceMs: 300_000 },
        key: 'utf8',
      },
      { scheme: 'token', header: 'x-buildkite-token' },
    ],
  },
  events: {
    'build.scheduled': 'A build waits for an agent.',
    'build.running': 'A build began.',
    'build.failing': 'A build is going to fail: one of its jobs did.',
    'build.finished': 'A build ended, or waits at a block step; its state is the result, such as `failed`.',
    'build.skipped': 'A build was skipped.',
    'job.finished': 'A job of a build ended.',
  },
  ignores: {
    ping: 'A test of the webhook.',
    'job.scheduled': 'A step of a build that tells of itself.',
    'job.started': 'A step of a build that tells of itself.',
    'job.activated': 'A step of a build that tells of itself.',
  },
  requires: '{{payload.event}}',
  event: '{{payload.event}}',
  key: [
    '{{#payload.job.id}}job:{{payload.job.id}}{{/payload.job.id}}',
    '{{#payload.build.id}}build:{{payload.build.id}}{{/payload.build.id}}',
  ],
  state: STATE,
  closes: ['passed', 'failed', 'canceled', 'skipped', 'not_run', 'timed_out', 'build.skipped', 'job.finished'],
  severity: {
    from: STATE,
    map: { failed: 'error', timed_out: 'error', failing: 'warning', blocked: 'info' },
    otherwise: 'info',
  },
  titles: {
    'build.scheduled': `${PIPELINE} is scheduled${WHERE}`,
    'build.running': `${PIPELINE} is running${WHERE}`,
    'build.failing': `${PIPELINE} is failing${WHERE}`,
    'build.skipped': `${PIPELINE} was skipped${WHERE}`,
    'build.finished': {
      from: STATE,
      map: {
        passed: `${PIPELINE} passed${WHERE}`,
        failed: `${PIPELINE} failed${WHERE}`,
        canceled: `${PIPELINE} was cancelled${WHERE}`,
        blocked: `${PIPELINE} waits to be unblocked${WHERE}`,
        not_run: `${PIPELINE} did not run${WHERE}`,
        skipped: `${PIPELINE} was skipped${WHERE}`,
      },
      otherwise: `${PIPELINE} ended${WHERE}`,
    },
    'job.finished': {
      from: STATE,
      map: {
        passed: `${JOB} passed${IN}`,
        failed: `${JOB} failed${IN}`,
        canceled: `${JOB} was cancelled${IN}`,
        timed_out: `${JOB} timed out${IN}`,
      },
      otherwise: `${JOB} ended${IN}`,
    },
  },
  url: ['{{payload.job.web_url}}', '{{payload.build.web_url}}'],
  labels: {
    pipeline: ['{{payload.pipeline.slug}}', '{{payload.pipeline.name}}'],
    branch: '{{payload.build.branch}}',
    job: ['{{payload.job.name}}', '{{payload.job.label}}'],
    conclusion: { from: '{{payload.event}}', map: { 'build.finished': STATE, 'job.finished': STATE } },
    trigger: '{{payload.build.source}}',
    author: ['{{payload.build.creator.name}}', '{{payload.build.author.name}}'],
  },
  facts: {
    emoji: {
      from: STATE,
      map: {
        scheduled: '⏳',
        running: '🔄',
        failing: '🟡',
        passed: '✅',
        failed: '❌',
        timed_out: '⏱️',
        blocked: '✋',
      },
      otherwise: '⚪',
    },
    tone: {
      from: STATE,
      map: {
        scheduled: 'info',
        running: 'info',
        failing: 'warning',
        passed: 'good',
        failed: 'bad',
        timed_out: 'bad',
        blocked: 'warning',
      },
      otherwise: 'neutral',
    },
    exit: {
      from: '{{payload.job.exit_status}}',
      map: { 0: '', '': '' },
      otherwise: '{{payload.job.exit_status}}',
    },
    took: {
      from: '{{payload.event}}',
      map: {
        'build.finished': { since: '{{payload.build.started_at}}', until: '{{payload.build.finished_at}}' },
        'job.finished': { since: '{{payload.job.started_at}}', until: '{{payload.job.finished_at}}' },
      },
    },
    sha: { from: '{{payload.build.commit}}', map: { HEAD: '' }, otherwise: { cut: '{{payload.build.commit}}', to: 7 } },
    // The first line of the commit's message.
    commit: [{ part: { text: '{{payload.build.message}}' }, before: '\n' }, { text: '{{payload.build.message}}' }],
    by: ['{{payload.build.creator.name}}', '{{payload.build.author.name}}'],
  },
  at: {
    from: '{{payload.event}}',
    map: {
      'build.scheduled': ['{{payload.build.scheduled_at}}', '{{payload.build.created_at}}'],
      'build.running': '{{payload.build.started_at}}',
      'build.finished': '{{payload.build.finished_at}}',
      'job.finished': '{{payload.job.finished_at}}',
    },
  },
};
