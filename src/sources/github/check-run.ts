import { standingOf } from './conclusion.ts';
import { type Entry, type Family, hash, keyOf } from './family.ts';
import { excerpt, inBrackets, oneLine, shortSha, tookText, words } from './wording.ts';
import { commitUrl } from './workflow-run.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'check_run.created': { means: 'A check was made for a commit; it is queued or runs already.', emoji: '⏳' },
  'check_run.completed': {
    means: 'A check ended; its state is the conclusion, such as `failure`.',
    emoji: '⚪',
  },
};

export const CHECK_RUN_IGNORES: Readonly<Record<string, string>> = {
  'check_run.rerequested':
    'An order to the app that runs the check, not news: the new run arrives as `check_run.created`.',
  'check_run.requested_action': 'A pressed button, meant for the app that made the check.',
};

export const checkRun: Family = {
  events: EVENTS,
  action: ({ action, check_run }) => action || check_run?.status,
  read({ payload, action, repo, place }) {
    const check = payload.check_run;
    const done = action === 'completed';
    const state = oneLine(check?.conclusion ?? (done ? 'completed' : (check?.status ?? action)), 40) || 'unknown';
    const standing = standingOf(state);
    const name = oneLine(check?.name, 100);
    const branch = oneLine(check?.check_suite?.head_branch);
    const sha = shortSha(check?.head_sha);
    const took = done ? tookText(check?.started_at, check?.completed_at) : undefined;
    const pulls = (check?.pull_requests ?? []).map(({ number }) => hash(number) ?? '').filter(Boolean);
    const on = branch || sha;
    const app = oneLine(check?.app?.name, 60);
    return {
      title: `${words('Check', name, standing.says, on && `on ${on}`)}${place}${inBrackets(took)}`,
      url: check?.html_url ?? check?.details_url,
      // A check that runs again has a new id; its commit and its name stay.
      key: keyOf('check', repo, sha === '' || name === '' ? undefined : `@${sha}:${name}`),
      state,
      closes: done,
      severity: standing.severity,
      emoji: standing.emoji,
      tone: standing.tone,
      labels: {
        check: name,
        branch,
        conclusion: check?.conclusion,
        app: check?.app?.name,
        pull_request: pulls.map((pull) => pull.slice(1)),
      },
      facts: {
        check: name,
        app: name.toLowerCase().includes(app.toLowerCase()) ? undefined : app,
        took,
        sha: on === sha ? undefined : sha,
        commitUrl: commitUrl(payload.repository?.html_url, check?.head_sha),
        pulls: pulls.slice(0, 5).join(', '),
        summary: oneLine(check?.output?.title),
        body: done && standing.severity !== 'info' ? excerpt(check?.output?.summary) : undefined,
      },
      at: done ? check?.completed_at : check?.started_at,
    };
  },
};
