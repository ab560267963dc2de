import { valueAt } from '../../core/path.ts';
import { standingOf } from './conclusion.ts';
import type { Context, Happening } from './family.ts';
import { capital, colon, excerpt, oneLine, spoken, words } from './wording.ts';

/** Where the thing stands when it is not under the event's own name. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  commit_comment: 'comment',
  deploy_key: 'key',
  discussion_comment: 'discussion',
  fork: 'forkee',
  installation_repositories: 'installation',
  integration_installation: 'installation',
  integration_installation_repositories: 'installation',
  membership: 'member',
  org_block: 'blocked_user',
  repository_vulnerability_alert: 'alert',
  workflow_dispatch: 'workflow',
};

const NAMES = ['title', 'full_name', 'name', 'login', 'summary', 'affected_package_name', 'ref'] as const;

/** The best that can be said of an event that Bellhop does not know: `octocat added member in acme/api: mona`. */
export function readUnlisted(context: Context, document: unknown): Happening {
  const { name, action, place, repo } = context;
  const subject = action === '' ? name : name.slice(0, -action.length - 1);
  const thing = valueAt(document, [(Object.hasOwn(ELSEWHERE, subject) && ELSEWHERE[subject]) || subject]);
  const called = oneLine(NAMES.map((key) => textAt(thing, key)).find(Boolean) ?? textAt(document, 'context'));
  // Runs, jobs, suites and commit statuses that Bellhop has no words for are red or green all the same.
  const state = oneLine(textAt(thing, 'conclusion') ?? textAt(document, 'state'), 40);
  const standing = state === '' ? undefined : standingOf(state);
  const comment = valueAt(document, ['comment']);
  return {
    title:
      standing === undefined
        ? colon(said(context, subject), called === repo ? '' : called)
        : `${words(capital(spoken(subject)), called, standing.says)}${place}`,
    url: textAt(comment, 'html_url') ?? textAt(thing, 'html_url') ?? textAt(document, 'target_url'),
    state: state === '' ? undefined : state,
    severity: standing?.severity ?? 'info',
    emoji: standing?.emoji,
    tone: standing?.tone,
    facts: {
      subject: spoken(subject),
      name: called,
      body: excerpt(textAt(comment, 'body') ?? textAt(thing, 'body')),
    },
  };
}

/** `octocat added member in acme/api`; where the action is no verb in the past, `Member in progress in acme/api by octocat`. */
function said({ action, actor, place }: Context, subject: string): string {
  const thing = spoken(subject);
  const known = actor !== 'Somebody';
  if (known && /^[a-z]+ed$/.test(action)) return `${actor} ${action} ${thing}${place}`;
  return `${capital(words(thing, spoken(action)))}${place}${known ? ` by ${actor}` : ''}`;
}

function textAt(thing: unknown, key: string): string | undefined {
  const value = valueAt(thing, [key]);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
