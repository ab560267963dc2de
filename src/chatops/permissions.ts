import type { ChatPerson } from '../core/chat.ts';
import type { ChatopsConfig, Grant, Permission } from '../core/config.ts';
import { formatDuration } from '../core/duration.ts';
import { groupIn, isNamed } from '../core/who.ts';
import { Refusal } from './refusal.ts';
import { listed } from './words.ts';

/** What everybody may do where no grant names `*`. */
const FOR_EVERYBODY: Grant = {
  who: ['*'],
  may: ['ask', 'mute', 'acknowledge', 'test'],
  upToMs: 4 * 3_600_000,
};

export type MutePermission = Extract<Permission, 'mute' | 'mute-everywhere'>;

/** What one person may do where they said it. */
export interface Rights {
  may(permission: Permission): Promise<boolean>;
  /** Throws a sentence that says what they may do and who can. */
  need(permission: Permission): Promise<void>;
  /** The longest mute of this sort they may ask for; 0 for none, `Infinity` for an administrator. */
  longestMuteMs(permission: MutePermission): Promise<number>;
  /** Throws such a sentence unless a mute of this length is theirs. */
  needMute(permission: MutePermission, ms: number): Promise<void>;
}

export interface RightsOf {
  readonly chatops: ChatopsConfig;
  readonly person: ChatPerson;
  /** The config's name of the channel where it is said. */
  readonly here: string | undefined;
}

/** Asks the platform for groups only where nothing else decides. */
export function rightsOf({ chatops, person, here }: RightsOf): Rights {
  const grants = grantsOf(chatops);
  const groups = new Map<string, Promise<boolean>>();

  function inGroup(group: string): Promise<boolean> {
    const known = groups.get(group) ?? askedGroup(person, group);
    groups.set(group, known);
    return known;
  }

  async function isTheirs(grant: Grant): Promise<boolean> {
    if (grant.in !== undefined && (here === undefined || !grant.in.includes(here))) return false;
    if (grant.who.some((who) => isNamed(who, person))) return true;
    const asked = grant.who.flatMap((who) => groupIn(who, person) ?? []).map(inGroup);
    return (await Promise.all(asked)).includes(true);
  }

  async function may(permission: Permission): Promise<boolean> {
    // Those that name the person come first: they cost no question.
    const offering = grants.filter((grant) => offers(grant, permission));
    const named = (grant: Grant): boolean => grant.who.some((who) => isNamed(who, person));
    for (const grant of [...offering.filter(named), ...offering.filter((grant) => !named(grant))]) {
      if (await isTheirs(grant)) return true;
    }
    return false;
  }

  async function longestMuteMs(permission: MutePermission): Promise<number> {
    const offering = grants.filter((grant) => offers(grant, permission));
    const theirs = await Promise.all(offering.map(isTheirs));
    return Math.max(0, ...offering.filter((_, at) => theirs[at]).map((grant) => longestOf(grant, chatops)));
  }

  const whoElse = (wanted: (grant: Grant) => boolean): string => whoText(grants.filter(wanted), person);

  return {
    may,
    longestMuteMs,
    async need(permission) {
      if (await may(permission)) return;
      const theirs = await theirsText(permission.startsWith('mute') ? ['mute', 'mute-everywhere'] : LISTED);
      const others = whoElse((grant) => offers(grant, permission));
      throw new Refusal(`${theirs}${GERUNDS[permission]} is for ${others}.`);
    },
    async needMute(permission, ms) {
      const longest = await longestMuteMs(permission);
      if (ms <= longest) return;
      const others = whoElse((grant) => offers(grant, permission) && longestOf(grant, chatops) >= ms);
      const wanted = ms === Number.POSITIVE_INFINITY ? 'A mute without an end' : 'A longer one';
      const where = permission === 'mute' ? 'here' : 'in other channels and everywhere';
      throw new Refusal(`You may mute ${where} for up to ${formatDuration(longest)}. ${wanted} is for ${others}.`);
    },
  };

  async function theirsText(listedHere: readonly Permission[]): Promise<string> {
    const words: string[] = [];
    for (const permission of listedHere) if (await may(permission)) words.push(await mayText(permission));
    return words.length === 0 ? '' : `You may ${listed(words)}. `;
  }

  async function mayText(permission: Permission): Promise<string> {
    if (permission !== 'mute' && permission !== 'mute-everywhere') return INFINITIVES[permission];
    const longest = await longestMuteMs(permission);
    const upTo = longest === Number.POSITIVE_INFINITY ? '' : ` for up to ${formatDuration(longest)}`;
    return `${INFINITIVES[permission]}${upTo}`;
  }
}

const LISTED = ['ask', 'mute', 'mute-everywhere', 'acknowledge', 'test', 'route', 'replay'] as const;

const INFINITIVES: Readonly<Record<Permission, string>> = {
  ask: 'ask',
  mute: 'mute here',
  'mute-everywhere': 'mute everywhere',
  acknowledge: 'acknowledge',
  test: 'post tests here',
  route: 'route',
  replay: 'replay',
  admin: 'do everything',
};

const GERUNDS: Readonly<Record<Permission, string>> = {
  ask: 'Asking',
  mute: 'Muting here',
  'mute-everywhere': 'Muting other channels or everywhere',
  acknowledge: 'Acknowledging',
  test: 'Posting tests',
  route: 'Routing',
  replay: 'Replaying, and testing in other channels,',
  admin: 'Administration',
};

/** Whoever may do it everywhere may do it here. */
const IMPLIED_BY: Readonly<Partial<Record<Permission, Permission>>> = { mute: 'mute-everywhere', test: 'replay' };

function offers({ may }: Grant, permission: Permission): boolean {
  const wider = IMPLIED_BY[permission];
  return may.includes(permission) || may.includes('admin') || (wider !== undefined && may.includes(wider));
}

const longestOf = ({ may, upToMs }: Grant, { longestMuteMs }: ChatopsConfig): number =>
  may.includes('admin') ? Number.POSITIVE_INFINITY : Math.min(upToMs ?? longestMuteMs, longestMuteMs);

const grantsOf = ({ permissions }: ChatopsConfig): readonly Grant[] =>
  permissions.some(({ who }) => who.includes('*')) ? permissions : [FOR_EVERYBODY, ...permissions];

const askedGroup = async (person: ChatPerson, group: string): Promise<boolean> => {
  try {
    return (await person.inGroup(group)) === true;
  } catch {
    return false;
  }
};

/** Who can, as the config writes them; those of the person's own platform where there are any. */
function whoText(grants: readonly Grant[], { platform }: ChatPerson): string {
  const all = grants.flatMap(({ who, in: channels }) =>
    who.map((one) => ({
      who: one,
      text: `${one === '*' ? 'everybody' : one}${channels === undefined ? '' : ` in ${listed(channels, { last: 'or' })}`}`,
    })),
  );
  const near = all.filter(({ who }) => who === '*' || who.startsWith(`${platform}:`));
  const shown = [...new Set((near.length > 0 ? near : all).map(({ text }) => text))];
  return shown.length === 0 ? 'nobody: no grant in chatops.permissions names it' : listed(shown, { most: 6 });
}
