import type { MuteScope, ScopeTest } from '../core/overlay.ts';
import type { Destination, Subject } from '../core/route.ts';
import { compileWhere } from './matcher.ts';

/** A compiled scope: whether it covers what goes to a channel by a route. */
export type CompiledScope = (subject: Subject, to: Pick<Destination, 'channel' | 'route'>) => boolean;

/** Whether a scope covers an event's delivery. All that it names must hold; one that names nothing covers everything. */
export function compileScope(scope: MuteScope): ScopeTest {
  const covers = scopeOf(scope);
  // Scopes look at words of the event and never at its payload.
  return (event, to) => covers({ event: { ...event, payload: undefined }, headers: {}, query: {} }, to);
}

export function scopeOf({ channel, source, route, key, event, where }: MuteScope): CompiledScope {
  const conditions = compileWhere(where ?? {}, []);
  const ofEvent = event === undefined ? undefined : compileWhere({ event: [event] }, []);
  return (subject, to) =>
    (channel === undefined || channel === to.channel) &&
    (route === undefined || route === to.route) &&
    (source === undefined || source === subject.event.source) &&
    (key === undefined || key === subject.event.key) &&
    (ofEvent === undefined || ofEvent.holds(subject)) &&
    conditions.holds(subject);
}
