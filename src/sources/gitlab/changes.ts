import { oneLine } from '../wording.ts';
import { nameOf, onOneLine } from './family.ts';
import type { Payload } from './payloads.ts';

/**
 * What an update did to an issue or a merge request, as a sentence about `thing`: `added label bug to MR !12`. Where several
 * things changed at once, what matters most to others is said.
 */
export function changeSaid(thing: string, payload: Payload): string {
  const { changes, object_attributes: object } = payload;
  const draft = changes?.draft?.current;
  if (object?.oldrev !== undefined) return `pushed to ${thing}`;
  if (draft !== undefined) return draft ? `turned ${thing} into a draft` : `marked ${thing} ready for review`;
  if (changes?.target_branch !== undefined) return `changed the target branch of ${thing}`;
  if (changes?.severity !== undefined) {
    const level = oneLine(changes.severity.current, 30);
    return level === '' ? `changed the severity of ${thing}` : `set the severity of ${thing} to ${level}`;
  }
  return (
    reviewersSaid(thing, payload) ??
    assigneesSaid(thing, payload) ??
    (changes?.title !== undefined ? `renamed ${thing}` : undefined) ??
    labelsSaid(thing, payload) ??
    milestoneSaid(thing, payload) ??
    restSaid(thing, payload)
  );
}

/** For the label `changed`: `title`, `labels`. */
export const changedFields = ({ changes, object_attributes: object }: Payload): readonly string[] => [
  ...(object?.oldrev === undefined ? [] : ['commits']),
  ...Object.entries(changes ?? {}).flatMap(([name, change]) =>
    change === undefined ? [] : [name === 'milestone_id' ? 'milestone' : name],
  ),
];

function reviewersSaid(thing: string, { changes }: Payload): string | undefined {
  if (changes?.reviewers === undefined) return undefined;
  const { previous, current } = changes.reviewers;
  const [added, removed] = difference(previous.map(nameOf), current.map(nameOf));
  const again = onOneLine(current.filter((person) => person.re_requested === true).map(nameOf));
  if (added !== '') return `asked ${added} to review ${thing}`;
  if (again !== '') return `asked ${again} to review ${thing} again`;
  return removed === '' ? undefined : `no longer asks ${removed} to review ${thing}`;
}

function assigneesSaid(thing: string, { changes }: Payload): string | undefined {
  if (changes?.assignees === undefined) return undefined;
  const [added, removed] = difference(changes.assignees.previous.map(nameOf), changes.assignees.current.map(nameOf));
  if (added !== '') return `assigned ${thing} to ${added}`;
  return removed === '' ? undefined : `unassigned ${removed} from ${thing}`;
}

function labelsSaid(thing: string, { changes }: Payload): string | undefined {
  if (changes?.labels === undefined) return undefined;
  const { previous, current } = changes.labels;
  const [added, removed] = difference(
    previous.map(({ title }) => title),
    current.map(({ title }) => title),
  );
  if (added !== '' && removed !== '') return `changed the labels of ${thing}`;
  if (added !== '') return `added ${labelWord(added)} to ${thing}`;
  return removed === '' ? undefined : `removed ${labelWord(removed)} from ${thing}`;
}

/** Its name is not sent. */
function milestoneSaid(thing: string, { changes }: Payload): string | undefined {
  if (changes?.milestone_id === undefined) return undefined;
  const { previous, current } = changes.milestone_id;
  if (current === undefined) return `removed ${thing} from its milestone`;
  return previous === undefined ? `added ${thing} to a milestone` : `moved ${thing} to another milestone`;
}

function restSaid(thing: string, { changes }: Payload): string {
  if (changes?.description !== undefined) return `edited ${thing}`;
  if (changes?.due_date !== undefined) return `changed the due date of ${thing}`;
  if (changes?.total_time_spent !== undefined) return `logged time on ${thing}`;
  if (changes?.time_estimate !== undefined) return `changed the time estimate of ${thing}`;
  if (changes?.weight !== undefined) return `changed the weight of ${thing}`;
  return changes?.discussion_locked === undefined
    ? `updated ${thing}`
    : `locked or unlocked the discussion of ${thing}`;
}

const labelWord = (names: string): string => (names.includes(', ') ? `labels ${names}` : `label ${names}`);

/** What came and what went, each on one line. */
function difference(
  previous: readonly (string | undefined)[],
  current: readonly (string | undefined)[],
): readonly [added: string, removed: string] {
  const [before, now] = [new Set(previous), new Set(current)];
  return [onOneLine(current.filter((name) => !before.has(name))), onOneLine(previous.filter((name) => !now.has(name)))];
}
