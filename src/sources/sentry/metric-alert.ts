import type { Severity } from '../../core/severity.ts';
import type { Happening } from '../happening.ts';
import { toMarkdown } from '../markup/to-markdown.ts';
import { plainText } from '../plain-text.ts';
import { colon, inBrackets, oneLine, tookText } from '../wording.ts';
import type { IntegrationHook } from './payloads.ts';

/** What is over does not say how bad it was. */
const SEVERITIES: Readonly<Record<string, Severity>> = { critical: 'critical', warning: 'warning', resolved: 'error' };
const LEADS: Readonly<Record<string, string>> = { critical: 'Critical', warning: 'Warning', resolved: 'Resolved' };

/** A number that a rule watches is out of bounds, or within them again. */
export function readMetricAlert(action: string, { data }: IntegrationHook): Happening | undefined {
  const alert = data?.metric_alert;
  if (alert === undefined || data === undefined) return undefined;
  const { id, organization_id, projects, alert_rule, date_started, date_closed } = alert;
  // The title begins with the action's own word.
  const told = oneLine(data.description_title).replace(/^(critical|warning|resolved): /i, '');
  const name = oneLine(alert_rule?.name) || told || oneLine(alert.title) || 'a metric';
  // The documented example has its line end written out.
  const text = plainText((data.description_text ?? '').replaceAll('\\n', '\n'), 500);
  const [measured = ''] = text.split('\n', 1);
  const resolved = action === 'resolved';
  const env = oneLine(alert_rule?.environment, 40);
  const title = `${LEADS[action] ?? 'Alert'}: ${oneLine(name, 80)}${inBrackets(projects.slice(0, 3).join(', '), env)}`;
  return {
    title: resolved ? title : colon(title, oneLine(measured, 80)),
    url: data.web_url,
    key: id === undefined ? undefined : `metric:${organization_id ?? ''}:${id}`,
    state: action,
    ...(resolved && { closes: true }),
    severity: SEVERITIES[action] ?? 'warning',
    emoji: resolved ? '✅' : undefined,
    tone: resolved ? 'good' : undefined,
    labels: { project: projects, env, rule: name },
    facts: {
      text: toMarkdown(resolved ? text : text.slice(measured.length), 'text'),
      lasted: resolved ? tookText(date_started, date_closed) : undefined,
    },
  };
}
