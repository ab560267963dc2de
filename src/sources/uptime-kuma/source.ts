import type { Declaration } from '../declared/declaration.ts';

/** The numbers that Uptime Kuma gives to a heartbeat's status. */
const byStatus = (down: string, up: string, pending: string, maintenance: string) => ({
  0: down,
  1: up,
  2: pending,
  3: maintenance,
});

export const uptimeKuma: Declaration = {
  type: 'uptime-kuma',
  title: 'Uptime Kuma',
  docs: 'https://github.com/louislam/uptime-kuma/wiki/Notification-Methods',
  setUp:
    'Add a notification of the type “Webhook” with the address, the body as “Preset - application/json”, and under “Additional Headers” `{"Authorization": "Bearer <secret>"}`.',
  verifier: { scheme: 'bearer' },
  takesGet: true,
  events: {
    'monitor.down': 'A monitor is down.',
    'monitor.up': 'A monitor is up again.',
    'monitor.maintenance': 'A monitor is under maintenance.',
    test: 'Somebody pressed “Test”.',
  },
  ignores: { 'monitor.pending': 'A monitor that is tried again before it counts as down.' },
  requires: ['{{payload.heartbeat.status}}', '{{payload.msg}}'],
  event: {
    from: '{{payload.heartbeat.status}}',
    map: byStatus('monitor.down', 'monitor.up', 'monitor.pending', 'monitor.maintenance'),
    otherwise: 'test',
  },
  key: '{{#payload.monitor.id}}monitor:{{payload.monitor.id}}{{/payload.monitor.id}}',
  state: { from: '{{payload.heartbeat.status}}', map: byStatus('down', 'up', 'pending', 'maintenance') },
  closes: ['monitor.up'],
  severity: { from: '{{payload.heartbeat.status}}', map: { 0: 'error' }, otherwise: 'info' },
  titles: {
    'monitor.down':
      'Down: {{payload.monitor.name}}{{#payload.heartbeat.msg}} ({{payload.heartbeat.msg}}){{/payload.heartbeat.msg}}',
    'monitor.up': 'Up again: {{payload.monitor.name}}',
    'monitor.maintenance': 'Maintenance: {{payload.monitor.name}}',
    test: ['{{payload.msg}}', 'Uptime Kuma says hello'],
  },
  url: ['{{payload.monitor.url}}'],
  labels: { monitor: '{{payload.monitor.name}}' },
  facts: {
    address: '{{payload.monitor.hostname}}',
    ping: '{{#payload.heartbeat.ping}}{{payload.heartbeat.ping}} ms{{/payload.heartbeat.ping}}',
  },
};
