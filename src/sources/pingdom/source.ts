import type { Declaration } from '../declared/declaration.ts';
import type { Value } from '../declared/value.ts';

/** A site is down; a transaction, which clicks its way through one, fails. */
const CHECK = '{{payload.check_name}}';
const WHY = '{{#payload.description}} ({{payload.description}}){{/payload.description}}';
const BOTH_PROBES =
  '{{#payload.first_probe.location}}{{#payload.second_probe.location}}{{payload.first_probe.location}} and {{payload.second_probe.location}}{{/payload.second_probe.location}}{{/payload.first_probe.location}}';
const whenDown = (value: Value): Value => ({
  from: '{{payload.current_state}}',
  map: { UP: '', SUCCESS: '' },
  otherwise: value,
});

export const pingdom: Declaration = {
  type: 'pingdom',
  title: 'Pingdom',
  docs: 'https://www.pingdom.com/resources/webhooks/',
  setUp:
    'Under “Integrations”, add a webhook with the address and its token at the end (`/hooks/<source>/<secret>`), and tick it at each check. Leave “Alert when back up” on there.',
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
  severity: { from: '{{payload.importance_level}}', map: { LOW: 'warning' }, otherwise: 'error' },
  titles: {
    'check.down': {
      from: '{{payload.current_state}}',
      map: { FAILING: `Fails: ${CHECK}${WHY}` },
      otherwise: `Down: ${CHECK}${WHY}`,
    },
    'check.up': {
      from: '{{payload.current_state}}',
      map: { SUCCESS: `Works again: ${CHECK}` },
      otherwise: `Up again: ${CHECK}`,
    },
  },
  url: '{{payload.check_params.full_url}}',
  labels: {
    check: '{{payload.check_name}}',
    service: '{{payload.check_params.hostname}}',
  },
  // What is well again needs no reason, and was seen by the same ones.
  facts: {
    message: whenDown({ markdown: '{{payload.custom_message}}', of: 'text' }),
    reason: whenDown({ markdown: '{{payload.long_description}}', of: 'text' }),
    from: whenDown([BOTH_PROBES, '{{payload.first_probe.location}}']),
  },
  at: '{{payload.state_changed_timestamp}}',
};
