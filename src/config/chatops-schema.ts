import { z } from 'zod';
import { type ChatopsConfig, type Grant, PERMISSIONS } from '../core/config.ts';
import { formatDuration } from '../core/duration.ts';
import { didYouMean, nearest } from '../core/nearest.ts';
import { expected, notOneOf, quoted } from './sentences.ts';
import { duration, list, names, present, refuse, settings, text, word } from './settings.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

const timeZone = text('a time zone, as in "Europe/Berlin"').superRefine((zone, context) => {
  if (zone.trim() === '' || isTimeZone(zone)) return;
  const hint = didYouMean(zone, [...Intl.supportedValuesOf('timeZone'), 'UTC']);
  refuse(context, `${quoted(zone)} is no time zone; expected an IANA name, as in "Europe/Berlin" or "UTC"${hint}`);
});

/** Short names that mean the same to everybody. */
const SHORT_ZONES: ReadonlySet<string> = new Set(['UTC', 'GMT', 'UCT', 'CET', 'EET', 'WET', 'MET']);

/** `supportedValuesOf` has one name for each zone and leaves out the others it goes by, `Asia/Kolkata` among them. */
function isTimeZone(zone: string): boolean {
  // Newer versions of Node take "+02:00" too, which knows no summer time.
  if (!/^[A-Za-z]/.test(zone)) return false;
  // To Node `IST` is India's and `BST` Bangladesh's; others read them otherwise.
  if (/^[A-Za-z]{3,4}$/.test(zone) && !SHORT_ZONES.has(zone.toUpperCase())) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function machineZone(): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return isTimeZone(zone) ? zone : 'UTC';
}

const WHO: Readonly<Record<string, { readonly shape: RegExp; readonly where: string }>> = {
  slack: {
    shape: /^([UW]|S)[A-Z0-9]{2,20}$/,
    where:
      '"slack:U0123ABCD" (the person’s profile in Slack, ⋮, “Copy member ID”), or a user group’s "slack:S0123ABCD"',
  },
  discord: {
    shape: /^(role:)?\d{1,20}$/,
    where:
      '"discord:112233445566778899" (developer mode, then “Copy User ID”), or a role’s "discord:role:…" (“Copy Role ID”)',
  },
  teams: {
    shape: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    where: '"teams:" and the “Object ID” that the Entra admin center shows for the user',
  },
};
const WHO_EXAMPLES =
  '"*", "slack:U0123ABCD", "slack:S0123ABCD", "discord:1122", "discord:role:3344" or "teams:<object id>"';

const person = () =>
  text('somebody').transform((written, context) => {
    const value = written.trim();
    if (value === '*') return value;
    const [, platform = '', id = ''] = /^([a-z]+):(.*)$/s.exec(value) ?? [];
    const known = Object.hasOwn(WHO, platform) ? WHO[platform] : undefined;
    if (known === undefined)
      return refuse(context, `${quoted(value)} names nobody; expected ${WHO_EXAMPLES}${platformHint(platform)}`);
    if (!known.shape.test(id))
      return refuse(
        context,
        `${quoted(value)} is no id: people are known by the platform’s id; expected ${known.where}`,
      );
    return platform === 'teams' ? value.toLowerCase() : value;
  });

const platformHint = (written: string): string => {
  const near = nearest(written, Object.keys(WHO));
  return near === undefined ? '' : `; did you mean "${near}:"?`;
};

const WHO_EXPECTED = `${WHO_EXAMPLES}, or a list of them`;

const who = z
  .union([person(), list(person(), `a list of ${WHO_EXAMPLES}`)], { error: expected(WHO_EXPECTED) })
  .transform((value): readonly string[] => (typeof value === 'string' ? [value] : value))
  .refine((people) => people.length > 0, { error: `is empty; expected ${WHO_EXPECTED}` });

const permission = () => word('permission', PERMISSIONS);
const unknownPermission = notOneOf('permission', PERMISSIONS);

const may = z
  .union([permission(), list(permission(), 'a list of permissions')], {
    error: ({ input }) =>
      typeof input === 'string' ? unknownPermission({ input }) : expected('a permission or a list of them')({ input }),
  })
  .transform((value) => (typeof value === 'string' ? [value] : value))
  .refine((permissions) => permissions.length > 0, { error: 'is empty; expected at least one permission' });

const grant = settings({
  who: who.describe(
    'Whom it is given to, by the platform’s own id, never by a name: `*` (everybody), `slack:U…`, `slack:S…` (a user group), `discord:<id>`, `discord:role:<id>`, `teams:<object id>`; one, or a list.',
  ),
  in: names('the name of a channel')
    .refine((channels) => channels.length > 0, { error: 'is empty; expected at least one channel' })
    .exactOptional()
    .describe('The channels where it holds: one name, or a list. Default: all, and private chats.'),
  may: may.describe(
    'What they may do: `ask`, `mute` (here), `mute-everywhere`, `acknowledge`, `test`, `route`, `replay` or `admin` (all of it, and mutes without an end); one, or a list.',
  ),
  upTo: duration({ moreThanMs: 0 })
    .exactOptional()
    .describe('The longest mute they may ask for. Default: `longestMute`.'),
}).transform(({ upTo, ...rest }): Grant => present({ ...rest, upToMs: upTo }));

/** What people may do in chat, and what a mute is when they do not say. */
export const chatopsSchema = settings({
  timeZone: timeZone
    .exactOptional()
    .describe(
      'The zone that `until 09:00` means where the platform does not tell the person’s own, for example `Europe/Berlin`. Default: this machine’s.',
    ),
  defaultMute: duration({ moreThanMs: 0 })
    .exactOptional()
    .describe('How long a mute lasts when nobody says. Default: `1h`, or `longestMute` where that is shorter.'),
  longestMute: duration({ moreThanMs: 0 })
    .exactOptional()
    .describe('No mute lasts longer, but for an administrator’s. Default: `7d`.'),
  permissions: list(grant, 'a list of permissions')
    .default([])
    .describe(
      'Who may do what. Default: anybody may ask, acknowledge, post samples, and mute for up to 4 hours, where they are; an entry for `*` replaces that.',
    ),
})
  .superRefine(({ defaultMute, longestMute = WEEK_MS, permissions }, context) => {
    const longest = formatDuration(longestMute);
    if (defaultMute !== undefined && defaultMute > longestMute)
      refuse(context, `is longer than the longest mute, ${longest}; expected at most that`, ['defaultMute']);
    for (const [at, { upToMs, may: permitted }] of permissions.entries()) {
      const path = ['permissions', at, 'upTo'];
      if (upToMs === undefined) continue;
      if (permitted.includes('admin'))
        refuse(context, 'limits nothing: "admin" may mute without an end; expected no `upTo` beside it', path);
      else if (upToMs > longestMute)
        refuse(context, `is longer than the longest mute, ${longest}; expected at most that, or "admin"`, path);
    }
  })
  .transform(
    ({ timeZone: zone, defaultMute, longestMute = WEEK_MS, permissions }): ChatopsConfig => ({
      timeZone: zone ?? machineZone(),
      defaultMuteMs: defaultMute ?? Math.min(HOUR_MS, longestMute),
      longestMuteMs: longestMute,
      permissions,
    }),
  );
