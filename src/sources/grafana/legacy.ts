import type { SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import type { Severity } from '../../core/severity.ts';
import { safeWebUrl } from '../../core/url.ts';
import { measuresText } from '../alert-group/measured.ts';
import { toMarkdown } from '../markup/to-markdown.ts';
import { oneLine } from '../one-line.ts';
import { plainText } from '../plain-text.ts';
import { SEVERITY_EMOJI, severityOf } from '../severity-of.ts';
import type { LegacyNotification } from './payloads.ts';

interface Standing {
  readonly event: string;
  readonly lead: string;
  /** Where no tag says otherwise. */
  readonly severity: Severity;
  readonly emoji?: string;
}

const STANDINGS: ReadonlyMap<string, Standing> = new Map([
  ['alerting', { event: 'alert.firing', lead: 'Firing', severity: 'error' }],
  ['ok', { event: 'alert.resolved', lead: 'Resolved', severity: 'info', emoji: '✅' }],
  ['no_data', { event: 'alert.no_data', lead: 'No data', severity: 'warning', emoji: '❔' }],
  ['paused', { event: 'alert.paused', lead: 'Paused', severity: 'info', emoji: '⏸️' }],
  ['pending', { event: 'alert.pending', lead: 'About to fire', severity: 'info', emoji: '⏳' }],
]);

/** One rule of legacy alerting; undefined for a state that it does not have. */
export function readLegacy(sent: LegacyNotification, payload: unknown, hook: Hook): SourceEvent | undefined {
  const standing = STANDINGS.get(sent.state?.toLowerCase() ?? '');
  if (standing === undefined) return undefined;
  const { event, lead, emoji } = standing;
  const url = safeWebUrl(sent.ruleUrl ?? '');
  const name = oneLine(sent.ruleName ?? 'a rule without a name', 100);
  const linked = { ...(url !== undefined && { url }), payload, at: hook.at };
  if (name === 'Test notification')
    return {
      ...linked,
      event: 'test',
      severity: 'info',
      title: 'Test of a notification channel',
      labels: {},
      facts: {},
    };

  const resolved = event === 'alert.resolved';
  const told = severityOf(sent.tags.severity);
  const severity = event === 'alert.firing' || resolved ? (told ?? standing.severity) : standing.severity;
  const measured = measuresText(
    sent.evalMatches.flatMap(({ metric = '', value }) => (value === undefined ? [] : [{ name: metric, value }])),
  );
  return {
    ...linked,
    event,
    ...(sent.ruleId !== undefined && { key: `${sent.orgId ?? 1}:rule:${sent.ruleId}` }),
    state: event.slice('alert.'.length),
    ...(resolved && { closes: true }),
    severity,
    title: oneLine(`${lead}: ${name}${measured === undefined || resolved ? '' : `: ${measured}`}`, 180),
    labels: { alertname: name, ...sent.tags },
    facts: {
      emoji: emoji ?? SEVERITY_EMOJI[severity],
      ruleUrl: url,
      imageUrl: safeWebUrl(sent.imageUrl ?? ''),
      tone: resolved ? 'good' : undefined,
      // What the rule says of its alarm.
      message: TELLING.has(event) ? toMarkdown(plainText(sent.message ?? '', 1_000), 'text') : undefined,
    },
  };
}

const TELLING: ReadonlySet<string> = new Set(['alert.firing', 'alert.pending']);
