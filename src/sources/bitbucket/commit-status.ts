import type { Tone } from '../../core/message.ts';
import type { Severity } from '../../core/severity.ts';
import { type Entry, keyOf } from '../happening.ts';
import { excerpt, inBrackets, oneLine, shortSha, spoken, tookText, words } from '../wording.ts';
import type { Family } from './family.ts';

const EVENTS: Readonly<Record<string, Entry>> = {
  'repo.commit_status.created': {
    means:
      'A build or another check reported on a commit; its state is `successful`, `failed` or `stopped`. One that has only begun is ignored.',
    emoji: '⚪',
  },
  'repo.commit_status.updated': {
    means: 'A report on a commit changed, as a rule because the build ended. One that has only begun is ignored.',
    emoji: '⚪',
  },
};

interface Standing {
  readonly says: string;
  readonly emoji: string;
  readonly tone: Tone;
  readonly severity: Severity;
}

const STANDINGS: Readonly<Record<string, Standing>> = {
  successful: { says: 'passed', emoji: '✅', tone: 'good', severity: 'info' },
  failed: { says: 'failed', emoji: '❌', tone: 'bad', severity: 'error' },
  stopped: { says: 'was stopped', emoji: '⚪', tone: 'neutral', severity: 'info' },
};

export const commitStatus: Family = {
  events: EVENTS,
  ignored: ({ report: { status } }) =>
    status?.state?.toUpperCase() === 'INPROGRESS'
      ? 'A build has only begun: how it ends arrives as another commit status.'
      : undefined,
  read({ report: { status }, repo, place }) {
    const state = oneLine(status?.state, 40).toLowerCase() || 'unknown';
    const standing: Standing = (Object.hasOwn(STANDINGS, state) ? STANDINGS[state] : undefined) ?? {
      says: `is ${spoken(state)}`,
      emoji: '⚪',
      tone: 'neutral',
      severity: 'info',
    };
    const sha = shortSha(status?.hash);
    const branch = oneLine(status?.branch, 100);
    const mark = oneLine(status?.key, 100) || oneLine(status?.name, 100);
    const name = oneLine(status?.name, 100) || mark;
    const on = branch || sha;
    const took = tookText(status?.created, status?.updated);
    return {
      title: `${words(/\b(build|pipeline|check)/i.test(name) ? undefined : 'Build', name, standing.says, on && `on ${on}`)}${place}${inBrackets(took)}`,
      url: status?.url,
      // A build that runs again may have a new page; its commit and its key stay.
      key: keyOf('build', repo, sha === '' || mark === '' ? undefined : `@${sha}:${mark}`),
      state,
      closes: Object.hasOwn(STANDINGS, state),
      severity: standing.severity,
      emoji: standing.emoji,
      tone: standing.tone,
      labels: { build: mark, branch, sha },
      facts: {
        sha: on === sha ? undefined : sha,
        text: excerpt(oneLine(status?.description, 300)),
      },
      at: status?.updated ?? status?.created,
    };
  },
};
