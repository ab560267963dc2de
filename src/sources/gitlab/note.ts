import type { Entry } from '../happening.ts';
import { colon, excerpt, oneLine, shortSha, spoken, subjectOf } from '../wording.ts';
import { type Context, type Family, numberedPage } from './family.ts';
import { aboutIssue } from './issue.ts';
import { aboutMergeRequest } from './merge-request.ts';
import type { Payload } from './payloads.ts';

const COMMENT = { emoji: '💬' } as const;

const EVENTS: Readonly<Record<string, Entry>> = {
  'note.merge_request': { ...COMMENT, means: 'Somebody commented on a merge request or on its code, or edited that.' },
  'note.issue': { ...COMMENT, means: 'Somebody commented on an issue, or edited that.' },
  'note.commit': { ...COMMENT, means: 'Somebody commented on a commit, or edited that.' },
  'note.snippet': { ...COMMENT, means: 'Somebody commented on a snippet, or edited that.' },
};

/** Carries the key of what is commented on, but no state: a comment says nothing about that. */
export const note: Family = {
  events: EVENTS,
  action: targetOf,
  read(context) {
    const { payload, actor, action, place } = context;
    const { object_attributes: object } = payload;
    const on = onWhat(context);
    const edited = object?.action === 'update';
    const file = oneLine(object?.position?.new_path ?? object?.position?.old_path, 80);
    // `src/bell.ts in MR !12 of acme/api`
    const thing = file === '' ? on.thing : `${file} in ${on.thing.replace(place, place.replace(' in ', ' of '))}`;
    return {
      title: colon(`${actor} ${edited ? 'edited a comment' : 'commented'} on ${thing}`, on.title),
      url: object?.url ?? on.url,
      key: on.key,
      emoji: edited ? '📝' : '💬',
      tone: edited ? 'neutral' : undefined,
      labels: { ...on.labels, on: action, action: oneLine(object?.action, 30) || 'create', file },
      facts: {
        on: spoken(action),
        line: lineOf(object?.position),
        body: excerpt(object?.note ?? object?.description),
      },
      at: object?.updated_at ?? object?.created_at,
    };
  },
};

/** `merge_request` of `MergeRequest`; where that is missing, what the payload holds. */
function targetOf({
  object_attributes: object,
  merge_request: mr,
  issue,
  commit,
  snippet,
}: Payload): string | undefined {
  const written = (object?.noteable_type ?? '')
    .slice(0, 100)
    .replaceAll('::', '_')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  if (written !== '') return written === 'work_item' ? 'issue' : written;
  if (mr !== undefined) return 'merge_request';
  if (issue !== undefined) return 'issue';
  if (snippet !== undefined) return 'snippet';
  return commit === undefined ? undefined : 'commit';
}

interface OnWhat {
  readonly thing: string;
  readonly title: string;
  readonly key?: string | undefined;
  readonly url?: string | undefined;
  readonly labels?: ReturnType<typeof aboutIssue>['labels'];
}

function onWhat(context: Context): OnWhat {
  const { payload, action, place, home } = context;
  const { merge_request: mr, issue, snippet, commit, object_attributes: object } = payload;
  if (action === 'merge_request') return { ...aboutMergeRequest(context, mr), url: mr?.url };
  if (action === 'issue') return { ...aboutIssue(context, issue), url: issue?.url };
  if (action === 'snippet') {
    const isNumbered = /^\d{1,20}$/.test(snippet?.id ?? '');
    return {
      thing: `${isNumbered ? `snippet $${snippet?.id}` : 'a snippet'}${place}`,
      title: oneLine(snippet?.title),
      url: numberedPage(home, 'snippets', snippet?.id),
    };
  }
  if (action === 'commit') {
    const sha = shortSha(commit?.id ?? object?.commit_id);
    return {
      thing: `${sha === '' ? 'a commit' : `commit ${sha}`}${place}`,
      title: subjectOf(commit?.title ?? commit?.message),
      url: commit?.url,
    };
  }
  return { thing: `${action === '' ? 'something' : `a ${spoken(action)}`}${place}`, title: '' };
}

type Position = NonNullable<Payload['object_attributes']>['position'];

function lineOf(position: Position): string | undefined {
  const line = position?.new_line ?? position?.old_line;
  return /^\d{1,9}$/.test(line ?? '') ? line : undefined;
}
