import { hash, keyOf } from '../happening.ts';
import { inBrackets, oneLine, shortSha, spoken, subjectOf, words } from '../wording.ts';
import { type Family, numberedPage, pageOf } from './family.ts';
import { ranOn, refLabels } from './refs.ts';
import { standingOf, statusEvents, statusIgnores } from './standing.ts';
import { tookSeconds } from './took.ts';

const EVENTS = statusEvents('job', {
  success: 'A job passed (GitLab calls it `build`).',
  failed: 'A job failed; the message says why where GitLab does.',
  canceled: 'A job was canceled.',
});

const IGNORES = {
  ...statusIgnores(
    'job',
    [
      'created',
      'waiting_for_resource',
      'waiting_for_callback',
      'preparing',
      'pending',
      'running',
      'canceling',
      'scheduled',
    ],
    'A job on its way, sent several times for each; what comes of it is sent as `job.success`, `job.failed` or `job.canceled`.',
  ),
  ...statusIgnores('job', ['manual', 'skipped'], 'Sent for every job that a pipeline does not start by itself.'),
};

export const job: Family = {
  events: EVENTS,
  ignores: IGNORES,
  action: ({ build_status: status }) => status,
  read({ payload, action, place, scope, home }) {
    const standing = standingOf(action);
    const number = hash(payload.build_id);
    const name = oneLine(payload.build_name, 80);
    const stage = oneLine(payload.build_stage, 60);
    const on = ranOn(payload.ref);
    const took = tookSeconds(payload.build_duration);
    const env = oneLine(typeof payload.environment === 'object' ? payload.environment.name : payload.environment, 100);
    const failed = action === 'failed';
    const allowed = failed && payload.build_allow_failure === true;
    const title = `${words(name === '' ? 'A job' : `Job ${name}`, standing.says, on && `on ${on}`)}${place}${inBrackets(allowed ? 'allowed to fail' : undefined, took)}`;
    return {
      title,
      url: numberedPage(home, 'jobs', payload.build_id),
      key: keyOf('job', scope, number),
      state: action || 'unknown',
      closes: standing.ends,
      severity: allowed ? 'warning' : standing.severity,
      emoji: allowed ? '⚠️' : standing.emoji,
      tone: allowed ? 'warning' : standing.tone,
      labels: {
        job: name,
        stage,
        ...refLabels(payload.ref, payload.tag === true),
        status: action,
        reason: failed ? reasonOf(payload.build_failure_reason) : undefined,
        env,
      },
      facts: {
        took,
        stage: unsaid(stage, title),
        reason: failed ? spoken(reasonOf(payload.build_failure_reason) ?? '') : undefined,
        environment: unsaid(env, title),
        sha: shortSha(payload.sha),
        commit: subjectOf(payload.commit?.message),
        commitUrl: shortSha(payload.sha) === '' ? undefined : pageOf(home, `commit/${payload.sha}`),
        commitAuthor: oneLine(payload.commit?.author_name, 60),
        pipelineUrl: numberedPage(home, 'pipelines', payload.pipeline_id),
      },
      at: payload.build_finished_at ?? payload.build_started_at ?? payload.build_created_at,
    };
  },
};

/** Sent for jobs that did not fail too, and then it means nothing. */
function reasonOf(reason: string | undefined): string | undefined {
  const word = oneLine(reason, 60);
  return word === '' || word === 'unknown_failure' ? undefined : word;
}

/** What stands in the title already is not said again. */
const unsaid = (text: string, title: string): string | undefined => (title.includes(text) ? undefined : text);
