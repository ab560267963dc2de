import { formatDuration } from '../../core/duration.ts';
import { type Entry, keyOf } from '../happening.ts';
import { inBrackets, oneLine, words } from '../wording.ts';
import { type Family, placeOf } from './family.ts';
import { linkIn } from './message-text.ts';
import { standingOf } from './standing.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'ms.vss-release.deployment-completed-event': {
    means: 'A release was deployed to one of its stages, or failed to; the label `env` names the stage.',
    emoji: '⚪',
  },
};

export const deployment: Family = {
  events: EVENTS,
  read({ payload, resource, project }) {
    const { environment } = resource;
    const state = oneLine(environment?.status, 40).toLowerCase();
    const standing = standingOf(state);
    const stage = oneLine(environment?.name, 60);
    const release = oneLine(environment?.release?.name, 80);
    const pipeline = oneLine(environment?.releaseDefinition?.name, 80);
    const minutes = environment?.timeToDeploy;
    // The sender counts in minutes.
    const took = minutes !== undefined && minutes > 0 && minutes < 1e6 ? formatDuration(minutes * 60_000) : undefined;
    return {
      title: `${words('Deployment of', release || 'a release', pipeline && `of ${pipeline}`, stage && `to ${stage}`, standing.says)}${placeOf(project)}${inBrackets(took)}`,
      url: environment?.release?._links?.web?.href ?? linkIn(payload),
      key: keyOf('deployment', project, release === '' || stage === '' ? undefined : `:${release}@${stage}`),
      state: state || undefined,
      closes: true,
      severity: standing.severity,
      emoji: standing.emoji,
      tone: standing.tone,
      labels: { env: stage, pipeline, release, result: state },
      facts: {},
    };
  },
};
