import { valueAt } from '../../core/path.ts';
import type { Severity } from '../../core/severity.ts';
import type { Happening } from '../happening.ts';
import { capital, colon, excerpt, oneLine, spoken, words } from '../wording.ts';
import type { Context } from './family.ts';

interface Standing {
  readonly says: string;
  readonly emoji: string;
  readonly severity: Severity;
}

/** Of commit statuses, of runs and jobs, and of the last word of Forgejo’s `action_run_failure`. */
const STANDINGS: Readonly<Record<string, Standing>> = {
  success: { says: 'passed', emoji: '✅', severity: 'info' },
  recover: { says: 'passes again', emoji: '✅', severity: 'info' },
  failure: { says: 'failed', emoji: '❌', severity: 'error' },
  error: { says: 'ended in an error', emoji: '❌', severity: 'error' },
  warning: { says: 'passed with warnings', emoji: '🟡', severity: 'warning' },
  cancelled: { says: 'was cancelled', emoji: '⚪', severity: 'info' },
  skipped: { says: 'was skipped', emoji: '⚪', severity: 'info' },
  pending: { says: 'is pending', emoji: '⏳', severity: 'info' },
};

const NAMES = ['title', 'full_name', 'name', 'login', 'display_title', 'workflow_id'] as const;

/** The best that can be said of an event that Bellhop does not know: `Status ci/build failed in acme/api`. */
export function readUnlisted(context: Context, document: unknown): Happening {
  const { name, action, actor, place, repo } = context;
  const named = action === '' ? name : name.slice(0, -action.length - 1);
  const ending = /^(action_run)_(\w+)$/.exec(named);
  const subject = ending?.[1] ?? named;
  const thing = valueAt(document, [ending === null ? subject : 'run']);
  const called = oneLine(NAMES.map((key) => textAt(thing, key)).find(Boolean) ?? textAt(document, 'context'));
  const state = oneLine(textAt(thing, 'conclusion') ?? textAt(document, 'state') ?? ending?.[2], 40);
  const standing = Object.hasOwn(STANDINGS, state) ? STANDINGS[state] : undefined;
  const what = state === '' ? `${words(spoken(subject), spoken(action))}${place}` : '';
  const by = actor === 'Somebody' ? '' : ` by ${actor}`;
  return {
    title:
      state === ''
        ? colon(`${capital(what)}${by}`, called === repo ? '' : called)
        : `${words(capital(spoken(subject)), called, standing?.says ?? `is ${spoken(state)}`)}${place}`,
    url: textAt(thing, 'html_url') ?? textAt(document, 'target_url'),
    state: state === '' ? undefined : state,
    severity: standing?.severity ?? 'info',
    emoji: standing?.emoji,
    facts: { body: excerpt(textAt(thing, 'body') ?? textAt(document, 'description')) },
  };
}

function textAt(thing: unknown, key: string): string | undefined {
  const value = valueAt(thing, [key]);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
