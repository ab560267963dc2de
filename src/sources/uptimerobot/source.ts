import type { Declaration } from '../declared/declaration.ts';

const DETAILS = '{{payload.alertDetails}}';
const DAYS_LEFT = '{{payload.sslExpiryDaysLeft}}';
const DOMAIN_UNTIL = '{{payload.domainExpireDate}}';

export const uptimerobot: Declaration = {
  type: 'uptimerobot',
  title: 'UptimeRobot',
  docs: 'https://uptimerobot.com/help/alert-contacts/',
  setUp:
    'Under “Integrations”, add a webhook with the address and its token at the end (`/hooks/<source>/<secret>`), choose “Send as JSON”, leave the default parameters in, and have it told of what is up again too. Then choose it in each monitor.',
  verifier: { scheme: 'urlToken' },
  takesGet: true,
  events: {
    'monitor.down': 'A monitor is down.',
    'monitor.up': 'A monitor is up again.',
    'monitor.ssl': 'A certificate or a domain is about to expire.',
  },
  requires: ['{{payload.monitorID}}', '{{payload.monitorFriendlyName}}'],
  event: {
    from: '{{payload.alertType}}',
    map: { 1: 'monitor.down', 2: 'monitor.up', 3: 'monitor.ssl' },
    otherwise: '{{payload.alertTypeFriendlyName}}',
  },
  key: {
    from: '{{payload.alertType}}',
    map: { 3: '{{#payload.monitorID}}ssl:{{payload.monitorID}}{{/payload.monitorID}}' },
    otherwise: '{{#payload.monitorID}}monitor:{{payload.monitorID}}{{/payload.monitorID}}',
  },
  state: { from: '{{payload.alertType}}', map: { 1: 'down', 2: 'up', 3: 'expiring' } },
  closes: ['monitor.up'],
  severity: { from: '{{payload.alertType}}', map: { 1: 'error', 2: 'error', 3: 'warning' }, otherwise: 'info' },
  titles: {
    'monitor.down': {
      from: DETAILS,
      map: { '': 'Down: {{payload.monitorFriendlyName}}' },
      otherwise: `Down: {{payload.monitorFriendlyName}} (${DETAILS})`,
    },
    'monitor.up': 'Up again: {{payload.monitorFriendlyName}}',
    'monitor.ssl': [
      {
        from: DAYS_LEFT,
        map: { '': '', 1: 'Certificate of {{payload.monitorFriendlyName}} expires in 1 day' },
        otherwise: `Certificate of {{payload.monitorFriendlyName}} expires in ${DAYS_LEFT} days`,
      },
      {
        from: DOMAIN_UNTIL,
        map: { '': '' },
        otherwise: 'Domain of {{payload.monitorFriendlyName}} is about to expire',
      },
      'Certificate of {{payload.monitorFriendlyName}} is about to expire',
    ],
  },
  url: ['{{payload.monitorURL}}'],
  labels: { monitor: '{{payload.monitorFriendlyName}}' },
  facts: {
    duration: { duration: '{{payload.alertDuration}}', unit: 's' },
    expires: [{ time: '{{payload.sslExpiryDate}}' }, { time: DOMAIN_UNTIL }],
  },
  at: '{{payload.alertDateTime}}',
};
