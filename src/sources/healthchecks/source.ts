import type { Declaration } from '../declared/declaration.ts';

/** What the user pastes at Healthchecks; the names ending in `_JSON` bring their own quotes. */
const BODY =
  '{"check": "$CODE", "name": $NAME_JSON, "status": "$STATUS", "tags": "$TAGS", "at": "$NOW", "exitStatus": "$EXITSTATUS", "output": $BODY_JSON, "url": "https://healthchecks.io/checks/$CODE/details/"}';

export const healthchecks: Declaration = {
  type: 'healthchecks',
  title: 'Healthchecks',
  docs: 'https://healthchecks.io/docs/configuring_notifications/',
  setUp: `Under “Integrations”, add a webhook. Both when a check goes down and when it is back up: method POST, the address, the headers \`Authorization: Bearer <secret>\` and \`Content-Type: application/json\`, and the body \`${BODY}\` (with your own host in it, if you run Healthchecks yourself).`,
  verifier: { scheme: 'bearer' },
  events: { 'check.down': 'A check failed, or did not report in time.', 'check.up': 'A check reports again.' },
  requires: ['{{payload.check}}', '{{payload.name}}'],
  event: '{{#payload.status}}check.{{payload.status}}{{/payload.status}}',
  key: '{{#payload.check}}check:{{payload.check}}{{/payload.check}}',
  state: '{{payload.status}}',
  closes: ['check.up'],
  severity: { from: '{{payload.status}}', map: { down: 'error', up: 'error' }, otherwise: 'info' },
  titles: {
    'check.down': {
      from: '{{payload.exitStatus}}',
      // 0 was a success, so that it is late now; -1 stands for a report without an exit status.
      map: { 0: 'Late: {{payload.name}}', '': 'Down: {{payload.name}}', '-1': 'Down: {{payload.name}}' },
      otherwise: 'Down: {{payload.name}} (exit status {{payload.exitStatus}})',
    },
    'check.up': 'Up again: {{payload.name}}',
  },
  url: '{{payload.url}}',
  labels: { check: '{{payload.name}}', tags: '{{payload.tags}}' },
  facts: {
    tags: '{{payload.tags}}',
    output: { from: '{{payload.status}}', map: { down: { markdown: '{{payload.output}}', of: 'text' } } },
  },
  at: '{{payload.at}}',
};
