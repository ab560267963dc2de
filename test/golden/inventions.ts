import type { HookEvent, KeptEvent } from '../../src/core/event.ts';
import type { ChatRoute, Mute } from '../../src/core/overlay.ts';
import type { Severity } from '../../src/core/severity.ts';
import { bellhopSource, type Notice } from '../../src/pipeline/bellhop-source.ts';
import { routeEnded, routeStarted } from '../../src/pipeline/chat-route-notices.ts';
import { muteEnded, muteStarted } from '../../src/pipeline/mute-notices.ts';
import { aHook, anEvent, NOON } from '../builders.ts';

const readAt = { zone: 'Europe/Berlin', now: NOON };
const inHours = (hours: number): Date => new Date(NOON.getTime() + hours * 3_600_000);

const aMute: Mute = {
  id: 'mute_1',
  number: 3,
  scope: { channel: 'ops', source: 'alerts', where: { env: ['prod'] } },
  by: { platform: 'slack', id: 'U1', name: 'Ana' },
  why: 'deploy of 42',
  from: NOON,
  until: inHours(2),
  critical: false,
};
const aStory: Mute = {
  ...aMute,
  number: 4,
  scope: { source: 'github', key: 'pr:acme/api#12' },
  untilResolved: true,
  until: inHours(7 * 24),
  critical: true,
};
const aChatRoute: ChatRoute = {
  name: 'chat-5',
  number: 5,
  source: 'alerts',
  where: { env: ['prod'] },
  to: 'war-room',
  mode: 'copy',
  by: { platform: 'discord', id: '7', name: 'Bo' },
  why: 'incident 42',
  from: NOON,
  until: inHours(2),
};
const anAlert = (title: string, severity: Severity, url?: string): KeptEvent =>
  anEvent({ source: 'alerts', title, severity, ...(url !== undefined && { url }) });

/** What Bellhop says about what people did, by the functions that say it. */
const said: readonly { readonly notice: Notice; readonly variant?: string }[] = [
  {
    notice: muteStarted(aMute, { count: 14, bySeverity: { info: 4, warning: 9, error: 1 }, atLeast: false }, readAt),
  },
  { notice: muteStarted(aStory, { count: 0, bySeverity: {}, atLeast: false }, readAt), variant: 'resolved' },
  {
    notice: muteEnded(
      aMute,
      {
        count: 14,
        groups: [
          { source: 'alerts', severity: 'error', count: 1 },
          { source: 'alerts', severity: 'warning', count: 9 },
          { source: 'github', severity: 'info', count: 4 },
        ],
        open: [
          anAlert('HighLatency on api-1 is firing', 'warning', 'https://alerts.example.com/1'),
          anAlert('DiskFull on db-2 is firing', 'error'),
          ...[3, 4, 5, 6].map((n) => anAlert(`QueueGrows on mq-${n} is firing`, 'warning')),
        ],
        openCount: 7,
        posted: 0,
      },
      { at: inHours(2), reason: 'time' },
    ),
  },
  {
    notice: muteEnded(
      aStory,
      { count: 0, posted: 0, groups: [], open: [], openCount: 0 },
      { at: inHours(0.5), reason: 'unmuted', by: { platform: 'slack', id: 'U2', name: '<!channel> Cleo' } },
    ),
    variant: 'nothing',
  },
  { notice: routeStarted(aChatRoute, readAt) },
  {
    notice: routeEnded(aChatRoute, { reason: 'time' }),
  },
  { notice: routeEnded(aChatRoute, { reason: 'replaced' }) },
];

/** Events that no sample can bring: of a type nobody has heard of, and Bellhop's own. */
export const inventions: readonly { readonly name: string; readonly event: HookEvent }[] = [
  {
    name: 'default/never-seen',
    event: anEvent({
      source: 'garden',
      type: 'greenhouse',
      event: 'bed.watered',
      key: 'bed:7',
      state: 'wet',
      title: 'Bed 7 was watered',
      url: 'https://garden.example.com/beds/7',
      labels: { service: 'pump-2', env: 'prod' },
      facts: {},
    }),
  },
  {
    name: 'default/never-seen~bare',
    event: anEvent({ source: 'garden', type: 'greenhouse', event: 'hook', title: 'garden: hook', labels: {} }),
  },
  {
    name: 'default/never-seen~critical',
    event: anEvent({
      source: 'garden',
      type: 'greenhouse',
      event: 'pump.failed',
      state: 'failed',
      severity: 'critical',
      title: 'Pump 2 stopped: no water',
      labels: { service: 'pump-2' },
      facts: { body: 'Pressure fell to **0.1 bar** at 11:58 UTC.\n\n<b>Look at the valve.</b> @everyone' },
    }),
  },
  ...(
    [
      {
        event: 'channel_unreachable',
        severity: 'error',
        title: 'oncall on discord cannot be reached',
        detail: 'The bot is not a member of the channel; invite it. Its messages wait.',
        about: 'channel:oncall',
        channel: 'oncall',
      },
      {
        event: 'channel_recovered',
        severity: 'info',
        title: 'oncall on discord takes messages again',
        detail: 'What waited is being delivered in its order.',
        about: 'channel:oncall',
        channel: 'oncall',
      },
      {
        event: 'template_failed',
        severity: 'warning',
        title: 'A message in ops went out in the plain form',
        detail:
          'The template github/push could not be used: push.mustache:7:3: the section is not closed. "bellhop check" shows what is wrong with the templates.',
        about: 'github/push:slack',
      },
      {
        event: 'delivery_dead',
        severity: 'error',
        title: 'A message for zapier was given up after 9 tries in 45 min',
        detail:
          'PR #12 opened: The address answered 500. It is kept; the API’s POST /api/deliveries/dlv_1/retry sends it again.',
        about: 'delivery:zapier:The address answered 500.',
        channel: 'zapier',
      },
      {
        event: 'config_refused',
        severity: 'warning',
        title: 'The changed config has 2 mistakes; the previous one stays in force',
        detail:
          'config/bellhop.json:12:5: routes.0.to: "opps" is no channel; did you mean "ops"?\nconfig/bellhop.json:20:3: channel: is no known key; did you mean "channels"?',
        about: 'config',
      },
    ] satisfies readonly Notice[]
  ).map((notice) => ({ name: `bellhop/${notice.event}`, event: noticeEvent(notice) })),
  ...said.map(({ variant, notice }) => ({
    name: `bellhop/${notice.event}${variant === undefined ? '' : `~${variant}`}`,
    event: noticeEvent(notice),
  })),
];

function noticeEvent(notice: Notice): HookEvent {
  const reading = bellhopSource.read(aHook({ body: notice }), {});
  const [read] = reading.kind === 'events' ? reading.events : [];
  if (read === undefined) throw new Error('a notice gives no event');
  return { ...read, id: 'evt_1', hookId: 'hook_1', index: 0, source: 'bellhop', type: 'bellhop', receivedAt: NOON };
}
