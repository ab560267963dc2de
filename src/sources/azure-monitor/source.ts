import type { Declaration, Value } from '../declared/declaration.ts';

const RULE = '{{payload.data.essentials.alertRule}}';
const ON =
  '{{#payload.data.essentials.configurationItems.0}} on {{payload.data.essentials.configurationItems.0}}{{/payload.data.essentials.configurationItems.0}}';
const CONDITION = 'payload.data.alertContext.condition.allOf.0';
/** `Sev1` is the second worst of five: not what others mean by it. */
const bySeverity = (words: (name: string) => Value, otherwise: Value): Value => ({
  from: '{{payload.data.essentials.severity}}',
  map: Object.fromEntries(
    Object.entries({ Sev0: 'Critical', Sev1: 'Error', Sev2: 'Warning', Sev3: 'Info', Sev4: 'Verbose' }).map(
      ([severity, name]) => [severity, words(name)],
    ),
  ),
  otherwise,
});

export const azureMonitor: Declaration = {
  type: 'azure-monitor',
  title: 'Azure Monitor',
  docs: 'https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema',
  setUp:
    'In the action group, add an action of the type “Webhook” with the address and its token at the end (`/hooks/<source>/<secret>`), and switch “Enable the common alert schema” on: Bellhop reads no other.',
  verifier: { scheme: 'urlToken' },
  events: { 'alert.fired': 'A rule fired.', 'alert.resolved': 'What a rule watches is well again.' },
  requires: ['{{payload.data.essentials.alertId}}', '{{payload.data.essentials.alertRule}}'],
  event: {
    from: '{{payload.data.essentials.monitorCondition}}',
    map: { Fired: 'alert.fired', Resolved: 'alert.resolved' },
    // Some alerts of the activity log have no condition to be over.
    otherwise: 'alert.fired',
  },
  // Azure repeats what was not answered, with nothing to tell it by; an alert fires once and is resolved once.
  id: '{{#payload.data.essentials.alertId}}{{payload.data.essentials.alertId}}:{{payload.data.essentials.monitorCondition}}:{{payload.data.essentials.firedDateTime}}{{/payload.data.essentials.alertId}}',
  key: '{{#payload.data.essentials.alertId}}alert:{{payload.data.essentials.alertId}}{{/payload.data.essentials.alertId}}',
  state: '{{payload.data.essentials.monitorCondition}}',
  closes: ['alert.resolved'],
  severity: {
    from: '{{payload.data.essentials.severity}}',
    map: { Sev0: 'critical', Sev1: 'error', Sev2: 'warning', Sev3: 'info', Sev4: 'info' },
    otherwise: 'warning',
  },
  titles: {
    'alert.fired': bySeverity((name) => `${name}: ${RULE}${ON}`, `Alert: ${RULE}${ON}`),
    'alert.resolved': `Resolved: ${RULE}${ON}`,
  },
  url: [
    '{{payload.data.essentials.investigationLink}}',
    '{{#payload.data.essentials.alertTargetIDs.0}}https://portal.azure.com/#@/resource{{payload.data.essentials.alertTargetIDs.0}}{{/payload.data.essentials.alertTargetIDs.0}}',
  ],
  labels: {
    rule: RULE,
    resource: '{{payload.data.essentials.configurationItems.0}}',
    severity: '{{payload.data.essentials.severity}}',
    signal: '{{payload.data.essentials.signalType}}',
    service: '{{payload.data.essentials.monitoringService}}',
  },
  facts: {
    emoji: { from: '{{payload.data.essentials.monitorCondition}}', map: { Resolved: '✅' } },
    tone: { from: '{{payload.data.essentials.monitorCondition}}', map: { Resolved: 'good' } },
    description: { text: '{{payload.data.essentials.description}}' },
    measured: `{{#${CONDITION}.metricName}}{{${CONDITION}.metricName}}: {{${CONDITION}.metricValue}}{{/${CONDITION}.metricName}}`,
    threshold: `{{${CONDITION}.threshold}}`,
    signal: '{{payload.data.essentials.signalType}}',
    since: {
      from: '{{payload.data.essentials.monitorCondition}}',
      map: { Resolved: { time: '{{payload.data.essentials.firedDateTime}}' } },
    },
  },
  at: [
    {
      from: '{{payload.data.essentials.monitorCondition}}',
      map: {
        Resolved: '{{payload.data.essentials.resolvedDateTime}}',
        Fired: '{{payload.data.essentials.firedDateTime}}',
      },
    },
  ],
};
