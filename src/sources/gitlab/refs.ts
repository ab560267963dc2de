import { refName } from '../wording.ts';

/** A pipeline of a merge request runs on a ref that nobody reads: `refs/merge-requests/12/head` is `!12`. */
export const ranOn = (ref: string | undefined): string =>
  refName(ref?.replace(/^refs\/merge-requests\/(\d{1,20})\/.*$/, '!$1'));

/** The labels `branch` or `tag`; neither of a merge request's own ref. */
export function refLabels(ref: string | undefined, isTag: boolean): Readonly<Record<string, string>> {
  const name = ranOn(ref);
  if (name === '' || ref?.startsWith('refs/merge-requests/') === true) return {};
  return isTag ? { tag: name } : { branch: name };
}
