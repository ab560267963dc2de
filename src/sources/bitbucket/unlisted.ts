import type { Happening } from '../happening.ts';
import { capital, colon, excerpt, oneLine, spoken, words } from '../wording.ts';
import type { Context } from './family.ts';
import { aboutIssue } from './issue.ts';
import { aboutPullRequest } from './pull-request.ts';

/** The best that can be said of an event that Bellhop does not know: `Mona transferred repo in acme/api`. */
export function readUnlisted(context: Context): Happening {
  const { name, report, actor, place } = context;
  const about =
    report.pullRequest !== undefined
      ? aboutPullRequest(context)
      : report.issue !== undefined
        ? aboutIssue(context)
        : undefined;
  const parts = name.split('.');
  const action = spoken(parts.at(-1) ?? '');
  const subject = spoken(parts.slice(0, -1).join(' '));
  const known = actor !== 'Somebody';
  const called = words(subject, place === '' ? oneLine(report.project, 80) : undefined);
  const thing = about?.thing ?? `${called}${place}`;
  const said =
    known && /^[a-z]+ed$/.test(action)
      ? words(actor, action, thing)
      : `${capital(words(called, action))}${about === undefined ? place : ` on ${thing}`}${known ? ` by ${actor}` : ''}`;
  return {
    title: colon(said, about?.title ?? ''),
    url: report.comment?.url ?? report.pullRequest?.url ?? report.issue?.url ?? report.commit?.url ?? report.home,
    key: about?.key,
    labels: about?.labels ?? {},
    facts: { subject: oneLine(subject), body: excerpt(report.comment?.text) },
    at: report.comment?.at,
  };
}
