import { safeWebUrl } from '../../core/url.ts';
import { hash, keyOf } from '../happening.ts';
import { inBrackets, oneLine, refName, shortSha, words } from '../wording.ts';
import type { Family } from './family.ts';
import { standingOf, statusEvents, statusIgnores } from './standing.ts';

const EVENTS = statusEvents('deployment', {
  running: 'A deployment began.',
  success: 'A deployment succeeded.',
  failed: 'A deployment failed.',
  canceled: 'A deployment was canceled.',
  blocked: 'A deployment waits for approval.',
});

const IGNORES = statusIgnores(
  'deployment',
  ['created', 'skipped'],
  'Nothing is deployed yet, or at all; a deployment that begins is sent as `deployment.running`.',
);

export const deployment: Family = {
  events: EVENTS,
  ignores: IGNORES,
  action: ({ status }) => status,
  read({ payload, action, place, scope, actor }) {
    const standing = standingOf(action);
    const number = hash(payload.deployment_id);
    const env = oneLine(typeof payload.environment === 'string' ? payload.environment : undefined, 100);
    const ref = refName(payload.ref);
    const sha = shortSha(payload.short_sha);
    const site = safeWebUrl(payload.environment_external_url ?? '');
    const log = safeWebUrl(payload.deployable_url ?? '');
    const says = action === 'success' ? 'succeeded' : standing.says;
    return {
      title: `${words('Deployment', env && `to ${env}`, says)}${place}${inBrackets(ref, sha)}`,
      url: action === 'success' ? (site ?? log) : (log ?? site),
      key: keyOf('deploy', scope, number),
      state: action || 'unknown',
      closes: standing.ends,
      severity: standing.severity,
      emoji: standing.emoji,
      tone: standing.tone,
      labels: { env, tier: payload.environment_tier, branch: ref, status: action },
      facts: {
        environment: env,
        sha,
        commit: oneLine(payload.commit_title, 100),
        commitUrl: safeWebUrl(payload.commit_url ?? ''),
        by: actor === 'Somebody' ? undefined : actor,
        site,
        log,
      },
      at: payload.status_changed_at,
    };
  },
};
