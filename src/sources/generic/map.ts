import type { GenericMap } from '../../core/config.ts';
import type { Labels, SourceEvent } from '../../core/event.ts';
import type { Hook } from '../../core/hook.ts';
import { safeWebUrl } from '../../core/url.ts';
import { toEventName } from '../event-name.ts';
import { oneLine } from '../one-line.ts';
import { severityOf, signOf } from '../severity-of.ts';

/** Renders one mustache template as plain text, nothing escaped. */
export type RenderText = (template: string, view: object) => string;

export interface Mapping {
  readonly map: GenericMap;
  readonly hook: Hook;
  readonly renderText: RenderText;
}

/**
 * The event as the config's `map` says; what it leaves out, or what renders empty, stays as it was guessed. An `id` is
 * what duplicates are told by, a `key` whose `state` means an end closes its story.
 */
export function mapEvent(guessed: SourceEvent, { map, hook, renderText }: Mapping): SourceEvent {
  const view = { payload: guessed.payload, headers: hook.headers, query: hook.query };
  const value = (template: string | undefined, max: number): string | undefined => {
    const text = template === undefined ? '' : oneLine(rendered(renderText, template, view), max);
    return text === '' ? undefined : text;
  };
  const [id, key, title] = [value(map.id, 200), value(map.key, 500), value(map.title, 180)];
  const event = toEventName(value(map.event, 200));
  const state = map.state === undefined ? guessed.state : value(map.state, 60);
  const url = safeWebUrl(value(map.url, 2_000) ?? '');
  const severity = map.severity === undefined ? guessed.severity : (severityOf(value(map.severity, 60)) ?? 'info');
  const { state: _guessedState, ...rest } = guessed;
  return {
    ...rest,
    ...(event !== undefined && { event }),
    ...(key !== undefined && { key }),
    ...(state !== undefined && { state }),
    ...(key !== undefined && ENDS.has((state ?? '').toLowerCase()) && { closes: true }),
    severity,
    ...(title !== undefined && { title }),
    ...(url !== undefined && { url }),
    labels: { ...guessed.labels, ...labelsOf(map, value) },
    facts: { ...guessed.facts, ...signOf(severity, state), ...(id !== undefined && { id }) },
  };
}

/** States after which nothing more is expected of the same key. */
const ENDS = new Set([
  ...['resolved', 'closed', 'recovered', 'ok', 'up', 'healthy', 'fixed', 'done', 'completed', 'succeeded', 'success'],
  ...['cancelled', 'canceled', 'merged'],
]);

function labelsOf(map: GenericMap, value: (template: string, max: number) => string | undefined): Labels {
  const labels = Object.entries(map.labels).map(([name, template]) => [name, value(template, 200)] as const);
  return Object.fromEntries(labels.filter((label): label is readonly [string, string] => label[1] !== undefined));
}

/** The config is checked when it is loaded; a template that fails all the same on one document is an empty value. */
function rendered(renderText: RenderText, template: string, view: object): string {
  try {
    return renderText(template, view);
  } catch {
    return '';
  }
}
