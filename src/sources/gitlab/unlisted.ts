import type { Happening } from '../happening.ts';
import { SEVERITY_EMOJI, severityOf } from '../severity-of.ts';
import { capital, colon, excerpt, inBrackets, oneLine, spoken, words } from '../wording.ts';
import type { Context } from './family.ts';
import { readSystem } from './system.ts';

/** The best that can be said of an event that Bellhop does not know: `mona closed milestone 2.0 in acme/api`. */
export function readUnlisted(context: Context): Happening {
  const system = readSystem(context);
  if (system !== undefined) return system;
  const { name, action, actor, place, payload } = context;
  const object = payload.object_attributes;
  const subject = spoken(action === '' ? name : name.slice(0, -action.length - 1));
  const called = oneLine(object?.title || object?.name || payload.name);
  const state = oneLine(object?.state ?? object?.status, 40);
  const level = oneLine(object?.severity, 20).toLowerCase();
  // A vulnerability says how bad it is, until somebody has dealt with it.
  const severity = DEALT_WITH.has(state) ? 'info' : (severityOf(level) ?? 'info');
  const done = Object.hasOwn(PAST, action) ? PAST[action] : undefined;
  const isKnown = actor !== 'Somebody';
  return {
    title:
      done !== undefined && isKnown
        ? `${words(actor, done, subject, called)}${place}`
        : colon(
            `${capital(words(subject, done ?? spoken(action || state)))}${place}${isKnown ? ` by ${actor}` : ''}${inBrackets(level)}`,
            called,
          ),
    url: object?.url ?? object?.awarded_on_url ?? payload.url,
    state: state === '' ? undefined : state,
    severity,
    emoji: severity === 'info' ? undefined : SEVERITY_EMOJI[severity],
    labels: { level },
    facts: { body: excerpt(object?.description) },
    at: object?.updated_at ?? object?.created_at ?? payload.updated_at,
  };
}

const PAST: Readonly<Record<string, string>> = {
  activate: 'activated',
  award: 'awarded',
  close: 'closed',
  create: 'created',
  delete: 'deleted',
  open: 'opened',
  reopen: 'reopened',
  revoke: 'revoked',
  update: 'updated',
};

const DEALT_WITH: ReadonlySet<string> = new Set(['closed', 'dismissed', 'resolved']);
