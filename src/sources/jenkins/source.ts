import type { Declaration, Value } from '../declared/declaration.ts';

const NAME = '{{payload.display_name}}{{^payload.display_name}}{{payload.name}}{{/payload.display_name}}';
const ON = '{{#payload.build.scm.branch}} on {{payload.build.scm.branch}}{{/payload.build.scm.branch}}';
const NUMBER = '{{#payload.build.number}} (#{{payload.build.number}}){{/payload.build.number}}';
const STATUS = '{{payload.build.status}}';
/** Before a build is over, its status is absent, or the previous build's. */
const STATE: Value = {
  from: '{{payload.build.phase}}',
  map: { QUEUED: 'queued', STARTED: 'running' },
  otherwise: [STATUS, '{{payload.build.phase}}'],
};

export const jenkins: Declaration = {
  type: 'jenkins',
  title: 'Jenkins',
  docs: 'https://plugins.jenkins.io/notification/',
  setUp:
    'With the Notification plugin installed, add an endpoint under “Job Notifications” of the job: format JSON, protocol HTTP, all events, and as URL the address with its token at the end (`/hooks/<source>/<secret>`), for Jenkins signs nothing. Give it some retries: it makes none by itself.',
  verifier: { scheme: 'urlToken' },
  events: {
    'build.queued': 'A build waits for an executor.',
    'build.started': 'A build began.',
    'build.completed': 'A build ended; its state is the status, such as `failure`.',
  },
  requires: '{{payload.build.phase}}',
  event: {
    from: '{{payload.build.phase}}',
    map: {
      QUEUED: 'build.queued',
      STARTED: 'build.started',
      COMPLETED: 'build.completed',
      // The same news again; whoever asked for this phase alone hears it all the same.
      FINALIZED: 'build.completed',
    },
    otherwise: 'build.{{payload.build.phase}}',
  },
  id: {
    from: '{{payload.build.phase}}',
    map: {
      COMPLETED:
        '{{#payload.build.full_url}}{{payload.build.full_url}} {{payload.build.queue_id}} {{payload.build.status}}{{/payload.build.full_url}}',
      FINALIZED:
        '{{#payload.build.full_url}}{{payload.build.full_url}} {{payload.build.queue_id}} {{payload.build.status}}{{/payload.build.full_url}}',
    },
  },
  key: '{{#payload.name}}{{#payload.build.number}}build:{{payload.name}}#{{payload.build.number}}{{/payload.build.number}}{{/payload.name}}',
  state: STATE,
  closes: ['build.completed'],
  severity: { from: STATE, map: { failure: 'error', unstable: 'warning' }, otherwise: 'info' },
  titles: {
    'build.queued': `${NAME} is queued${ON}${NUMBER}`,
    'build.started': `${NAME} is running${ON}${NUMBER}`,
    'build.completed': {
      from: STATUS,
      map: {
        SUCCESS: `${NAME} passed${ON}${NUMBER}`,
        FAILURE: `${NAME} failed${ON}${NUMBER}`,
        UNSTABLE: `${NAME} is unstable${ON}${NUMBER}`,
        ABORTED: `${NAME} was aborted${ON}${NUMBER}`,
        NOT_BUILT: `${NAME} was not built${ON}${NUMBER}`,
      },
      otherwise: `${NAME} ended${ON}${NUMBER}`,
    },
  },
  url: '{{payload.build.full_url}}',
  labels: {
    job: '{{payload.name}}',
    branch: '{{payload.build.scm.branch}}',
    conclusion: { from: '{{payload.build.phase}}', map: { COMPLETED: STATUS, FINALIZED: STATUS } },
  },
  // Parameters and the log stay out: both may hold secrets.
  facts: {
    emoji: {
      from: STATE,
      map: { queued: '⏳', running: '🔄', success: '✅', failure: '❌', unstable: '🟡' },
      otherwise: '⚪',
    },
    tone: {
      from: STATE,
      map: { queued: 'info', running: 'info', success: 'good', failure: 'bad', unstable: 'warning' },
      otherwise: 'neutral',
    },
    took: { duration: '{{payload.build.duration}}', unit: 'ms' },
    tests: {
      from: '{{payload.build.test_summary.failed}}',
      map: {
        '': '',
        0: {
          from: '{{payload.build.test_summary.total}}',
          map: { '': '', 0: '' },
          otherwise: '{{payload.build.test_summary.passed}} of {{payload.build.test_summary.total}} passed',
        },
      },
      otherwise: '{{payload.build.test_summary.failed}} of {{payload.build.test_summary.total}} failed',
    },
    sha: { cut: '{{payload.build.scm.commit}}', to: 7 },
    culprits:
      '{{payload.build.scm.culprits.0}}{{#payload.build.scm.culprits.1}}, {{payload.build.scm.culprits.1}}{{/payload.build.scm.culprits.1}}{{#payload.build.scm.culprits.2}}, {{payload.build.scm.culprits.2}}{{/payload.build.scm.culprits.2}}',
  },
};
