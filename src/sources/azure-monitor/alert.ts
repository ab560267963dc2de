import type { Activity, AlertData, Measure } from './payloads.ts';

/** An alert of whichever schema, in one form. */
export interface AzureAlert {
  readonly rule: string | undefined;
  readonly resource: string | undefined;
  /** From 0, the worst, to 4. */
  readonly level: number | undefined;
  readonly resolved: boolean;
  readonly description: string | undefined;
  readonly signal: string | undefined;
  readonly service: string | undefined;
  readonly measure: Measure | undefined;
  /** Of a budget. */
  readonly spent: string | undefined;
  readonly activity: Activity | undefined;
  readonly url: string | undefined;
  readonly key: string | undefined;
  /** What only a repeated hook has in common with this one. */
  readonly once: string | undefined;
  readonly firedAt: Date | undefined;
  readonly resolvedAt: Date | undefined;
}

/** The alert of a document; undefined for what is none. */
export function alertOf(data: AlertData): AzureAlert | undefined {
  if (data.essentials !== undefined) return commonAlert(data, data.essentials);
  const { context } = data;
  if (context?.activityLog !== undefined) return activityAlert(context.activityLog);
  if (context?.name !== undefined) return metricAlert(data, context);
  return data.AlertRuleName === undefined ? undefined : logAlert(data);
}

const NONE = {
  ...{
    signal: undefined,
    service: undefined,
    measure: undefined,
    spent: undefined,
    activity: undefined,
    url: undefined,
  },
  ...{ once: undefined, firedAt: undefined, resolvedAt: undefined },
};

function commonAlert(
  { alertContext }: AlertData,
  essentials: NonNullable<AlertData['essentials']>,
): AzureAlert | undefined {
  const { alertId, monitorCondition, monitoringService, firedDateTime, resolvedDateTime } = essentials;
  const budget = alertContext?.AlertData;
  const rule = essentials.alertRule ?? (budget?.BudgetName && `Budget ${budget.BudgetName}`) ?? monitoringService;
  if (alertId === undefined && rule === undefined) return undefined;
  const [target] = essentials.alertTargetIDs;
  const health = alertContext?.properties;
  const resolved = [monitorCondition, alertContext?.status].includes('Resolved');
  return {
    rule,
    // Of a budget it is the word “budgets”, and of Azure’s own health the subscription’s id.
    resource: budget !== undefined || health?.trackingId !== undefined ? undefined : essentials.configurationItems[0],
    level: levelOf(essentials.severity),
    resolved: resolved || health?.currentHealthStatus === 'Available',
    description: essentials.description || alertContext?.annotations?.summary,
    signal: essentials.signalType,
    service: monitoringService,
    measure: alertContext?.condition?.allOf[0],
    spent: spentText(budget),
    activity: alertContext,
    url: essentials.investigationLink ?? resourceLink(target),
    key: healthKey(alertContext, target) ?? (alertId && `alert:${alertId}`),
    once: alertId && `${alertId}:${monitorCondition}:${firedDateTime?.toISOString()}`,
    firedAt: firedDateTime,
    resolvedAt: resolvedDateTime,
  };
}

function metricAlert({ status }: AlertData, context: NonNullable<AlertData['context']>): AzureAlert {
  const { id, name, description, severity, condition, resourceName, resourceId, portalLink, timestamp } = context;
  const resolved = status === 'Deactivated';
  return {
    ...NONE,
    rule: name,
    resource: resourceName,
    level: levelOf(severity),
    resolved,
    description,
    signal: 'Metric',
    measure: condition?.allOf[0],
    url: portalLink ?? resourceLink(resourceId),
    // The rule's id; a rule may watch several things.
    key: id && `rule:${id}${resourceId === undefined ? '' : `:${resourceId}`}`,
    firedAt: resolved ? undefined : timestamp,
    resolvedAt: resolved ? timestamp : undefined,
  };
}

function activityAlert(activityLog: NonNullable<NonNullable<AlertData['context']>['activityLog']>): AzureAlert {
  const { operationName, resourceId, level, eventTimestamp, status, properties } = activityLog;
  return {
    ...NONE,
    rule: operationName,
    resource: resourceId?.split('/').at(-1),
    level: { Critical: 0, Error: 1, Warning: 2 }[level ?? ''] ?? 4,
    resolved: status === 'Resolved' || properties?.currentHealthStatus === 'Available',
    description: undefined,
    signal: 'Activity Log',
    activity: activityLog,
    url: resourceLink(resourceId),
    key: healthKey(activityLog, resourceId),
    firedAt: eventTimestamp,
  };
}

const logAlert = (data: AlertData): AzureAlert => ({
  ...NONE,
  rule: data.AlertRuleName,
  resource: undefined,
  level: { Critical: 0, Error: 1, Warning: 2, Informational: 3 }[data.Severity ?? ''],
  resolved: false,
  description: data.Description || (data.ResultCount && `The query found ${data.ResultCount} rows.`),
  signal: 'Log',
  url: data.LinkToSearchResults,
  key: undefined,
});

/** `Sev1`, or the number alone. */
function levelOf(severity: string | undefined): number | undefined {
  const digit = /^(?:Sev)?([0-4])$/.exec(severity ?? '')?.[1];
  return digit === undefined ? undefined : Number(digit);
}

/** Azure's news on one outage have one number; what a resource says of its own health is about the resource. */
function healthKey(activity: Activity | undefined, resource: string | undefined): string | undefined {
  const { trackingId, currentHealthStatus } = activity?.properties ?? {};
  if (trackingId !== undefined) return `health:${trackingId}`;
  return currentHealthStatus !== undefined && resource !== undefined ? `health:${resource}` : undefined;
}

const resourceLink = (resource: string | undefined): string | undefined =>
  resource?.startsWith('/') ? `https://portal.azure.com/#@/resource${resource}` : undefined;

const spentText = (budget: NonNullable<AlertData['alertContext']>['AlertData']): string | undefined =>
  budget?.SpentAmount && `${budget.SpentAmount} spent of ${budget.BudgetThreshold ?? 'it'}`;
