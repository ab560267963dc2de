import { safeWebUrl } from '../../core/url.ts';
import type { Entry } from '../happening.ts';
import { capital, colon, count, oneLine, refName, shortSha, subjectOf } from '../wording.ts';
import { type Family, placeOf } from './family.ts';
import type { Resource } from './payloads.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'git.push': {
    means:
      'Branches or tags were pushed, created or deleted; the labels `created` and `deleted` say which. One push is one message.',
    emoji: '⬆️',
    tone: 'neutral',
  },
};

const COMMIT_LINES = 5;
const REF_LINES = 6;

export const push: Family = {
  events: EVENTS,
  read({ resource, repo, home }) {
    const { commits, refUpdates } = resource;
    const actor = oneLine(resource.pushedBy?.displayName, 60) || 'Somebody';
    const changes = refUpdates.map(changeOf);
    const [first] = changes;
    const said = changes.length === 1 && first !== undefined ? saidOf(first, commits.length) : severalOf(changes);
    const subject = first?.act === 'deleted' || changes.length > 1 ? '' : subjectOf(commits[0]?.comment);
    const lost = changes.some(({ act, ref }) => act === 'deleted' && ref === resource.repository?.defaultBranch);
    const acts = new Set(changes.map(({ act }) => act));
    // The newest comes first; what matters is what the branch ends in, at the end.
    const shown = commits.slice(0, COMMIT_LINES).toReversed();
    return {
      title: colon(`${actor} ${said}${placeOf(repo)}`, subject),
      url: pageOf(resource, first, home),
      severity: lost ? 'warning' : 'info',
      emoji: acts.size === 1 && first !== undefined ? EMOJI[first.act] : EVENTS['git.push']?.emoji,
      tone: lost ? 'warning' : 'neutral',
      labels: {
        author: actor === 'Somebody' ? undefined : actor,
        branch: changes.flatMap(({ kind, name }) => (kind === 'branch' ? [name] : [])),
        tag: changes.flatMap(({ kind, name }) => (kind === 'tag' ? [name] : [])),
        created: changes.length === 0 ? undefined : String(acts.has('created')),
        deleted: changes.length === 0 ? undefined : String(acts.has('deleted')),
      },
      facts: {
        refs: changes.length < 2 ? [] : changes.slice(0, REF_LINES).map((change) => capital(saidOf(change, 0))),
        commits: shown.map(({ commitId, comment, author }) => ({
          sha: shortSha(commitId),
          url: commitUrl(home, commitId),
          message: oneLine(subjectOf(comment), 100),
          author: oneLine(author?.name, 60),
        })),
        more: commits.length > COMMIT_LINES ? count(commits.length - COMMIT_LINES, 'earlier commit') : undefined,
      },
      at: resource.date,
    };
  },
};

interface Change {
  readonly kind: 'branch' | 'tag';
  /** `refs/heads/main` */
  readonly ref: string | undefined;
  readonly name: string;
  readonly act: 'created' | 'updated' | 'deleted';
  readonly tip: string;
}

const EMOJI = { created: '🌱', updated: '⬆️', deleted: '🗑️' } as const satisfies Record<Change['act'], string>;

const NONE = /^0{7,}$/;

const changeOf = ({ name, oldObjectId, newObjectId }: Resource['refUpdates'][number]): Change => ({
  kind: name?.startsWith('refs/tags/') === true ? 'tag' : 'branch',
  ref: name,
  name: refName(name),
  act: NONE.test(newObjectId ?? '') ? 'deleted' : NONE.test(oldObjectId ?? '') ? 'created' : 'updated',
  tip: shortSha(newObjectId),
});

function saidOf({ kind, name, act, tip }: Change, commits: number): string {
  const called = name === '' ? `a ${kind}` : `${kind} ${name}`;
  if (act !== 'updated')
    return `${act} ${called}${commits === 0 || act === 'deleted' ? '' : ` with ${count(commits, 'commit')}`}`;
  if (commits > 0 && kind === 'branch') return `pushed ${count(commits, 'commit')} to ${name || 'a branch'}`;
  return `moved ${called}${tip === '' ? '' : ` to ${tip}`}`;
}

function severalOf(changes: readonly Change[]): string {
  if (changes.length === 0) return 'pushed';
  const names = changes.map(({ name }) => oneLine(name, 40)).filter(Boolean);
  const shown = names.length > 4 ? `${names.slice(0, 3).join(', ')}, …` : names.join(', ');
  return `pushed ${count(changes.length, 'branch or tag').replace(/branch or tags$/, 'branches and tags')} (${shown})`;
}

const commitUrl = (home: string | undefined, sha: string | undefined): string | undefined =>
  home === undefined || shortSha(sha) === '' ? undefined : safeWebUrl(`${home}/commit/${sha}`);

function pageOf({ commits }: Resource, first: Change | undefined, home: string | undefined): string | undefined {
  if (home === undefined || first === undefined || first.act === 'deleted' || first.name === '') return home;
  if (commits.length === 1) return commitUrl(home, commits[0]?.commitId) ?? home;
  const version = `G${first.kind === 'tag' ? 'T' : 'B'}${first.name}`.replace(/\p{Cs}/gu, '');
  return `${home}?version=${encodeURIComponent(version)}&_a=history`;
}
