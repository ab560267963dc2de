import { type Entry, keyOf } from '../happening.ts';
import { inBrackets, oneLine, spoken, words } from '../wording.ts';
import { type Family, loginOf } from './family.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'package.created': { means: 'A version of a package was published.', emoji: '📦', tone: 'good' },
  'package.deleted': { means: 'A version of a package was deleted.', emoji: '🗑️', tone: 'warning' },
};

/** A package belongs to an owner, and to a repository only where somebody linked them. */
export const packageFamily: Family = {
  events: EVENTS,
  read({ payload, actor, repo, action, name }) {
    const owner = loginOf(payload.package?.owner) ?? loginOf(payload.organization);
    const called = oneLine(payload.package?.name, 100);
    const version = oneLine(payload.package?.version, 80);
    const type = oneLine(payload.package?.type, 40);
    const deleted = name === 'package.deleted';
    const said = action === 'created' ? 'published' : spoken(action) || 'changed';
    const thing = words(called === '' ? 'a package' : `package ${called}`, shortVersion(version));
    const where = repo || owner;
    const at = version === '' ? '' : `@${version}`;
    return {
      title: `${actor} ${said} ${thing}${inBrackets(type)}${where === undefined ? '' : ` in ${where}`}`,
      url: deleted ? undefined : payload.package?.html_url,
      key: keyOf('package', owner ?? '', called === '' ? undefined : `/${called}${at}`),
      state: deleted ? 'deleted' : 'published',
      emoji: EVENTS[name]?.emoji,
      tone: EVENTS[name]?.tone,
      labels: { owner, package: called, version, package_type: type },
      facts: { deleted },
      at: deleted ? undefined : payload.package?.created_at,
    };
  },
};

/** An untagged image's version is a digest of 71 characters, which nobody reads. */
const shortVersion = (version: string): string => version.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]{52}$/, '$1');
