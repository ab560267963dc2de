import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

/** Where the XML of the plugin has everything; its JSON has the same under names of another style. */
const XML_ROOTS = ['job', 'JobState'] as const;

/** `{{payload.build.full_url}}`, or `{{payload.job.build.fullUrl}}`. */
const at = (path: string): Value => [
  `{{payload.${path}}}`,
  ...XML_ROOTS.map(
    (root) => `{{payload.${root}.${path.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}}}`,
  ),
];

const PHASE = at('build.phase');
const STATUS = at('build.status');
/** Before a build is over, its status is absent, or the previous build's. */
const STATE: Value = {
  from: PHASE,
  map: { QUEUED: 'queued', STARTED: 'running' },
  otherwise: [STATUS, PHASE],
};

/** Git’s plugin names the remote too. */
const BRANCH: Value = [{ part: at('build.scm.branch'), after: 'origin/' }, at('build.scm.branch')];

/** `Shop tests failed on main (#231)`. */
const build = (happened: string): Value => ({
  say: `{{name}} ${happened}{{#branch}} on {{branch}}{{/branch}}{{#number}} (#{{number}}){{/number}}`,
  with: { name: [at('display_name'), at('name')], branch: BRANCH, number: at('build.number') },
});
/** COMPLETED and FINALIZED tell the same of a build; who gets both hears it once. */
const NEWS: Value = {
  say: '{{#url}}{{{url}}} {{queue}} {{status}}{{/url}}',
  with: { url: at('build.full_url'), queue: at('build.queue_id'), status: STATUS },
};

/** Of no tests, it says nothing. */
const TOTAL: Value = {
  from: at('build.test_summary.total'),
  map: { 0: '' },
  otherwise: at('build.test_summary.total'),
};

export const jenkins: Declaration = {
  type: 'jenkins',
  title: 'Jenkins',
  docs: 'https://plugins.jenkins.io/notification/',
  setUp:
    'With the Notification plugin installed, add an endpoint under “Job Notifications” of the job: format JSON (XML is read as well), protocol HTTP, all events, and as URL the address with its token at the end (`/hooks/<source>/<secret>`), for Jenkins signs nothing. Give it some retries: it makes none by itself.',
  verifier: { scheme: 'urlToken' },
  events: {
    'build.queued': 'A build waits for an executor.',
    'build.started': 'A build began.',
    'build.completed': 'A build ended; its state is the status, such as `failure`.',
  },
  requires: PHASE,
  event: {
    from: PHASE,
    map: {
      QUEUED: 'build.queued',
      STARTED: 'build.started',
      COMPLETED: 'build.completed',
      // The same news again; whoever asked for this phase alone hears it all the same.
      FINALIZED: 'build.completed',
    },
    otherwise: { say: 'build.{{phase}}', with: { phase: PHASE } },
  },
  id: { from: PHASE, map: { COMPLETED: NEWS, FINALIZED: NEWS } },
  key: {
    say: '{{#name}}{{#number}}build:{{name}}#{{number}}{{/number}}{{/name}}',
    with: { name: at('name'), number: at('build.number') },
  },
  state: STATE,
  closes: ['build.completed'],
  severity: { from: STATE, map: { failure: 'error', unstable: 'warning' }, otherwise: 'info' },
  titles: {
    'build.queued': build('is queued'),
    'build.started': build('is running'),
    'build.completed': {
      from: STATUS,
      map: {
        SUCCESS: build('passed'),
        FAILURE: build('failed'),
        UNSTABLE: build('is unstable'),
        ABORTED: build('was aborted'),
        NOT_BUILT: build('was not built'),
      },
      otherwise: build('ended'),
    },
  },
  url: at('build.full_url'),
  labels: {
    job: at('name'),
    branch: BRANCH,
    conclusion: { from: PHASE, map: { COMPLETED: STATUS, FINALIZED: STATUS } },
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
    took: { duration: at('build.duration'), unit: 'ms' },
    tests: {
      from: at('build.test_summary.failed'),
      map: {
        '': '',
        0: {
          say: '{{#total}}{{passed}} of {{total}} passed{{/total}}',
          with: { total: TOTAL, passed: at('build.test_summary.passed') },
        },
      },
      otherwise: {
        say: '{{failed}} of {{total}} failed',
        with: { total: TOTAL, failed: at('build.test_summary.failed') },
      },
    },
    sha: { cut: at('build.scm.commit'), to: 7 },
    culprits: [
      { list: 'payload.build.scm.culprits', as: '{{found}}', most: 3 },
      ...XML_ROOTS.flatMap((root): readonly Value[] => [
        { list: `payload.${root}.build.scm.culprits.string`, as: '{{found}}', most: 3 },
        `{{payload.${root}.build.scm.culprits.string}}`,
      ]),
    ],
  },
  at: at('build.timestamp'),
};
