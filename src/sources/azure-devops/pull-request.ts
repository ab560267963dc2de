import { type Entry, hash, keyOf } from '../happening.ts';
import { capital, colon, excerpt, oneLine, refName, tookText } from '../wording.ts';
import { type Context, type Family, placeOf } from './family.ts';
import { sentenceOf } from './message-text.ts';
import type { Resource } from './payloads.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'git.pullrequest.created': { means: 'A pull request was opened, as a draft or not.', emoji: '🟢', tone: 'good' },
  'git.pullrequest.updated': {
    means:
      'A pull request was completed, abandoned, reviewed, pushed to or changed otherwise; its state says whether it is over.',
    emoji: '📝',
    tone: 'neutral',
  },
  'git.pullrequest.merged': {
    means: 'A merge was made, or tried and stopped by conflicts. One that was only tried and would go well is ignored.',
    emoji: '🟣',
    tone: 'good',
  },
};

type Act = Omit<Entry, 'means'> & { readonly says: string };

/** What the sender’s own sentence tells of an update; the payload has no field for it. */
const ACTS: readonly (readonly [words: RegExp, act: Act])[] = [
  [/source branch|pushed/i, { says: 'pushed to', emoji: '🔄', tone: 'neutral' }],
  [/target branch/i, { says: 'changed the target branch of', emoji: '📝', tone: 'neutral' }],
  [/auto-?complete/i, { says: 'changed auto-complete of', emoji: '🤖', tone: 'neutral' }],
  [/completed/i, { says: 'merged', emoji: '🟣', tone: 'good' }],
  [/abandoned/i, { says: 'abandoned', emoji: '🔴', tone: 'neutral' }],
  [/reactivated/i, { says: 'reactivated', emoji: '🟢', tone: 'good' }],
  [/approved/i, { says: 'approved', emoji: '✅', tone: 'good' }],
  [/rejected/i, { says: 'rejected', emoji: '🔁', tone: 'warning' }],
  [/waiting/i, { says: 'waits for the author of', emoji: '🔁', tone: 'warning' }],
  [/published/i, { says: 'marked ready for review', emoji: '🟢', tone: 'good' }],
  [/reviewer/i, { says: 'changed the reviewers of', emoji: '👀' }],
];

export const pullRequest: Family = {
  events: EVENTS,
  ignored: ({ name, resource }) =>
    name === 'git.pullrequest.merged' && stateOf(resource) === 'open' && !isStopped(resource)
      ? 'A merge was only tried, for a pull request that is still open, and nothing is in its way.'
      : undefined,
  read(context) {
    const { name, resource, repo } = context;
    const number = hash(resource.pullRequestId);
    const thing = `${number === undefined ? 'a pull request' : `PR ${number}`}${placeOf(repo)}`;
    const state = stateOf(resource);
    const stopped = name === 'git.pullrequest.merged' && isStopped(resource);
    const opener = oneLine(resource.createdBy?.displayName, 60);
    const actor = name === 'git.pullrequest.created' ? opener : actorOf(context);
    const act = actOf(context);
    const isNew = name === 'git.pullrequest.created';
    const over = state !== 'open' && state !== 'draft';
    return {
      title: colon(
        stopped
          ? `${capital(thing)} cannot be merged (${resource.mergeStatus === 'conflicts' ? 'conflicts' : 'the merge failed'})`
          : `${actor || 'Somebody'} ${act.says} ${thing}`,
        oneLine(resource.title),
      ),
      url: resource._links?.web?.href ?? pageOf(context),
      key: keyOf('pr', repo, number),
      state: stopped ? 'conflicts' : state,
      closes: over,
      severity: stopped ? 'warning' : 'info',
      emoji: stopped ? '⚠️' : act.emoji,
      tone: stopped ? 'warning' : act.tone,
      labels: {
        author: actor,
        opener,
        base: refName(resource.targetRefName),
        head: refName(resource.sourceRefName),
        branch: refName(resource.sourceRefName),
        draft: resource.isDraft === undefined ? undefined : String(resource.isDraft),
      },
      facts: {
        branches: isNew || over || stopped ? branches(resource) : undefined,
        reviewers: isNew
          ? resource.reviewers
              .map(({ displayName }) => oneLine(displayName, 50))
              .filter(Boolean)
              .slice(0, 5)
              .join(', ')
          : undefined,
        body: isNew ? excerpt(resource.description) : undefined,
        context: over ? age(resource, actor) : undefined,
      },
      at: over ? resource.closedDate : isNew ? resource.creationDate : undefined,
    };
  },
};

function actOf({ name, payload, resource }: Context): Act {
  if (name === 'git.pullrequest.created') {
    return resource.isDraft === true
      ? { says: 'opened draft', emoji: '📝', tone: 'neutral' }
      : { says: 'opened', emoji: '🟢', tone: 'good' };
  }
  if (name === 'git.pullrequest.merged') return { says: 'merged', emoji: '🟣', tone: 'good' };
  const found = ACTS.find(([words]) => words.test(withoutTitle(payload.message?.text, resource.title)));
  return found?.[1] ?? { says: 'updated', emoji: '📝', tone: 'neutral' };
}

/** A title may hold any of the words. */
const withoutTitle = (text: string | undefined, title: string | undefined): string => {
  const said = (text ?? '').slice(0, 2_000);
  return title === undefined || title === '' ? said : said.replaceAll(title, '');
};

/** Only the sender’s own sentence begins with who it was; people that the payload names are looked for first. */
function actorOf({ payload, resource }: Context): string {
  const said = sentenceOf(payload);
  const people = [resource.closedBy, resource.createdBy, ...resource.reviewers].map((who) =>
    oneLine(who?.displayName, 60),
  );
  const known = people.find((who) => who !== '' && said.startsWith(`${who} `));
  const [, first] = VERB.exec(said) ?? [];
  return known ?? oneLine(first, 60);
}

const VERB =
  /^(\S(?:.{0,78}?\S)?) (?:has|marked|updated|changed|approved|rejected|abandoned|completed|reactivated|published|set|created|voted|added|removed|is|pushed)\b/;

function stateOf({ status, isDraft }: Resource): string {
  if (status === 'completed') return 'merged';
  if (status === 'abandoned') return 'abandoned';
  return isDraft === true ? 'draft' : 'open';
}

const isStopped = ({ mergeStatus, status }: Resource): boolean =>
  status !== 'completed' && ['conflicts', 'failure', 'rejectedByPolicy'].includes(mergeStatus ?? '');

const pageOf = ({ home, resource }: Context): string | undefined =>
  home === undefined || hash(resource.pullRequestId) === undefined
    ? undefined
    : `${home}/pullrequest/${resource.pullRequestId}`;

/** `feat/bell → main` */
function branches({ sourceRefName, targetRefName }: Resource): string | undefined {
  const [head, base] = [oneLine(refName(sourceRefName), 80), oneLine(refName(targetRefName), 60)];
  return head === '' || base === '' ? undefined : `${head} → ${base}`;
}

/** `Opened by mona · open for 3 d 4 h`; the opener only where the title does not name them. */
function age({ createdBy, creationDate, closedDate }: Resource, actor: string): string {
  const opener = oneLine(createdBy?.displayName, 60);
  const open = tookText(creationDate, closedDate);
  return capital(
    [opener === '' || opener === actor ? undefined : `Opened by ${opener}`, open && `open for ${open}`]
      .filter(Boolean)
      .join(' · '),
  );
}
