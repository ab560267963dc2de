import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

const OUTCOME: Value = {
  from: '{{payload.severity}}',
  map: { error: 'failed' },
  otherwise: {
    from: '{{payload.reason}}',
    map: {
      Progressing: 'progressing',
      ProgressingWithRetry: 'progressing',
      DependencyNotReady: 'progressing',
      DriftDetected: 'progressing',
    },
    otherwise: 'succeeded',
  },
};
const WHAT =
  '{{payload.involvedObject.kind}} {{#payload.involvedObject.namespace}}{{payload.involvedObject.namespace}}/{{/payload.involvedObject.namespace}}{{payload.involvedObject.name}}';

const REVISION = '{{payload.metadata.revision}}';
/** `main@34413ec` of `main@sha1:34413ec0f1d2…`. */
const SHORT_REVISION: Value = [
  {
    say: '{{#ref}}{{#sha}}{{ref}}@{{sha}}{{/sha}}{{/ref}}',
    with: { ref: { part: REVISION, before: '@' }, sha: { cut: { part: REVISION, after: ':' }, to: 7 } },
  },
  { cut: { part: REVISION, after: 'sha256:' }, to: 7 },
  REVISION,
];

export const flux: Declaration = {
  type: 'flux',
  title: 'Flux',
  docs: 'https://fluxcd.io/flux/components/notification/providers/',
  setUp:
    'Make a `Provider` of the type `generic-hmac` with the address, whose `secretRef` names a Kubernetes secret with the source’s secret as `token`, and an `Alert` that names the provider, the objects to watch as `eventSources`, and `eventSeverity: info` (with `error` only failures come, and nothing tells when they are over).',
  verifier: {
    scheme: 'hmac',
    headers: ['x-signature'],
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: 'sha256=',
    signed: '{body}',
    key: 'utf8',
  },
  events: {
    'object.failed': 'Flux could not bring an object to its wanted state.',
    'object.progressing': 'Flux is at it, or waits for something else.',
    'object.succeeded': 'An object is as it is wanted, or changed.',
  },
  requires: '{{payload.involvedObject.name}}',
  event: {
    from: OUTCOME,
    map: { failed: 'object.failed', progressing: 'object.progressing' },
    otherwise: 'object.succeeded',
  },
  // Without the revision: a failure is over when a later revision works.
  key: [
    '{{#payload.involvedObject.uid}}object:{{payload.involvedObject.uid}}{{/payload.involvedObject.uid}}',
    '{{#payload.involvedObject.name}}object:{{payload.involvedObject.kind}}/{{payload.involvedObject.namespace}}/{{payload.involvedObject.name}}{{/payload.involvedObject.name}}',
  ],
  state: OUTCOME,
  closes: ['object.succeeded'],
  severity: { from: '{{payload.severity}}', map: { error: 'error' }, otherwise: 'info' },
  titles: {
    'object.failed': {
      from: '{{payload.reason}}',
      map: {
        ReconciliationFailed: `${WHAT} failed to reconcile`,
        BuildFailed: `${WHAT} failed to build`,
        ValidationFailed: `${WHAT} is not valid`,
        PruneFailed: `${WHAT} failed to prune`,
        GitOperationFailed: `${WHAT} could not be fetched`,
        AuthenticationFailed: `${WHAT} could not log in to its source`,
        BucketOperationFailed: `${WHAT} could not be fetched`,
        OCIPullFailed: `${WHAT} could not be fetched`,
        ChartPullError: `${WHAT} could not fetch its chart`,
        DependencyNotReady: `${WHAT} waits for a dependency`,
        HealthCheckFailed: `${WHAT} is not healthy`,
        ArtifactFailed: `${WHAT} has no artifact`,
        InstallFailed: `${WHAT} failed to install`,
        UpgradeFailed: `${WHAT} failed to upgrade`,
        RollbackFailed: `${WHAT} failed to roll back`,
        TestFailed: `${WHAT} failed its tests`,
        '': `${WHAT} failed`,
      },
      otherwise: `${WHAT} failed ({{payload.reason}})`,
    },
    'object.progressing': {
      from: '{{payload.reason}}',
      map: { DependencyNotReady: `${WHAT} waits for a dependency`, DriftDetected: `${WHAT} has drifted` },
      otherwise: `${WHAT} is being reconciled`,
    },
    'object.succeeded': {
      from: '{{payload.reason}}',
      map: {
        ReconciliationSucceeded: `${WHAT} is reconciled`,
        DriftCorrected: `${WHAT} is as it was wanted again`,
        GitOperationSucceeded: `${WHAT} is fetched`,
        NewArtifact: `${WHAT} has a new artifact`,
        InstallSucceeded: `${WHAT} is installed`,
        UpgradeSucceeded: `${WHAT} is upgraded`,
        RollbackSucceeded: `${WHAT} is rolled back`,
        UninstallSucceeded: `${WHAT} is uninstalled`,
        TestSucceeded: `${WHAT} passed its tests`,
        '': `${WHAT} changed`,
      },
      otherwise: `${WHAT} changed ({{payload.reason}})`,
    },
  },
  labels: {
    kind: '{{payload.involvedObject.kind}}',
    namespace: '{{payload.involvedObject.namespace}}',
    name: '{{payload.involvedObject.name}}',
    reason: '{{payload.reason}}',
    cluster: '{{payload.metadata.cluster}}',
    env: '{{payload.metadata.env}}',
  },
  facts: {
    emoji: { from: OUTCOME, map: { failed: '❌', progressing: '🔄' }, otherwise: '✅' },
    tone: { from: OUTCOME, map: { failed: 'bad', progressing: 'info' }, otherwise: 'good' },
    message: { markdown: '{{payload.message}}', of: 'text' },
    revision: SHORT_REVISION,
    cluster: '{{payload.metadata.cluster}}',
    summary: '{{payload.metadata.summary}}',
    controller: '{{payload.reportingController}}',
  },
  at: '{{payload.timestamp}}',
};
