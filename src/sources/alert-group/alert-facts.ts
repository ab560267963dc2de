import { formatDuration } from '../../core/duration.ts';
import { safeWebUrl } from '../../core/url.ts';
import { dateTime } from '../human-time.ts';
import { toMarkdown } from '../markup/to-markdown.ts';
import { oneLine } from '../one-line.ts';
import { excerpt } from '../wording.ts';
import { measuredText } from './measured.ts';
import type { Alert, AlertGroup } from './payloads.ts';

const SHOWN = 8;

/** What the templates print about a group: counts, the first alerts (firing ones first), how many more there are. */
export function alertFacts(group: AlertGroup, now: Date): Readonly<Record<string, unknown>> {
  const firing = group.alerts.filter((alert) => alert.status !== 'resolved');
  const resolved = group.alerts.filter((alert) => alert.status === 'resolved');
  const unsaid = group.truncatedAlerts ?? 0;
  const isOver = firing.length === 0 && resolved.length > 0;
  const counts = { firing: firing.length + (isOver ? 0 : unsaid), resolved: resolved.length + (isOver ? unsaid : 0) };
  const more = Math.max(0, group.alerts.length - SHOWN) + unsaid;
  const [oldest] = firing.flatMap(({ startsAt }) => startsAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  return {
    ...counts,
    counts: Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([state, count]) => `${count} ${state}`)
      .join(', '),
    since: sinceWhen(oldest, now),
    one: group.alerts.length + unsaid === 1 ? oneFact(group.alerts[0], group, now) : undefined,
    // What all of them have in common stands in the title.
    severalNames: new Set(group.alerts.map(({ labels }) => labels.alertname)).size > 1,
    mixed: firing.length > 0 && resolved.length > 0,
    alerts: [...firing, ...resolved].slice(0, SHOWN).map((alert) => alertFact(alert, group, now)),
    more: more > 0 ? `+${more} more` : undefined,
    runbookUrl: safeWebUrl(group.commonAnnotations.runbook_url ?? group.alerts[0]?.annotations.runbook_url ?? ''),
    graphUrl: safeWebUrl(group.alerts[0]?.generatorURL ?? ''),
    team: group.commonLabels.team,
  };
}

function alertFact(alert: Alert, group: AlertGroup, now: Date): Readonly<Record<string, unknown>> {
  const { labels, annotations, startsAt, endsAt } = alert;
  const resolved = alert.status === 'resolved';
  const lasted =
    resolved && startsAt && endsAt && endsAt > startsAt ? endsAt.getTime() - startsAt.getTime() : undefined;
  return {
    name: oneLine(labels.alertname ?? group.commonLabels.alertname ?? 'unnamed alert', 80),
    state: resolved ? 'resolved' : 'firing',
    emoji: resolved ? '✅' : '🔥',
    summary: oneLine(annotations.summary ?? annotations.message ?? annotations.description ?? '', 200),
    instance: ownPlace(alert, group),
    measured: measuredText(alert),
    since: resolved ? undefined : sinceWhen(startsAt, now),
    lasted: lasted && formatDuration(lasted),
    url: safeWebUrl(alert.panelURL ?? alert.dashboardURL ?? alert.generatorURL ?? ''),
    runbookUrl: safeWebUrl(annotations.runbook_url ?? ''),
  };
}

/** A single alert has its summary in the title; what is left to tell is the description. */
function oneFact(
  alert: Alert | undefined,
  group: AlertGroup,
  now: Date,
): Readonly<Record<string, unknown>> | undefined {
  if (alert === undefined) return undefined;
  const { lasted, instance, measured } = alertFact(alert, group, now);
  const { summary, description } = alert.annotations;
  return {
    lasted,
    instance,
    measured,
    description: description === summary ? undefined : linesOf(description),
  };
}

/** For three braces in a template: a description often has a line for each thing it measures. */
const linesOf = (description: string | undefined): string | undefined =>
  toMarkdown(excerpt(description) ?? '', 'text') || undefined;

/** `24 Nov, 14:02 UTC (3 min 5 s)`; without the duration where the clocks disagree. */
function sinceWhen(start: Date | undefined, now: Date): string | undefined {
  if (start === undefined) return undefined;
  const lasted = now.getTime() - start.getTime();
  return `${dateTime(start)}${lasted >= 1_000 ? ` (${formatDuration(lasted)})` : ''}`;
}

/** What tells this alert from its neighbours. */
function ownPlace({ labels }: Alert, { commonLabels, alerts }: AlertGroup): string | undefined {
  const place = ['instance', 'pod', 'host', 'node', 'device', 'job'].find(
    (key) => labels[key] !== undefined && (alerts.length === 1 || commonLabels[key] === undefined),
  );
  return place && oneLine(labels[place] ?? '', 80);
}
