import { safeWebUrl } from '../../core/url.ts';
import { hash, keyOf } from '../happening.ts';
import { inBrackets, oneLine, shortSha, spoken, subjectOf, words } from '../wording.ts';
import { bang, type Family, numberedPage, onOneLine } from './family.ts';
import type { Payload } from './payloads.ts';
import { ranOn, refLabels } from './refs.ts';
import { standingOf, statusEvents, statusIgnores } from './standing.ts';
import { tookSeconds } from './took.ts';

const EVENTS = statusEvents('pipeline', {
  success: 'A pipeline passed.',
  failed: 'A pipeline failed; the message names the jobs that did.',
  canceled: 'A pipeline was canceled.',
  skipped: 'A pipeline was skipped.',
  manual: 'A pipeline waits until somebody starts a manual job.',
});

const IGNORES = statusIgnores(
  'pipeline',
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
  'A pipeline on its way, sent several times for each; what comes of it is sent as `pipeline.success`, `pipeline.failed` and so on.',
);

export const pipeline: Family = {
  events: EVENTS,
  ignores: IGNORES,
  action: ({ object_attributes: object }) => object?.status,
  read({ payload, action, place, scope, home, actor }) {
    const { object_attributes: object, merge_request: mr } = payload;
    const standing = standingOf(action);
    const number = hash(object?.id);
    // Unless its makers name it, GitLab does: `Pipeline for branch: main`.
    const name = oneLine(object?.name?.replace(/^pipeline for .*$/is, ''), 80);
    const allowed = standing.severity === 'error' ? '' : onOneLine(failedJobs(payload, true));
    const says = action === 'success' && allowed !== '' ? 'passed with warnings' : standing.says;
    const on = ranOn(object?.ref);
    const took = tookSeconds(object?.duration);
    const trigger = typeof object?.source === 'string' ? oneLine(object.source, 40) : '';
    const merges = bang(mr?.iid);
    return {
      title: `${words('Pipeline', name, says, on && `on ${on}`)}${place}${inBrackets(number, took)}`,
      // Servers before 16 send none.
      url: safeWebUrl(object?.url ?? '') ?? numberedPage(home, 'pipelines', object?.id),
      key: keyOf('pipeline', scope, number),
      state: action || 'unknown',
      closes: standing.ends,
      severity: standing.severity,
      emoji: standing.emoji,
      tone: standing.tone,
      labels: {
        pipeline: name,
        ...refLabels(object?.ref, object?.tag === true),
        status: action,
        trigger,
        merge_request: mr?.iid,
        failed_job: failedJobs(payload, false),
      },
      facts: {
        took,
        failed: standing.severity === 'error' ? onOneLine(failedJobs(payload, false)) : undefined,
        allowed,
        mergeRequest: merges === on ? undefined : merges,
        sha: shortSha(object?.sha),
        commit: subjectOf(payload.commit?.title ?? payload.commit?.message),
        commitUrl: safeWebUrl(payload.commit?.url ?? ''),
        commitAuthor: oneLine(payload.commit?.author?.name, 60),
        context: [
          Object.hasOwn(TRIGGERS, trigger) ? TRIGGERS[trigger] : spoken(trigger),
          actor === 'Somebody' ? '' : actor,
        ]
          .filter(Boolean)
          .join(' · '),
      },
      at: object?.finished_at ?? object?.created_at,
    };
  },
};

/** https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable */
const TRIGGERS: Readonly<Record<string, string>> = {
  push: 'Push',
  merge_request_event: 'Merge request',
  schedule: 'Schedule',
  web: 'Started by hand',
  api: 'Started by the API',
  trigger: 'Started by a trigger',
  pipeline: 'Started by another pipeline',
  parent_pipeline: 'Child pipeline',
};

/** By name, each once: old servers list a job that was tried again for every try. */
const failedJobs = ({ builds }: Payload, allowed: boolean): readonly string[] => [
  ...new Set(
    builds
      .filter(({ status, allow_failure: may }) => status === 'failed' && (may === true) === allowed)
      .map(({ name }) => name ?? ''),
  ),
];
