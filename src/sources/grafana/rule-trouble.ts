import type { Alert } from '../alert-group/payloads.ts';
import type { Notification } from './payloads.ts';

/** What keeps a rule from saying whether all is well. */
export type RuleTrouble = 'no_data' | 'error';

/** https://grafana.com/docs/grafana/latest/alerting/fundamentals/alert-rule-evaluation/stale-alert-instances/ */
const TROUBLES: ReadonlyMap<string | undefined, RuleTrouble> = new Map([
  ['DatasourceNoData', 'no_data'],
  ['DatasourceError', 'error'],
]);

/** What ails every rule of the group; undefined where at least one alert is a real one. */
export function troubleOf({ alerts }: Notification): RuleTrouble | undefined {
  const [trouble, ...more] = new Set(alerts.map(({ labels }) => TROUBLES.get(labels.alertname)));
  return more.length === 0 ? trouble : undefined;
}

/**
 * Alerts about missing data and failing queries go by a name of Grafana's and keep that of their rule in a label: they
 * take it back. Their annotations are the rule's, with holes where the values would be.
 */
export function namedByRule(group: Notification): Notification {
  const alerts = group.alerts.map(renamed);
  const summaries = new Set(alerts.map(({ annotations }) => annotations.summary));
  const [summary] = summaries.size === 1 ? summaries : [];
  return {
    ...group,
    alerts,
    groupLabels: withRuleName(group.groupLabels),
    commonLabels: withRuleName(group.commonLabels),
    commonAnnotations: { ...whole(group.commonAnnotations), ...(summary !== undefined && { summary }) },
  };
}

function renamed(alert: Alert): Alert {
  const { description, ...annotations } = whole(alert.annotations);
  const trouble = TROUBLES.get(alert.labels.alertname);
  if (trouble === undefined) return { ...alert, annotations: whole(alert.annotations) };
  // What the rule says of its alarm is not known to be so.
  const said = trouble === 'no_data' ? { summary: 'no data' } : errorWords(annotations.Error);
  return { ...alert, labels: withRuleName(alert.labels), annotations: { ...annotations, ...said } };
}

const errorWords = (error: string | undefined): Record<string, string> =>
  error === undefined ? { summary: 'the query fails' } : { summary: `query fails: ${error}`, description: error };

type Strings = Readonly<Record<string, string>>;

/** The group may share the name and not the rule; then there is no name to take back. */
function withRuleName(labels: Strings): Record<string, string> {
  const { alertname, rulename, ...rest } = labels;
  if (!TROUBLES.has(alertname)) return { ...labels };
  return rulename === undefined ? rest : { ...rest, rulename, alertname: rulename };
}

/** Without those that could not be filled in. */
const whole = (annotations: Strings): Record<string, string> =>
  Object.fromEntries(Object.entries(annotations).filter(([, text]) => !/\[no value\]|<no value>/.test(text)));
