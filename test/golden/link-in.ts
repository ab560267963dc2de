import { isRecord } from '../../src/core/record.ts';

/** People are not what an event is about, and their pages are no place to see more of it. */
const PEOPLE =
  /^(?:account|actor|assignee|author|committer|creator|owner|pusher|sender|user|.*_user|requested_reviewer)s?$/;

/**
 * The page that a payload names at a usual place: `html_url` or `web_url`, or `_links.html.href`, of the document itself
 * or of a thing in it. Undefined where it names none.
 */
export function linkIn(payload: unknown): string | undefined {
  if (!isRecord(payload)) return undefined;
  const things = Object.entries(payload).flatMap(([name, thing]) => (PEOPLE.test(name) ? [] : [thing]));
  return [payload, ...things].flatMap(pagesOf).find((page) => /^https?:\/\/\S+$/.test(page));
}

function pagesOf(thing: unknown): readonly string[] {
  if (!isRecord(thing)) return [];
  const { html_url, web_url, _links, links } = thing;
  const linked = [_links, links].map((all) => (isRecord(all) && isRecord(all.html) ? all.html.href : undefined));
  return [html_url, web_url, ...linked].filter((page) => typeof page === 'string');
}
