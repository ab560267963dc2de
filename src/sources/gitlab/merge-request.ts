import { type Happening, keyOf } from '../happening.ts';
import { colon, excerpt, inBrackets, oneLine, refName, shortSha, spoken, tookText } from '../wording.ts';
import { changedFields, changeSaid } from './changes.ts';
import {
  bang,
  type Context,
  type Family,
  nameOf,
  numberedPage,
  onOneLine,
  peopleLine,
  type SayingEntry,
} from './family.ts';
import type { Thing } from './payloads.ts';

const EVENTS: Readonly<Record<string, SayingEntry>> = {
  'merge_request.open': {
    means: 'A merge request was opened, as a draft or ready for review.',
    emoji: '🟢',
    tone: 'good',
    card: true,
    body: true,
    says: (thing) => `opened ${thing}`,
  },
  'merge_request.close': {
    means: 'A merge request was closed without being merged.',
    emoji: '🔴',
    tone: 'neutral',
    card: true,
    says: (thing) => `closed ${thing}`,
  },
  'merge_request.reopen': {
    means: 'A closed merge request was opened again.',
    emoji: '🟢',
    tone: 'good',
    card: true,
    says: (thing) => `reopened ${thing}`,
  },
  'merge_request.merge': {
    means: 'A merge request was merged.',
    emoji: '🟣',
    tone: 'good',
    card: true,
    says: (thing) => `merged ${thing}`,
  },
  'merge_request.update': {
    means:
      'Something about a merge request changed: commits, reviewers, labels, title, draft or ready; the label `changed` says what.',
    emoji: '🔄',
    tone: 'neutral',
    says: changeSaid,
  },
  'merge_request.approved': {
    means: 'A merge request has all approvals it needs.',
    emoji: '✅',
    tone: 'good',
    says: (thing) => `approved ${thing}`,
  },
  'merge_request.approval': {
    means: 'Somebody approved a merge request that needs more approvals.',
    emoji: '👍',
    tone: 'good',
    says: (thing) => `added an approval to ${thing}`,
  },
  'merge_request.unapproved': {
    means: 'A merge request no longer has all approvals it needs.',
    emoji: '↩️',
    tone: 'warning',
    says: (thing) => `took back the approval of ${thing}`,
  },
  'merge_request.unapproval': {
    means: 'Somebody took back an approval of a merge request that needed more anyway.',
    emoji: '↩️',
    tone: 'neutral',
    says: (thing) => `took back an approval of ${thing}`,
  },
};

export const mergeRequest: Family = {
  events: EVENTS,
  // Old system hooks name no action.
  action: ({ object_attributes: object }) => object?.action ?? 'update',
  read(context) {
    const { payload, actor, name, action, home } = context;
    const { object_attributes: object, changes } = payload;
    const entry = EVENTS[name];
    const about = aboutMergeRequest(context, object);
    const closes = action === 'merge' || action === 'close';
    const newDraft = action === 'open' && about.state === 'draft';
    const saysDraft = newDraft || changes?.draft?.current === true;
    const thing = newDraft ? `draft ${about.thing}` : about.thing;
    const said = entry?.says(thing, payload) ?? `changed ${thing}${inBrackets(spoken(action))}`;
    return {
      title: colon(`${actor} ${said}`, saysDraft ? about.title.replace(DRAFT, '') : about.title),
      url: object?.url ?? numberedPage(home, 'merge_requests', object?.iid),
      key: about.key,
      state: action === 'merge' ? 'merged' : action === 'close' ? 'closed' : about.state,
      closes,
      emoji: newDraft ? '📝' : entry?.emoji,
      tone: newDraft ? 'neutral' : entry?.tone,
      labels: {
        ...about.labels,
        opener: object?.author_id !== undefined && object.author_id === payload.user?.id ? actor : undefined,
        assignee: payload.assignees.map((person) => nameOf(person) ?? ''),
        reviewer: payload.reviewers.map((person) => nameOf(person) ?? ''),
        changed: action === 'update' ? changedFields(payload) : undefined,
      },
      facts: {
        ...about.facts,
        card: entry?.card === true,
        people: action === 'open' || action === 'reopen',
        // Whoever did it stands in the title.
        reviewers: onOneLine(payload.reviewers.map(nameOf).filter((reviewer) => reviewer !== actor)),
        assignees: peopleLine(payload.assignees),
        body: entry?.body === true ? excerpt(object?.description) : undefined,
        // That a title loses its `Draft:` says what the first line says.
        formerTitle: changes?.draft === undefined ? oneLine(changes?.title?.previous) : undefined,
        formerTarget: refName(changes?.target_branch?.previous),
        commit: object?.oldrev === undefined ? undefined : lastCommit(object),
        context: closes ? openFor(object) : undefined,
      },
      at: object?.updated_at ?? object?.created_at,
    };
  },
};

/** What a comment needs to know about the merge request it is on. */
export interface AboutMergeRequest {
  /** `MR !12 in acme/api` */
  readonly thing: string;
  readonly title: string;
  readonly key: string | undefined;
  readonly state: 'open' | 'draft' | 'merged' | 'closed';
  readonly labels: NonNullable<Happening['labels']>;
  readonly facts: NonNullable<Happening['facts']>;
}

export function aboutMergeRequest({ payload, place, scope }: Context, object: Thing): AboutMergeRequest {
  const number = bang(object?.iid);
  const title = oneLine(object?.title);
  const labels = (payload.labels.length > 0 ? payload.labels : (object?.labels ?? [])).map(
    (label) => label.title ?? '',
  );
  const draft = object?.draft ?? object?.work_in_progress ?? DRAFT.test(title);
  return {
    thing: `${number === undefined ? 'a merge request' : `MR ${number}`}${place}`,
    title,
    key: keyOf('mr', scope, number),
    state: stateOf(object?.state, draft),
    labels: {
      base: object?.target_branch,
      head: object?.source_branch,
      branch: object?.source_branch,
      draft: object === undefined ? undefined : String(draft),
      label: labels,
    },
    facts: {
      number: object?.iid,
      mergeRequest: title,
      branches: branches(object),
      target: refName(object?.target_branch),
      labels: onOneLine(labels),
    },
  };
}

const DRAFT = /^(?:\[draft\]|\(draft\)|draft:|\[wip\]|wip:)\s*/i;

function stateOf(state: string | undefined, draft: boolean): AboutMergeRequest['state'] {
  if (state === 'merged' || state === 'closed') return state;
  return draft ? 'draft' : 'open';
}

/** `feat/bell → main`; from a fork `mona/api:feat/bell → main`. */
function branches(object: Thing): string | undefined {
  const head = oneLine(object?.source_branch, 100);
  const base = oneLine(object?.target_branch, 100);
  if (head === '' || base === '') return undefined;
  const { source_project_id: from, target_project_id: to } = object ?? {};
  const isFork = from !== undefined && to !== undefined && from !== to;
  const path = isFork && typeof object?.source === 'object' ? oneLine(object.source.path_with_namespace, 100) : '';
  return `${path === '' ? '' : `${path}:`}${head} → ${base}`;
}

function lastCommit(object: Thing): object | undefined {
  const { id, url, title, message, author } = object?.last_commit ?? {};
  const sha = shortSha(id);
  return sha === ''
    ? undefined
    : { sha, url, message: oneLine(title ?? message?.split('\n', 1)[0], 100), author: oneLine(author?.name, 60) };
}

/** `Open for 3 d 4 h`, of something that has just ended. */
function openFor(object: Thing): string | undefined {
  const open = tookText(object?.created_at, object?.updated_at);
  return open === undefined ? undefined : `Open for ${open}`;
}
