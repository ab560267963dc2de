import type { Entry } from '../happening.ts';
import { oneLine, refName, words } from '../wording.ts';
import type { Context, Family } from './family.ts';

const CREATE: Readonly<Record<string, Entry>> = {
  create: { means: 'A branch or a tag was created.', emoji: '🌱', tone: 'neutral' },
};

const DELETE: Readonly<Record<string, Entry>> = {
  delete: { means: 'A branch or a tag was deleted.', emoji: '🗑️', tone: 'neutral' },
};

export const createRef = refFamily(CREATE, 'created');
export const deleteRef = refFamily(DELETE, 'deleted');

function refFamily(events: Readonly<Record<string, Entry>>, says: 'created' | 'deleted'): Family {
  return {
    events,
    read(context) {
      const { payload, actor, place, name } = context;
      const kind = oneLine(payload.ref_type, 40);
      const ref = refName(payload.ref);
      const entry = events[name];
      const gone = says === 'deleted';
      return {
        title: `${words(actor, says, kind || (ref === '' ? 'a branch or tag' : ''), ref)}${place}`,
        url: gone ? payload.repository?.html_url : refUrl(context, kind, ref),
        emoji: kind === 'tag' && !gone ? '🏷️' : entry?.emoji,
        tone: entry?.tone,
        labels: { ...(kind === 'tag' ? { tag: ref } : kind === 'branch' ? { branch: ref } : {}), ref_type: kind },
        facts: { ref, kind },
      };
    },
  };
}

/** Where a branch or a tag is looked at; the repository where that cannot be said. */
export function refUrl({ payload, isGogs }: Context, kind: string, name: string): string | undefined {
  const home = payload.repository?.html_url;
  if (home === undefined || name === '' || (kind !== 'branch' && kind !== 'tag')) return home;
  return `${home}/src/${isGogs ? '' : `${kind}/`}${encodePath(name)}`;
}

/** A branch's name may hold `#` and `?`, and slashes that stay. */
export const encodePath = (name: string): string => name.split('/').map(encodeURIComponent).join('/');
