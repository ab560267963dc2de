import { z } from 'zod';
import { id, list, record, text, time } from '../lenient.ts';

const measure = z.object({
  metricName: text,
  /** What a query of logs measured; absent where it counts its rows. */
  metricMeasureColumn: text,
  operator: text,
  threshold: id,
  timeAggregation: text,
  metricValue: id,
  linkToFilteredSearchResultsUI: text,
});

const condition = record({ allOf: list(measure) });

/** What happened, in alerts of the activity log and on Azure's own health. */
const activity = {
  caller: text,
  status: text,
  operationName: text,
  properties: record({
    title: text,
    communication: text,
    incidentType: text,
    service: text,
    region: text,
    trackingId: text,
    currentHealthStatus: text,
  }),
};

/** The common schema: https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema */
const essentials = record({
  alertId: text,
  alertRule: text,
  severity: text,
  signalType: text,
  monitorCondition: text,
  monitoringService: text,
  alertTargetIDs: list(z.string()),
  configurationItems: list(z.string()),
  firedDateTime: time,
  resolvedDateTime: time,
  description: text,
  investigationLink: text,
});

const alertContext = record({
  ...activity,
  condition,
  annotations: record({ summary: text }),
  AlertData: record({ BudgetName: text, SpentAmount: text, BudgetThreshold: text }),
});

/** The schemas that action groups use where the common one is not switched on: of metrics, the activity log and logs. */
const context = record({
  timestamp: time,
  id: text,
  name: text,
  description: text,
  severity: id,
  condition,
  resourceName: text,
  resourceId: text,
  portalLink: text,
  activityLog: record({ ...activity, level: text, resourceId: text, eventTimestamp: time }),
});

export const alertHook = z.object({
  data: record({
    essentials,
    alertContext,
    context,
    status: text,
    AlertRuleName: text,
    Description: text,
    Severity: text,
    ResultCount: id,
    LinkToSearchResults: text,
  }),
});

export type AlertData = NonNullable<z.infer<typeof alertHook>['data']>;
export type Measure = z.infer<typeof measure>;
export type Activity = Pick<NonNullable<AlertData['alertContext']>, keyof typeof activity>;
