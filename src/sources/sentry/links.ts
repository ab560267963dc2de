import { safeWebUrl } from '../../core/url.ts';
import type { ErrorEvent, Issue } from './payloads.ts';

/** Where a person reads about an issue. Many hooks give only the address for programs, which may name the organization. */
export function issueLink({ web_url, permalink, id, url, project_url }: Issue): string | undefined {
  return firstLink(web_url, permalink, builtLink(id, url, project_url));
}

export function eventLink({ web_url, issue_id, url, issue_url }: ErrorEvent): string | undefined {
  return firstLink(web_url, builtLink(issue_id, issue_url, url));
}

/** The project's short name, where an address for programs has it: the events themselves have only its number. */
export const projectOf = ({ url = '' }: ErrorEvent): string | undefined =>
  /\/api\/0\/projects\/[\w-]{1,100}\/([\w-]{1,100})\//.exec(url)?.[1];

function builtLink(id: string | undefined, ...forPrograms: readonly (string | undefined)[]): string | undefined {
  if (!/^\d{1,20}$/.test(id ?? '')) return undefined;
  for (const url of forPrograms) {
    const [, origin, organization] = API.exec(url ?? '') ?? [];
    if (origin !== undefined) return `${origin}/organizations/${organization}/issues/${id}/`;
  }
  return undefined;
}

const API = /^(https?:\/\/[^/?#]{1,200})\/api\/0\/(?:organizations|projects)\/([\w-]{1,100})\//;

const firstLink = (...urls: readonly (string | undefined)[]): string | undefined =>
  urls.map((url) => safeWebUrl(url ?? '')).find((url) => url !== undefined);
