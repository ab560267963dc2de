import { type Entry, hash, keyOf } from '../happening.ts';
import { inBrackets, oneLine, refName, shortSha, spoken, tookText, words } from '../wording.ts';
import { type Family, placeOf } from './family.ts';
import { linkIn } from './message-text.ts';
import { standingOf } from './standing.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'build.complete': {
    means: 'A build ended; its state is `succeeded`, `partiallysucceeded`, `failed` or `canceled`.',
    emoji: '⚪',
  },
};

export const build: Family = {
  events: EVENTS,
  read({ payload, resource, project }) {
    // Version 1 of the payload has the result in `status`, which is `completed` in all others.
    const state = oneLine(resource.result ?? resource.status, 40).toLowerCase() || 'completed';
    const standing = standingOf(state);
    const [, ref, sha] = /^LG:(refs\/[^:]{1,300}):([0-9a-f]{7,64})$/.exec(resource.sourceGetVersion ?? '') ?? [];
    const branch = refName(resource.sourceBranch ?? ref);
    const pipeline = oneLine(resource.definition?.name, 100);
    const number = oneLine(resource.buildNumber, 60);
    const by = oneLine((resource.requestedFor ?? resource.requests[0]?.requestedFor)?.displayName, 60);
    // Build numbers often begin with the name.
    const short = pipeline !== '' && number.startsWith(`${pipeline}_`) ? number.slice(pipeline.length + 1) : number;
    return {
      title: `${words('Build', pipeline, short, standing.says, branch && `on ${branch}`)}${placeOf(project)}${inBrackets(tookText(resource.startTime, resource.finishTime))}`,
      url: resource._links?.web?.href ?? linkIn(payload),
      key: keyOf('build', project, hash(resource.id)),
      state,
      closes: true,
      severity: standing.severity,
      emoji: standing.emoji,
      tone: standing.tone,
      labels: { author: by, pipeline, branch, result: state },
      facts: { by, sha: shortSha(resource.sourceVersion ?? sha), result: spoken(state) },
      at: resource.finishTime,
    };
  },
};
