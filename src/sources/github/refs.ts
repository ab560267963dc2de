import type { Entry, Family } from './family.ts';
import { encodeRef } from './push.ts';
import { oneLine, refName, words } from './wording.ts';

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
    read({ payload, actor, place, name }) {
      const kind = oneLine(payload.ref_type, 40);
      const ref = refName(payload.ref);
      const home = payload.repository?.html_url;
      const entry = events[name];
      return {
        title: `${words(actor, says, kind || (ref === '' ? 'a branch or tag' : ''), ref)}${place}`,
        url: home === undefined || ref === '' || says === 'deleted' ? home : `${home}/tree/${encodeRef(ref)}`,
        emoji: kind === 'tag' && says === 'created' ? '🏷️' : entry?.emoji,
        tone: entry?.tone,
        labels: { ...(kind === 'tag' ? { tag: ref } : kind === 'branch' ? { branch: ref } : {}), ref_type: kind },
        facts: { ref, kind },
      };
    },
  };
}
