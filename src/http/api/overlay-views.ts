import type { RouteConfig } from '../../core/config.ts';
import type { ChatRoute, Mute, Person } from '../../core/overlay.ts';
import { auditText as routeText } from '../../pipeline/chat-route-notices.ts';
import { auditText as muteText } from '../../pipeline/mute-notices.ts';

/** A mute as the API shows it; what it does not have is null. */
export function muteView(mute: Mute) {
  return {
    id: mute.id,
    number: mute.number,
    scope: mute.scope,
    summary: muteText(mute),
    who: personView(mute.by),
    why: mute.why ?? null,
    from: mute.from.toISOString(),
    until: mute.until?.toISOString() ?? null,
    untilResolved: mute.untilResolved ?? false,
    critical: mute.critical,
    ...(mute.ended === undefined
      ? {}
      : {
          ended: {
            at: mute.ended.at.toISOString(),
            reason: mute.ended.reason,
            who: mute.ended.by === undefined ? null : personView(mute.ended.by),
          },
        }),
  };
}

export function chatRouteView(route: ChatRoute) {
  return {
    name: route.name,
    from: 'chat',
    number: route.number,
    summary: routeText(route),
    source: route.source,
    event: route.event ?? null,
    where: route.where ?? {},
    to: [route.to],
    mode: route.mode,
    who: personView(route.by),
    why: route.why ?? null,
    added: route.from.toISOString(),
    until: route.until?.toISOString() ?? null,
  };
}

export function fileRouteView(route: RouteConfig) {
  return {
    name: route.name,
    from: 'file',
    writtenAt: route.writtenAt ?? null,
    match: route.match ?? null,
    to: route.to,
    mention: route.mention,
    stop: route.stop,
    fallback: route.fallback,
    actions: route.actions,
  };
}

const personView = ({ platform, id, name }: Person): Person => ({ platform, id, name });
