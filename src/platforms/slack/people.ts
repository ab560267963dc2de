import type { Clock } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import { valueAt } from '../../core/path.ts';
import { isTimeZone } from '../time-zone.ts';
import { withTimeLimit } from '../waits.ts';
import type { Bot } from './bot.ts';
import { callFailure } from './call-failure.ts';
import { keepAnswers } from './kept-answers.ts';

/** What Slack knows about people. Neither ever rejects. */
export interface People {
  /** The IANA name of somebody's time zone; undefined when Slack does not say within a second. */
  zoneOf(user: string): Promise<string | undefined>;
  /** Whether somebody belongs to a user group (`S…`); false when Slack does not say. */
  inGroup(user: string, group: string): Promise<boolean>;
}

/** Nobody should wait for an answer because of a time zone that few commands need. */
const ZONE_LIMIT_MS = 1_000;
const GROUP_LIMIT_MS = 5_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Slack answers for groups some twenty times a minute. https://docs.slack.dev/reference/methods/usergroups.users.list */
const GROUP_AGAIN_MS = 10_000;
const MOST_PEOPLE = 5_000;
const MOST_GROUPS = 500;
const GROUP = /^S[A-Z0-9]{2,63}$/;

export function createPeople(
  bot: Bot,
  { clock, log, stop }: { readonly clock: Clock; readonly log: Log; readonly stop: AbortSignal },
): People {
  async function ask(method: string, args: Record<string, unknown>, ms: number): Promise<object | undefined> {
    try {
      return await withTimeLimit({ clock, ms, stop }, (signal) => bot.call({ method, args, signal }));
    } catch (error) {
      log.warn('slack: a person could not be looked up', { method, error: callFailure(error) });
      return undefined;
    }
  }

  const zones = keepAnswers<string>({
    ...{ clock, keepMs: HOUR_MS, nothingMs: MINUTE_MS, most: MOST_PEOPLE },
    async ask(user) {
      const zone = valueAt(await ask('users.info', { user }, ZONE_LIMIT_MS), ['user', 'tz']);
      return isTimeZone(zone) ? zone : undefined;
    },
  });
  const groups = keepAnswers<ReadonlySet<unknown>>({
    ...{ clock, keepMs: MINUTE_MS, nothingMs: GROUP_AGAIN_MS, most: MOST_GROUPS },
    ask: async (usergroup) => {
      const users = valueAt(await ask('usergroups.users.list', { usergroup }, GROUP_LIMIT_MS), ['users']);
      return Array.isArray(users) ? new Set(users) : undefined;
    },
  });

  return {
    zoneOf: zones.of,
    inGroup: async (user, group) => GROUP.test(group) && ((await groups.of(group))?.has(user) ?? false),
  };
}
