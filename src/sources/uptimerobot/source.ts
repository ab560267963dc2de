import type { Declaration } from '../declared/declaration.ts';

export const uptimerobot: Declaration = {
  type: 'uptimerobot',
  title: 'UptimeRobot',
  docs: 'https://uptimerobot.com/help/alert-contacts/',
  setUp:
    'Under “Integrations”, add a webhook with the address and its token at the end (`/hooks/<source>/<secret>`), choose “Send as JSON” and leave the default parameters in.',
  verifier: { scheme: 'urlToken' },
  takesGet: true,
  events: {
    'monitor.down': 'A monitor is down.',
    'monitor.up': 'A monitor is up again.',
    'monitor.ssl': 'A certificate is about to expire.',
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
  severity: { from: '{{payload.alertType}}', map: { 1: 'error', 3: 'warning' }, otherwise: 'info' },
  titles: {
    'monitor.down':
      'Down: {{payload.monitorFriendlyName}}{{#payload.alertDetails}} ({{payload.alertDetails}}){{/payload.alertDetails}}',
    'monitor.up': 'Up again: {{payload.monitorFriendlyName}}',
    'monitor.ssl': 'Certificate of {{payload.monitorFriendlyName}} expires in {{payload.sslExpiryDaysLeft}} days',
  },
  url: ['{{payload.monitorURL}}'],
  labels: { monitor: '{{payload.monitorFriendlyName}}' },
  facts: {
    duration: { duration: '{{payload.alertDuration}}', unit: 's' },
    expires: { time: '{{payload.sslExpiryDate}}' },
  },
  at: '{{payload.alertDateTime}}',
};
