import { safeWebUrl } from '../../core/url.ts';
import type { Standing } from './conclusion.ts';
import { type Entry, type Family, hash, keyOf } from './family.ts';
import { inBrackets, oneLine, refName, shortSha, spoken, words } from './wording.ts';
import { commitUrl } from './workflow-run.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'deployment_status.created': {
    means: 'A deployment changed its state, for example to `in_progress`, `success` or `failure`.',
    emoji: '⚪',
  },
};

/** https://docs.github.com/en/rest/deployments/statuses */
const STANDINGS: Readonly<Record<string, Standing>> = {
  success: { says: 'succeeded', emoji: '✅', tone: 'good', severity: 'info' },
  failure: { says: 'failed', emoji: '❌', tone: 'bad', severity: 'error' },
  error: { says: 'ended in an error', emoji: '❌', tone: 'bad', severity: 'error' },
  inactive: { says: 'is no longer active', emoji: '⚪', tone: 'neutral', severity: 'info' },
  in_progress: { says: 'is running', emoji: '🔄', tone: 'info', severity: 'info' },
  queued: { says: 'is queued', emoji: '⏳', tone: 'info', severity: 'info' },
  pending: { says: 'is pending', emoji: '⏳', tone: 'info', severity: 'info' },
  waiting: { says: 'waits for approval', emoji: '✋', tone: 'warning', severity: 'info' },
};

const ENDS: ReadonlySet<string> = new Set(['success', 'failure', 'error', 'inactive']);

export const deploymentStatus: Family = {
  events: EVENTS,
  // GitHub Enterprise Server sent none for years.
  action: ({ action }) => action || 'created',
  read({ payload, repo, place, actor }) {
    const { deployment, deployment_status: status } = payload;
    const state = oneLine(status?.state, 40) || 'unknown';
    const standing = Object.hasOwn(STANDINGS, state) ? STANDINGS[state] : undefined;
    const env = oneLine(status?.environment || deployment?.environment, 100);
    const sha = shortSha(deployment?.sha);
    const given = refName(deployment?.ref);
    // Deployed by its commit, a ref says nothing that the short hash does not.
    const branch = given === deployment?.sha ? '' : given;
    const site = safeWebUrl(status?.environment_url ?? '');
    const log = safeWebUrl(status?.log_url || status?.target_url || '');
    return {
      title: `${words('Deployment', env && `to ${env}`, standing?.says ?? `is ${spoken(state)}`)}${place}${inBrackets(branch, sha)}`,
      url: standing?.severity === 'error' ? (log ?? site) : (site ?? log),
      key: keyOf('deploy', repo, hash(deployment?.id)),
      state,
      closes: ENDS.has(state),
      severity: standing?.severity ?? 'info',
      emoji: standing?.emoji,
      tone: standing?.tone ?? 'neutral',
      labels: { env, branch, task: deployment?.task },
      facts: {
        environment: env,
        branch,
        sha,
        commitUrl: commitUrl(payload.repository?.html_url, deployment?.sha),
        by: actor,
        site,
        log,
        text: oneLine(status?.description),
      },
      at: status?.updated_at ?? status?.created_at,
    };
  },
};
