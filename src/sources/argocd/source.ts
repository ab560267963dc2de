import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

/** The template tells of the application and not of its trigger: a sync that goes on or went wrong says more than its health. */
const OUTCOME: Value = {
  from: '{{payload.phase}}',
  map: { Running: 'running', Failed: 'failed', Error: 'failed' },
  otherwise: {
    from: '{{payload.health}}',
    map: { Degraded: 'degraded' },
    otherwise: {
      from: '{{payload.sync}}',
      map: { Unknown: 'unknown' },
      otherwise: { from: '{{payload.phase}}', map: { Succeeded: 'succeeded' }, otherwise: '{{payload.phase}}' },
    },
  },
};
const APP = '{{payload.app}}{{#payload.project}} ({{payload.project}}){{/payload.project}}';

export const argocd: Declaration = {
  type: 'argocd',
  title: 'Argo CD',
  docs: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/services/webhook/',
  setUp:
    'Put the source’s secret into `argocd-notifications-secret` as `bellhop-token`. In `argocd-notifications-cm`, set `service.webhook.bellhop` to `{url: <address>, headers: [{name: Authorization, value: Bearer $bellhop-token}, {name: Content-Type, value: application/json}]}` and `template.bellhop` to `{webhook: {bellhop: {method: POST, body: \'{"app": {{toJson .app.metadata.name}}, "namespace": {{toJson .app.metadata.namespace}}, "project": {{toJson .app.spec.project}}, "sync": {{toJson .app.status.sync.status}}, "revision": {{toJson .app.status.sync.revision}}, "health": {{toJson .app.status.health.status}}, "phase": {{toJson (default dict .app.status.operationState).phase}}, "message": {{toJson (default dict .app.status.operationState).message}}, "startedAt": {{toJson (default dict .app.status.operationState).startedAt}}, "at": {{toJson (default dict .app.status.operationState).finishedAt}}, "url": {{printf "%s/applications/%s" .context.argocdUrl .app.metadata.name | toJson}}}\'}}}`; then send `bellhop` from the triggers `on-sync-running`, `on-deployed`, `on-sync-failed`, `on-health-degraded` and `on-sync-status-unknown`, and subscribe the applications to them.',
  verifier: { scheme: 'bearer' },
  // Argo CD's own default, with a body: https://argo-cd.readthedocs.io/en/stable/operator-manual/notifications/services/webhook/
  takesGet: true,
  events: {
    'sync.running': 'An application is being synced.',
    'sync.succeeded': 'An application is synced.',
    'sync.failed': 'A sync failed.',
    'sync.unknown': 'Whether an application is in sync cannot be told.',
    'health.degraded': 'An application is degraded.',
  },
  requires: '{{payload.app}}',
  event: {
    from: OUTCOME,
    map: {
      running: 'sync.running',
      succeeded: 'sync.succeeded',
      failed: 'sync.failed',
      unknown: 'sync.unknown',
      degraded: 'health.degraded',
    },
    otherwise: 'app.{{payload.phase}}',
  },
  // Without the revision: a failure is over when a later revision works.
  key: '{{#payload.app}}app:{{payload.namespace}}/{{payload.app}}{{/payload.app}}',
  state: OUTCOME,
  closes: ['sync.succeeded'],
  severity: { from: OUTCOME, map: { failed: 'error', degraded: 'error', unknown: 'warning' }, otherwise: 'info' },
  titles: {
    'sync.running': `Syncing: ${APP}`,
    'sync.succeeded': {
      from: '{{payload.health}}',
      map: { Healthy: `Synced and healthy: ${APP}` },
      otherwise: `Synced: ${APP}`,
    },
    'sync.failed': `Sync failed: ${APP}`,
    'sync.unknown': `Sync status unknown: ${APP}`,
    'health.degraded': `Degraded: ${APP}`,
  },
  url: '{{payload.url}}',
  labels: {
    app: '{{payload.app}}',
    project: '{{payload.project}}',
    namespace: '{{payload.namespace}}',
    health: '{{payload.health}}',
  },
  facts: {
    emoji: {
      from: OUTCOME,
      map: { running: '🔄', succeeded: '✅', failed: '❌', degraded: '💔', unknown: '❔' },
      otherwise: '⚪',
    },
    tone: {
      from: OUTCOME,
      map: { running: 'info', succeeded: 'good', failed: 'bad', degraded: 'bad', unknown: 'warning' },
      otherwise: 'neutral',
    },
    revision: { cut: '{{payload.revision}}', to: 7 },
    took: {
      from: OUTCOME,
      map: {
        succeeded: { since: '{{payload.startedAt}}', until: '{{payload.at}}' },
        failed: { since: '{{payload.startedAt}}', until: '{{payload.at}}' },
      },
    },
    // What the last sync said explains a sync, and nothing else.
    message: {
      from: OUTCOME,
      map: {
        running: { markdown: '{{payload.message}}', of: 'text' },
        failed: { markdown: '{{payload.message}}', of: 'text' },
      },
    },
  },
  at: {
    from: OUTCOME,
    map: { succeeded: '{{payload.at}}', failed: '{{payload.at}}' },
  },
};
