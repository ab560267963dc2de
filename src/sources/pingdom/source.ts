import type { Declaration } from '../declared/declaration.ts';

export const pingdom: Declaration = {
  type: 'pingdom',
  title: 'Pingdom',
  docs: 'https://www.pingdom.com/resources/webhooks/',
  setUp:
    'Under “Integrations”, add a webhook with the address and its token at the end (`/hooks/<source>/<secret>`), and tick it at each check.',
  verifier: { scheme: 'urlToken' },
  events: { 'check.down': 'A check fails.', 'check.up': 'A check passes again.' },
  requires: ['{{payload.check_id}}', '{{payload.check_name}}'],
  event: {
    from: '{{payload.current_state}}',
    map: { DOWN: 'check.down', FAILING: 'check.down', UP: 'check.up', SUCCESS: 'check.up' },
    otherwise: 'check.{{payload.current_state}}',
  },
  key: '{{#payload.check_id}}check:{{payload.check_id}}{{/payload.check_id}}',
  state: '{{payload.current_state}}',
  closes: ['check.up'],
  severity: {
    from: '{{payload.current_state}}',
    map: { UP: 'info', SUCCESS: 'info' },
    otherwise: { from: '{{payload.importance_level}}', map: { LOW: 'warning' }, otherwise: 'error' },
  },
  titles: {
    'check.down':
      'Down: {{payload.check_name}}{{#payload.description}} ({{payload.description}}){{/payload.description}}',
    'check.up': 'Up again: {{payload.check_name}}',
  },
  url: '{{payload.check_params.full_url}}',
  labels: { check: '{{payload.check_name}}', service: '{{payload.check_params.hostname}}' },
  facts: { reason: { text: '{{payload.long_description}}' }, from: '{{payload.first_probe.location}}' },
  at: '{{payload.state_changed_timestamp}}',
};
