import type { Happening } from '../happening.ts';
import { inBrackets, oneLine } from '../wording.ts';
import { levelOf, severityOfLevel } from './level.ts';
import { eventLink, projectOf } from './links.ts';
import type { ErrorEvent, IntegrationHook, PluginHook } from './payloads.ts';

/** A rule about the events of an issue fired. */
export function readIssueAlert({ data }: IntegrationHook): Happening | undefined {
  const event = data?.event;
  if (event === undefined) return undefined;
  return alertOf(event, {
    issueId: event.issue_id,
    project: projectOf(event) ?? tagOf(event, 'project'),
    rule: data?.triggered_rule,
    url: eventLink(event),
  });
}

/** The same, from the older plugin, which knows the project and the issue's page. */
export function readPluginAlert(hook: PluginHook): Happening {
  const { id, project_name, project_slug, level, culprit, message, url, triggering_rules } = hook;
  const event = { ...NO_EVENT, ...hook.event };
  return alertOf(
    {
      ...event,
      title: event.title ?? event.metadata?.value ?? message,
      level: level ?? event.level,
      culprit: culprit ?? event.culprit,
    },
    { issueId: id, project: project_slug ?? project_name, rule: triggering_rules[0], url },
  );
}

const NO_EVENT: ErrorEvent = { tags: [] };

interface About {
  readonly issueId: string | undefined;
  readonly project: string | undefined;
  readonly rule: string | undefined;
  readonly url: string | undefined;
}

function alertOf(event: ErrorEvent, { issueId, project, rule, url }: About): Happening {
  const env = event.environment ?? tagOf(event, 'environment');
  const title = oneLine(event.title || event.metadata?.value || event.message || 'an event without a title', 120);
  return {
    title: `Alert: ${title}${inBrackets(oneLine(project, 60), oneLine(env, 40))}`,
    url,
    key: issueId === undefined ? undefined : `issue:${issueId}`,
    state: 'unresolved',
    severity: severityOfLevel(event.level),
    labels: { project, env, level: levelOf(event.level), rule, release: event.release ?? tagOf(event, 'release') },
    facts: {
      rule: oneLine(rule, 100),
      culprit: oneLine(event.culprit, 120),
      release: oneLine(event.release ?? tagOf(event, 'release'), 60),
      host: oneLine(tagOf(event, 'server_name'), 60),
    },
  };
}

const tagOf = ({ tags }: ErrorEvent, wanted: string): string | undefined =>
  tags.find(({ name, value }) => name === wanted && value !== '')?.value;
