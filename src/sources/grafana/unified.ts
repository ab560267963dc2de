import type { SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import type { Severity } from '../../core/severity.ts';
import { safeWebUrl } from '../../core/url.ts';
import { alertFacts } from '../alert-group/alert-facts.ts';
import { labelsOfGroup } from '../alert-group/labels-of-group.ts';
import { measuredText } from '../alert-group/measured.ts';
import { isResolved, keyOf, severityOfGroup } from '../alert-group/standing.ts';
import { type TitleWords, titleOfGroup } from '../alert-group/title-of-group.ts';
import { oneLine } from '../one-line.ts';
import { SEVERITY_EMOJI } from '../severity-of.ts';
import { dashboardLink, ruleLink, silenceLink } from './links.ts';
import type { Notification } from './payloads.ts';
import { namedByRule, type RuleTrouble, troubleOf } from './rule-trouble.ts';

/** One notification is one event, as a group of alerts is one story. */
export function readUnified(sent: Notification, payload: unknown, hook: Hook): SourceEvent {
  if (isTest(sent)) return testEvent(sent, payload, hook);
  const group = namedByRule(sent);
  const resolved = isResolved(group);
  const trouble = troubleOf(sent);
  const dashboardUrl = dashboardLink(group);
  const url = dashboardUrl ?? ruleLink(group);
  const severity = severityOfGroup(group) ?? severityWithoutLabel(resolved, trouble);
  const ended = endReason(group);
  const title = titleOfGroup(group, resolved ? endWords(ended, trouble) : openWords(group, trouble));
  return {
    event: resolved ? 'alert.resolved' : `alert.${trouble ?? 'firing'}`,
    ...(group.groupKey !== undefined && { key: keyOf(`${group.orgId ?? 1}:${group.groupKey}`) }),
    state: resolved ? 'resolved' : (trouble ?? 'firing'),
    ...(resolved && { closes: true }),
    severity,
    title,
    ...(url !== undefined && { url }),
    labels: labelsOfGroup(group),
    facts: {
      ...withoutSaid(alertFacts(group, hook.at), title),
      ...(resolved ? endSign(ended) : { emoji: openEmoji(severity, trouble) }),
      dashboardUrl,
      ruleUrl: dashboardUrl === undefined ? url : undefined,
      imageUrl: resolved || group.alerts.length > 1 ? undefined : safeWebUrl(group.alerts[0]?.imageURL ?? ''),
      // Of the labels as they were sent: a silence knows an alert by them alone.
      silenceUrl: silenceLink(sent),
    },
    payload,
    // A notification carries no time of its own, and the times of its alerts go back when one leaves the group.
    at: hook.at,
  };
}

/** Grafana asks nobody for a severity. */
function severityWithoutLabel(resolved: boolean, trouble: RuleTrouble | undefined): Severity {
  if (resolved) return 'info';
  return trouble === undefined ? 'error' : 'warning';
}

function openWords(group: Notification, trouble: RuleTrouble | undefined): TitleWords {
  const total = group.alerts.length + (group.truncatedAlerts ?? 0);
  if (trouble === 'no_data') return { lead: total > 1 ? `No data for ${total} alerts` : 'No data', detail: '' };
  if (trouble === 'error') return { lead: total > 1 ? `${total} queries fail` : 'Query fails', detail: '' };
  const [only] = total === 1 ? group.alerts : [];
  if (only === undefined || group.commonAnnotations.summary !== undefined) return {};
  return { detail: measuredText(only) ?? '' };
}

/** What resolved an alert, where it was not that all is well again. */
const ENDS: ReadonlyMap<string | undefined, string> = new Map([
  ['MissingSeries', 'what it measured is gone'],
  ['NoData', 'there is no data any more'],
  ['Error', 'its query fails now'],
  ['Paused', 'its rule was paused'],
  ['Updated', 'its rule was changed'],
  ['RuleDeleted', 'its rule was deleted'],
]);

function endReason({ alerts }: Notification): string | undefined {
  const [reason, ...more] = new Set(alerts.map(({ annotations }) => annotations.grafana_state_reason));
  return more.length === 0 ? ENDS.get(reason) : undefined;
}

function endWords(ended: string | undefined, trouble: RuleTrouble | undefined): TitleWords {
  if (ended !== undefined) return { lead: 'No longer firing', detail: ended };
  if (trouble === 'no_data') return { lead: 'Data is back', detail: '' };
  // The summary tells how bad it was.
  return trouble === 'error' ? { lead: 'Query works again', detail: '' } : { detail: '' };
}

const endSign = (ended: string | undefined): Readonly<Record<string, string>> =>
  ended === undefined ? { emoji: '✅', tone: 'good' } : { emoji: '⏹️', tone: 'neutral' };

const openEmoji = (severity: Severity, trouble: RuleTrouble | undefined): string =>
  trouble === 'no_data' && severity === 'warning' ? '❔' : SEVERITY_EMOJI[severity];

/** What the title says of a single alert is not said again. */
function withoutSaid(
  { one, ...facts }: Readonly<Record<string, unknown>>,
  title: string,
): Readonly<Record<string, unknown>> {
  const left = Object.entries(one ?? {}).filter(([, text]) => typeof text === 'string' && !title.includes(text));
  return { ...facts, one: one === undefined ? undefined : Object.fromEntries(left) };
}

const isTest = ({ alerts, commonLabels }: Notification): boolean =>
  alerts.length === 1 && commonLabels.alertname === 'TestAlert' && commonLabels.instance === 'Grafana';

function testEvent(group: Notification, payload: unknown, hook: Hook): SourceEvent {
  const url = safeWebUrl(group.externalURL ?? '');
  return {
    event: 'test',
    severity: 'info',
    title: oneLine(group.receiver ? `Test of the contact point ${group.receiver}` : 'Test of a contact point'),
    ...(url !== undefined && { url }),
    labels: group.receiver ? { receiver: group.receiver } : {},
    facts: {},
    payload,
    at: hook.at,
  };
}
