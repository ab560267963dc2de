import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

/** A trigger as an event: a colon has no place in a file's name. */
const EVENT: Value = {
  from: '{{item.trigger}}',
  map: {
    'run:created': 'run.created',
    'run:planning': 'run.planning',
    'run:needs_attention': 'run.needs_attention',
    'run:applying': 'run.applying',
    'run:completed': 'run.completed',
    'run:errored': 'run.errored',
    'assessment:drifted': 'assessment.drifted',
    'assessment:check_failure': 'assessment.check_failure',
    'assessment:failed': 'assessment.failed',
    'workspace:auto_destroy_reminder': 'workspace.auto_destroy_reminder',
    'workspace:auto_destroy_run_results': 'workspace.auto_destroy_run_results',
  },
  otherwise: '{{item.trigger}}',
};
/** Notifications about runs name their workspace at the top, those about its health among the details. */
const WORKSPACE: Value = ['{{payload.workspace_name}}', '{{payload.details.workspace_name}}'];
const ORGANIZATION: Value = ['{{payload.organization_name}}', '{{payload.details.organization_name}}'];
const RESULT = 'payload.details.new_assessment_result';

const of = (happened: string): Value => ({
  say: `${happened}: {{workspace}}{{#organization}} ({{organization}}){{/organization}}`,
  with: { workspace: WORKSPACE, organization: ORGANIZATION },
});

export const terraformCloud: Declaration = {
  type: 'terraform-cloud',
  title: 'Terraform Cloud',
  docs: 'https://developer.hashicorp.com/terraform/cloud-docs/workspaces/settings/notifications',
  setUp:
    'In the workspace’s settings under “Notifications”, add a webhook with the address, enter the source’s secret as the token, and choose “All events”, so that what waits or fails is followed by what became of it. Terraform Cloud (HCP Terraform) and Terraform Enterprise send a test when it is saved, and enable it once that is accepted.',
  verifier: {
    scheme: 'hmac',
    headers: ['x-tfe-notification-signature'],
    algorithm: 'sha512',
    encoding: 'hex',
    prefix: '',
    signed: '{body}',
    key: 'utf8',
  },
  events: {
    'run.created': 'A run was asked for.',
    'run.planning': 'A run is being planned.',
    'run.needs_attention': 'A run waits for somebody: to confirm its plan, or to override a policy.',
    'run.applying': 'A plan is being applied.',
    'run.completed': 'A run ended well; its state says how, such as `applied`.',
    'run.errored': 'A run failed, or was cancelled.',
    'assessment.drifted': 'What is there differs from what the workspace says.',
    'assessment.check_failure': 'A check of the workspace failed.',
    'assessment.failed': 'The health of a workspace could not be assessed.',
    'workspace.auto_destroy_reminder': 'All that a workspace made will be destroyed soon.',
    'workspace.auto_destroy_run_results': 'All that a workspace made was destroyed, or should have been.',
  },
  ignores: { verification: 'A test of the notification.' },
  requires: '{{item.trigger}}',
  each: 'payload.notifications',
  event: EVENT,
  id: '{{#payload.run_id}}{{#item.run_updated_at}}{{payload.run_id}} {{item.trigger}} {{item.run_updated_at}}{{/item.run_updated_at}}{{/payload.run_id}}',
  key: [
    '{{#payload.run_id}}run:{{payload.run_id}}{{/payload.run_id}}',
    {
      from: '{{payload.trigger_scope}}',
      map: {
        assessment:
          '{{#payload.details.workspace_id}}health:{{payload.details.workspace_id}}{{/payload.details.workspace_id}}',
      },
    },
  ],
  state: [
    '{{item.run_status}}',
    {
      from: '{{item.trigger}}',
      map: { 'assessment:drifted': 'drifted', 'assessment:check_failure': 'failing', 'assessment:failed': 'unknown' },
    },
  ],
  closes: ['run.completed', 'run.errored'],
  severity: {
    from: '{{item.trigger}}',
    map: {
      'run:errored': {
        from: '{{item.run_status}}',
        map: { canceled: 'info', force_canceled: 'info' },
        otherwise: 'error',
      },
      'run:needs_attention': 'warning',
      'assessment:drifted': 'warning',
      'assessment:check_failure': 'error',
      'assessment:failed': 'warning',
      'workspace:auto_destroy_reminder': 'warning',
    },
    otherwise: 'info',
  },
  titles: {
    'run.created': of('Run created'),
    'run.planning': of('Planning'),
    'run.needs_attention': {
      from: '{{item.run_status}}',
      map: {
        planned: of('Plan waits to be confirmed'),
        cost_estimated: of('Plan waits to be confirmed'),
        policy_checked: of('Plan waits to be confirmed'),
        policy_override: of('Policy check failed, and may be overridden'),
        policy_soft_failed: of('Policy check failed, and may be overridden'),
      },
      otherwise: of('Run needs attention'),
    },
    'run.applying': of('Applying'),
    'run.completed': {
      from: '{{item.run_status}}',
      map: {
        applied: of('Applied'),
        planned_and_finished: of('Planned, nothing to apply'),
        planned_and_saved: of('Plan saved'),
        discarded: of('Plan discarded'),
      },
      otherwise: of('Run completed'),
    },
    'run.errored': {
      from: '{{item.run_status}}',
      map: {
        canceled: of('Run cancelled'),
        force_canceled: of('Run cancelled by force'),
        policy_soft_failed: of('Run stopped by a policy'),
      },
      otherwise: of('Run failed'),
    },
    'assessment.drifted': of('Drift detected'),
    'assessment.check_failure': of('Checks failed'),
    'assessment.failed': of('Health could not be assessed'),
    'workspace.auto_destroy_reminder': of('Will be destroyed soon'),
    'workspace.auto_destroy_run_results': of('Destroyed by schedule'),
  },
  url: [
    '{{payload.run_url}}',
    {
      say: '{{#organization}}{{{site}}}/app/{{organization}}/workspaces/{{workspace}}{{#health}}/health{{/health}}{{/organization}}',
      with: {
        // Terraform Enterprise lives elsewhere.
        site: [{ origin: '{{payload.notification_configuration_url}}' }, 'https://app.terraform.io'],
        workspace: WORKSPACE,
        organization: '{{payload.details.organization_name}}',
        health: { from: '{{payload.trigger_scope}}', map: { assessment: 'yes' } },
      },
    },
  ],
  labels: {
    workspace: WORKSPACE,
    owner: ORGANIZATION,
    author: ['{{item.run_updated_by}}', '{{payload.run_created_by}}'],
  },
  facts: {
    emoji: {
      from: EVENT,
      map: {
        'run.created': '⏳',
        'run.planning': '🔄',
        'run.needs_attention': '✋',
        'run.applying': '🔄',
        'run.completed': { from: '{{item.run_status}}', map: { discarded: '⚪' }, otherwise: '✅' },
        'run.errored': { from: '{{item.run_status}}', map: { canceled: '⚪', force_canceled: '⚪' }, otherwise: '❌' },
        'assessment.drifted': '🌊',
        'assessment.check_failure': '❌',
        'assessment.failed': '❔',
        'workspace.auto_destroy_reminder': '⏰',
        'workspace.auto_destroy_run_results': '🗑️',
      },
      otherwise: '⚪',
    },
    tone: {
      from: EVENT,
      map: {
        'run.needs_attention': 'warning',
        'assessment.drifted': 'warning',
        'assessment.check_failure': 'bad',
        'assessment.failed': 'warning',
        'workspace.auto_destroy_reminder': 'warning',
        'workspace.auto_destroy_run_results': 'neutral',
        'run.completed': { from: '{{item.run_status}}', map: { discarded: 'neutral' }, otherwise: 'good' },
        'run.errored': {
          from: '{{item.run_status}}',
          map: { canceled: 'neutral', force_canceled: 'neutral' },
          otherwise: 'bad',
        },
      },
      otherwise: 'info',
    },
    by: ['{{item.run_updated_by}}', '{{payload.run_created_by}}'],
    took: {
      from: EVENT,
      map: {
        'run.completed': { since: '{{payload.run_created_at}}', until: '{{item.run_updated_at}}' },
        'run.errored': { since: '{{payload.run_created_at}}', until: '{{item.run_updated_at}}' },
      },
    },
    drifted: {
      from: `{{${RESULT}.resources_drifted}}`,
      map: { '': '', 0: '' },
      otherwise: `{{${RESULT}.resources_drifted}}`,
    },
    checks: { from: `{{${RESULT}.checks_failed}}`, map: { '': '', 0: '' }, otherwise: `{{${RESULT}.checks_failed}}` },
    message: { markdown: '{{payload.run_message}}', of: 'text' },
  },
  at: ['{{item.run_updated_at}}', `{{${RESULT}.created_at}}`, '{{payload.run_created_at}}'],
};
