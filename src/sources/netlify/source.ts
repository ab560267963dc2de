import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';
import { netlifyVerifier } from '../verifiers/netlify.ts';

/** Netlify's names as events; the two that compare a deploy with the one before are news of the same thing. */
const EVENT: Value = {
  from: '{{headers.x-netlify-event}}',
  map: {
    deploy_building: 'deploy.building',
    deploy_created: 'deploy.created',
    deploy_succeeded_after_failing: 'deploy.created',
    deploy_failed: 'deploy.failed',
    deploy_failed_after_succeeding: 'deploy.failed',
    deploy_locked: 'deploy.locked',
    deploy_unlocked: 'deploy.unlocked',
    deploy_restored: 'deploy.restored',
    deploy_deleted: 'deploy.deleted',
    deploy_request_pending: 'deploy_request.pending',
    deploy_request_accepted: 'deploy_request.accepted',
    deploy_request_rejected: 'deploy_request.rejected',
    submission_created: 'submission.created',
    // Without the header, the document says most of it.
    '': [
      '{{#payload.form_id}}submission.created{{/payload.form_id}}',
      {
        from: '{{payload.state}}',
        map: { ready: 'deploy.created', error: 'deploy.failed' },
        otherwise: 'deploy.{{payload.state}}',
      },
    ],
  },
  otherwise: '{{headers.x-netlify-event}}',
};

/** A build that somebody canceled, or that was not needed, is reported as an error too: how its message begins tells them apart. */
const OUTCOME: Value = {
  from: { cut: '{{payload.error_message}}', to: 14 },
  map: { 'Canceled build': 'canceled' },
  otherwise: {
    from: { cut: '{{payload.error_message}}', to: 56 },
    map: { "Failed during stage 'checking build content for changes'": 'skipped' },
    otherwise: 'failed',
  },
};

const STATE: Value = {
  from: EVENT,
  map: {
    'deploy.building': 'building',
    'deploy.created': 'ready',
    'deploy.failed': OUTCOME,
    'deploy.locked': 'locked',
    'deploy.unlocked': 'unlocked',
    'deploy.restored': 'restored',
    'deploy.deleted': 'deleted',
    'deploy_request.pending': 'pending',
    'deploy_request.accepted': 'accepted',
    'deploy_request.rejected': 'rejected',
  },
};

const NUMBER = '{{#payload.review_id}} #{{payload.review_id}}{{/payload.review_id}}';
const ON = '{{#payload.branch}} ({{payload.branch}}){{/payload.branch}}';
/** `Deploy preview #12 of shop is ready`; production is said, since that is what hurts. */
const deploy = (happened: string): Value => ({
  from: '{{payload.context}}',
  map: {
    production: `Production deploy of {{payload.name}} ${happened}${ON}`,
    'deploy-preview': `Deploy preview${NUMBER} of {{payload.name}} ${happened}${ON}`,
    'branch-deploy': `Branch deploy of {{payload.name}} ${happened}${ON}`,
  },
  otherwise: `Deploy of {{payload.name}} ${happened}${ON}`,
});

const PAGE = '{{#payload.admin_url}}{{payload.admin_url}}/deploys/{{payload.id}}{{/payload.admin_url}}';
const SITE: Value = {
  from: '{{payload.context}}',
  map: { production: ['{{payload.ssl_url}}', '{{payload.url}}'] },
  otherwise: ['{{payload.deploy_ssl_url}}', '{{payload.deploy_url}}'],
};

const BUILD = '{{#payload.updated_at}}{{payload.id}} {{payload.state}} {{payload.updated_at}}{{/payload.updated_at}}';

export const netlify: Declaration = {
  type: 'netlify',
  title: 'Netlify',
  docs: 'https://docs.netlify.com/deploy/deploy-notifications/',
  setUp:
    'In the project’s configuration under “Notifications” → “Emails and webhooks”, add an “HTTP POST request” for each event: “Deploy started”, “Deploy succeeded”, “Deploy failed” and, if wanted, “Deploy locked”, “Deploy unlocked” and “New form submission”. Give it the address, and the source’s secret as the JWS secret token.',
  verifier: netlifyVerifier,
  eventHeader: 'x-netlify-event',
  events: {
    'deploy.building': 'A build began.',
    'deploy.created': 'A deploy is done.',
    'deploy.failed': 'A deploy failed, was cancelled, or was not needed; its state says which.',
    'deploy.locked': 'A site stays on one deploy: new ones are not published by themselves.',
    'deploy.unlocked': 'New deploys of a site are published by themselves again.',
    'deploy.restored': 'Somebody published an earlier deploy again.',
    'deploy.deleted': 'Somebody deleted a deploy.',
    'deploy_request.pending': 'A deploy of somebody who is not trusted waits for approval.',
    'deploy_request.accepted': 'Such a deploy may be built.',
    'deploy_request.rejected': 'Such a deploy may not be built.',
    'submission.created': 'Somebody filled in a form.',
  },
  requires: ['{{payload.site_id}}', '{{payload.form_id}}', '{{payload.form_name}}'],
  event: EVENT,
  // A deploy has one id for all that happens to it; locking it again is news again.
  id: {
    from: EVENT,
    map: {
      'submission.created': '{{payload.id}}',
      'deploy.building': BUILD,
      'deploy.created': BUILD,
      'deploy.failed': BUILD,
    },
  },
  key: {
    from: EVENT,
    map: {
      'submission.created': '',
      'deploy.locked': '{{#payload.site_id}}lock:{{payload.site_id}}{{/payload.site_id}}',
      'deploy.unlocked': '{{#payload.site_id}}lock:{{payload.site_id}}{{/payload.site_id}}',
    },
    otherwise: '{{#payload.id}}deploy:{{payload.id}}{{/payload.id}}',
  },
  state: STATE,
  closes: ['deploy.created', 'deploy.failed', 'deploy.unlocked', 'deploy.deleted', 'deploy_request.rejected'],
  severity: {
    from: STATE,
    map: {
      // A preview that fails is news for its author, and not for whoever is on call.
      failed: { from: '{{payload.context}}', map: { production: 'error' }, otherwise: 'warning' },
      locked: 'warning',
      restored: 'warning',
    },
    otherwise: 'info',
  },
  titles: {
    'deploy.building': deploy('is building'),
    'deploy.created': deploy('is live'),
    'deploy.failed': {
      from: OUTCOME,
      map: { canceled: deploy('was cancelled'), skipped: deploy('was not needed: nothing changed') },
      otherwise: deploy('failed'),
    },
    'deploy.locked': 'Deploys of {{payload.name}} are locked: new ones are not published',
    'deploy.unlocked': 'Deploys of {{payload.name}} are unlocked: new ones are published again',
    'deploy.restored': `{{payload.name}} is back on an earlier deploy${ON}`,
    'deploy.deleted': deploy('was deleted'),
    'deploy_request.pending': deploy('waits for approval'),
    'deploy_request.accepted': deploy('was approved'),
    'deploy_request.rejected': deploy('was rejected'),
    'submission.created':
      'New form submission: {{payload.form_name}}{{#payload.name}} from {{payload.name}}{{/payload.name}}',
  },
  url: {
    from: EVENT,
    map: { 'submission.created': '{{payload.site_url}}', 'deploy.deleted': '' },
    otherwise: PAGE,
  },
  labels: {
    site: { from: EVENT, map: { 'submission.created': '{{payload.site_url}}' }, otherwise: '{{payload.name}}' },
    env: '{{payload.context}}',
    branch: '{{payload.branch}}',
    author: '{{payload.committer}}',
    form: '{{payload.form_name}}',
  },
  facts: {
    emoji: {
      from: STATE,
      map: {
        building: '🔄',
        ready: '✅',
        failed: '❌',
        locked: '🔒',
        unlocked: '🔓',
        restored: '⏪',
        deleted: '🗑️',
        pending: '✋',
        accepted: '👍',
        rejected: '⛔',
      },
      otherwise: { from: EVENT, map: { 'submission.created': '📝' }, otherwise: '⚪' },
    },
    tone: {
      from: STATE,
      map: {
        building: 'info',
        ready: 'good',
        failed: 'bad',
        locked: 'warning',
        restored: 'warning',
        pending: 'warning',
      },
      otherwise: 'neutral',
    },
    error: { from: STATE, map: { failed: { markdown: '{{payload.error_message}}', of: 'text' } } },
    took: { from: EVENT, map: { 'deploy.created': { duration: '{{payload.deploy_time}}', unit: 's' } } },
    sha: { cut: '{{payload.commit_ref}}', to: 7 },
    commit: '{{payload.title}}',
    by: '{{payload.committer}}',
    site: { from: EVENT, map: { 'deploy.created': SITE, 'deploy.restored': SITE } },
  },
  at: {
    from: EVENT,
    map: { 'submission.created': '{{payload.created_at}}', 'deploy.building': '{{payload.created_at}}' },
    otherwise: ['{{payload.updated_at}}', '{{payload.created_at}}'],
  },
};
