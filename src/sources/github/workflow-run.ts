import { standingOf } from './conclusion.ts';
import { type Entry, type Family, hash, keyOf } from './family.ts';
import type { Payload } from './payloads.ts';
import { inBrackets, oneLine, shortSha, subjectOf, tookText, words } from './wording.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'workflow_run.requested': { means: 'A run of a workflow was asked for.', emoji: '⏳' },
  'workflow_run.in_progress': { means: 'A run of a workflow began.', emoji: '🔄' },
  'workflow_run.completed': {
    means: 'A run of a workflow ended; its state is the conclusion, such as `failure`.',
    emoji: '⚪',
  },
};

export const workflowRun: Family = {
  events: EVENTS,
  // Some servers send the status alone.
  action: ({ action, workflow_run }) => action || workflow_run?.status,
  read({ payload, action, repo, place }) {
    const run = payload.workflow_run;
    const done = action === 'completed';
    const state = stateOf(action, run);
    const standing = standingOf(state);
    const workflow = oneLine(run?.name ?? payload.workflow?.name, 100);
    const branch = oneLine(run?.head_branch);
    const again = run?.run_attempt !== undefined && run.run_attempt > 1 ? `attempt ${run.run_attempt}` : undefined;
    const took = done ? tookText(run?.run_started_at, run?.updated_at) : undefined;
    const pulls = (run?.pull_requests ?? []).map(({ number }) => hash(number) ?? '').filter(Boolean);
    return {
      title: `${words(workflow || 'A workflow', standing.says, branch && `on ${branch}`)}${place}${inBrackets(hash(run?.run_number), again, took)}`,
      url: run?.html_url,
      key: keyOf('run', repo, hash(run?.id)),
      state,
      closes: done,
      severity: done ? standing.severity : 'info',
      emoji: standing.emoji,
      tone: standing.tone,
      labels: {
        workflow,
        branch,
        conclusion: run?.conclusion,
        trigger: run?.event,
        pull_request: pulls.map((pull) => pull.slice(1)),
      },
      facts: {
        run: hash(run?.run_number),
        attempt: again,
        took,
        sha: shortSha(run?.head_sha),
        commit: subjectOf(run?.head_commit?.message) || oneLine(run?.display_title),
        commitAuthor: oneLine(run?.head_commit?.author?.name, 60),
        commitUrl: commitUrl(payload.repository?.html_url, run?.head_sha),
        trigger: oneLine(run?.event, 40).replaceAll('_', ' '),
        pulls: pulls.slice(0, 5).join(', '),
      },
      at: run?.updated_at,
    };
  },
};

/** The action, not the status: GitHub fills in the payload late, and a run that was just asked for may be over in it. */
function stateOf(action: string, run: Payload['workflow_run']): string {
  if (action === 'completed') return oneLine(run?.conclusion, 40) || 'completed';
  if (action === 'requested') return 'queued';
  return oneLine(action || run?.status, 40) || 'unknown';
}

export const commitUrl = (home: string | undefined, sha: string | undefined): string | undefined =>
  home === undefined || shortSha(sha) === '' ? undefined : `${home}/commit/${sha}`;
