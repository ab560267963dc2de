import { type Entry, type Family, keyOf } from './family.ts';
import type { Payload } from './payloads.ts';
import { colon, count, excerpt, oneLine, spoken } from './wording.ts';

interface ReleaseEntry extends Entry {
  /** `published release v1.2.0 in acme/api`, of `release v1.2.0 in acme/api`. */
  says(thing: string): string;
  readonly state: string;
  /** The notes are news. */
  readonly body?: boolean;
}

const EVENTS: Readonly<Record<string, ReleaseEntry>> = {
  'release.published': {
    means: 'A release or a pre-release was published.',
    emoji: '🚀',
    tone: 'good',
    says: (thing) => `published ${thing}`,
    state: 'published',
    body: true,
  },
  'release.released': {
    means: 'A pre-release became a release. Ignored at the moment of publishing, which `release.published` tells.',
    emoji: '🚀',
    tone: 'good',
    says: (thing) => `turned ${thing} into a full release`,
    state: 'published',
    body: true,
  },
  'release.prereleased': {
    means: 'A release became a pre-release. Ignored at the moment of publishing, which `release.published` tells.',
    emoji: '🧪',
    says: (thing) => `marked ${thing} as a pre-release`,
    state: 'published',
  },
  'release.created': {
    means: 'A draft of a release was saved. Ignored for one that is published at once: `release.published` tells it.',
    emoji: '📝',
    tone: 'neutral',
    says: (thing) => `drafted ${thing}`,
    state: 'draft',
  },
  'release.edited': {
    means: 'The name or the notes of a release changed.',
    emoji: '📝',
    tone: 'neutral',
    says: (thing) => `edited ${thing}`,
    state: 'published',
  },
  'release.unpublished': {
    means: 'A release was taken back and is a draft again.',
    emoji: '↩️',
    tone: 'warning',
    says: (thing) => `unpublished ${thing}`,
    state: 'draft',
  },
  'release.deleted': {
    means: 'A release was deleted.',
    emoji: '🗑️',
    tone: 'warning',
    says: (thing) => `deleted ${thing}`,
    state: 'deleted',
  },
};

export const release: Family = {
  events: EVENTS,
  ignored: ({ name, payload }) => (tellsPublishing(name, payload) ? ALREADY_TOLD : undefined),
  read(context) {
    const { payload, actor, repo, place, action, name } = context;
    const release = payload.release;
    const entry = EVENTS[name];
    const tag = oneLine(release?.tag_name, 100);
    const title = oneLine(release?.name);
    const pre = release?.prerelease === true;
    const kind = pre && name !== 'release.prereleased' ? 'pre-release' : 'release';
    const thing = `${tag === '' ? `a ${kind}` : `${kind} ${tag}`}${place}`;
    const said = entry?.says(thing) ?? `${spoken(action) || 'changed'} ${thing}`;
    const draft = release?.draft === true;
    return {
      title: colon(`${actor} ${said}`, title === tag ? '' : title),
      url: name === 'release.deleted' ? payload.repository?.html_url : release?.html_url,
      key: keyOf('release', repo, tag === '' ? undefined : `@${tag}`),
      state: draft && name !== 'release.deleted' ? 'draft' : (entry?.state ?? 'published'),
      emoji: pre && name === 'release.published' ? '🧪' : entry?.emoji,
      tone: pre && name === 'release.published' ? 'info' : entry?.tone,
      labels: {
        tag,
        prerelease: release?.prerelease === undefined ? undefined : String(pre),
        draft: release?.draft === undefined ? undefined : String(draft),
      },
      facts: {
        tag,
        deleted: name === 'release.deleted',
        name: title,
        ...(entry?.body === true ? { body: excerpt(release?.body) } : {}),
        assets: release === undefined || release.assets.length === 0 ? undefined : count(release.assets.length, 'file'),
      },
      at: name === 'release.published' ? release?.published_at : undefined,
    };
  },
};

const ALREADY_TOLD = 'GitHub sends release.published for the same moment.';

/** One click on "Publish" sends `created`, `published` and `released` (or `prereleased`) at once. */
function tellsPublishing(name: string, { release }: Payload): boolean {
  if (release?.published_at === undefined || release.draft === true) return false;
  if (name === 'release.created') return true;
  if (name !== 'release.released' && name !== 'release.prereleased') return false;
  // Later on they mean that the kind changed. Servers too old to send `updated_at` leave it open: better told twice.
  return release.updated_at !== undefined && release.updated_at.getTime() - release.published_at.getTime() < 60_000;
}
