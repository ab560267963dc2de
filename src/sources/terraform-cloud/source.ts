import type { Declaration, Value } from '../declared/declaration.ts';

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
  },
  otherwise: '{{item.trigger}}',
};
const WHERE =
  '{{payload.workspace_name}}{{#payload.organization_name}} ({{payload.organization_name}}){{/payload.organization_name}}';

export const terraformCloud: Declaration = {
  type: 'terraform-cloud',
  title: 'Terraform Cloud',
  docs: 'https://developer.hashicorp.com/terraform/cloud-docs/workspaces/settings/notifications',
  setUp:
    'In the workspace’s settings under “Notifications”, add a webhook with the address, enter the source’s secret as the token, and choose the run events. Terraform Cloud (HCP Terraform) and Terraform Enterprise send a test when it is saved, and enable it once that is accepted.',
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
    'run.errored': 'A run failed, or was canceled.',
  },
  ignores: { verification: 'A test of the notification.' },
  requires: '{{item.trigger}}',
  each: 'payload.notifications',
  event: EVENT,
  id: '{{#payload.run_id}}{{#item.run_updated_at}}{{payload.run_id}} {{item.trigger}} {{item.run_updated_at}}{{/item.run_updated_at}}{{/payload.run_id}}',
  key: '{{#payload.run_id}}run:{{payload.run_id}}{{/payload.run_id}}',
  state: '{{item.run_status}}',
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
    },
    otherwise: 'info',
  },
  titles: {
    'run.created': `Run created: ${WHERE}`,
    'run.planning': `Planning: ${WHERE}`,
    'run.needs_attention': {
      from: '{{item.run_status}}',
      map: {
        planned: `Plan waits to be confirmed: ${WHERE}`,
        cost_estimated: `Plan waits to be confirmed: ${WHERE}`,
        policy_checked: `Plan waits to be confirmed: ${WHERE}`,
        policy_override: `Policy check failed, and may be overridden: ${WHERE}`,
        policy_soft_failed: `Policy check failed, and may be overridden: ${WHERE}`,
      },
      otherwise: `Run needs attention: ${WHERE}`,
    },
    'run.applying': `Applying: ${WHERE}`,
    'run.completed': {
      from: '{{item.run_status}}',
      map: {
        applied: `Applied: ${WHERE}`,
        planned_and_finished: `Planned, nothing to apply: ${WHERE}`,
        planned_and_saved: `Plan saved: ${WHERE}`,
        discarded: `Plan discarded: ${WHERE}`,
      },
      otherwise: `Run completed: ${WHERE}`,
    },
    'run.errored': {
      from: '{{item.run_status}}',
      map: {
        canceled: `Run canceled: ${WHERE}`,
        force_canceled: `Run canceled by force: ${WHERE}`,
        policy_soft_failed: `Run stopped by a policy: ${WHERE}`,
      },
      otherwise: `Run failed: ${WHERE}`,
    },
  },
  url: '{{payload.run_url}}',
  labels: {
    workspace: '{{payload.workspace_name}}',
    owner: '{{payload.organization_name}}',
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
      },
      otherwise: '⚪',
    },
    tone: {
      from: EVENT,
      map: {
        'run.needs_attention': 'warning',
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
    message: { text: '{{payload.run_message}}' },
  },
  at: ['{{item.run_updated_at}}', '{{payload.run_created_at}}'],
};
