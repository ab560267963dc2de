import { safeWebUrl } from '../../core/url.ts';
import type { Payload } from './payloads.ts';

/** Groups nest, so that a path has two parts or more. */
const PATH = /^[\w.-]{1,255}(?:\/[\w.-]{1,255}){1,20}$/;

/** `group/subgroup/name` of the project that the hook is about, or empty. Jobs of older servers name it by its page only. */
export function repoOf(payload: Payload, home: string | undefined): string {
  const { project, object_attributes: thing, path_with_namespace: own, project_path_with_namespace: joined } = payload;
  const paths = [project?.path_with_namespace, own, joined, thing?.target?.path_with_namespace, pathOf(home)];
  return paths.find((path) => path !== undefined && path.length <= 300 && PATH.test(path)) ?? '';
}

/** The project's page; merge requests of old servers leave out the number but never this. */
export function homeOf({ project, repository, object_attributes: thing }: Payload): string | undefined {
  const pages = [project?.web_url, project?.homepage, thing?.target?.web_url, repository?.homepage];
  const page = pages.map((url) => safeWebUrl(url ?? '')).find((url) => url !== undefined);
  return page?.replace(/[?#].*$/, '').replace(/\/+$/, '');
}

/** Unique within a server, for keys of projects whose path is not sent. */
export const projectNumber = ({ project, project_id: id, object_attributes: thing }: Payload): string =>
  [project?.id, id, thing?.target_project_id].find((number) => /^\d{1,20}$/.test(number ?? '')) ?? '';

const pathOf = (home: string | undefined): string | undefined =>
  home === undefined ? undefined : new URL(home).pathname.slice(1);
