import type { Payload } from './payloads.ts';
import { oneLine } from './wording.ts';

/** `mona`, or the name of a team; `somebody` where the payload does not say. */
export const reviewerOf = (payload: Payload): string =>
  oneLine(payload.requested_reviewer?.login ?? payload.requested_team?.name) || 'somebody';

export const assigneeOf = (payload: Payload): string => oneLine(payload.assignee?.login) || 'somebody';

/** `label bug` */
export const labelOf = (payload: Payload): string => named('label', payload.label?.name);

/** `milestone 2.0` */
export const milestoneOf = (payload: Payload): string => named('milestone', payload.milestone?.title);

function named(noun: string, name: string | undefined): string {
  const line = oneLine(name, 80);
  return line === '' ? `a ${noun}` : `${noun} ${line}`;
}

/** The labels of a pull request or an issue on one line, the first five of them. */
export const labelLine = (labels: readonly { readonly name?: string | undefined }[] | undefined): string =>
  (labels ?? [])
    .map(({ name }) => oneLine(name, 50))
    .filter(Boolean)
    .slice(0, 5)
    .join(', ');
