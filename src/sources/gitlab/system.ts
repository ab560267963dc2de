import type { Severity } from '../../core/severity.ts';
import type { Happening } from '../happening.ts';
import { inBrackets, oneLine } from '../wording.ts';
import type { Context } from './family.ts';
import type { Payload } from './payloads.ts';

interface Sentence {
  readonly emoji: string;
  readonly severity?: Severity;
  says(payload: Payload): string;
}

/** https://docs.gitlab.com/administration/system_hooks/, and what group hooks say about members, projects and subgroups. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  project_create: { emoji: '📦', says: (payload) => `Project ${projectOf(payload)} was created` },
  project_destroy: { emoji: '🗑️', says: (payload) => `Project ${projectOf(payload)} was deleted` },
  project_update: { emoji: '📝', says: (payload) => `Project ${projectOf(payload)} was changed` },
  project_rename: { emoji: '📝', says: (payload) => `${formerProject(payload)} is now called ${projectOf(payload)}` },
  project_transfer: { emoji: '📦', says: (payload) => `${formerProject(payload)} was moved to ${projectOf(payload)}` },
  group_create: { emoji: '📁', says: (payload) => `Group ${groupOf(payload)} was created` },
  group_destroy: { emoji: '🗑️', says: (payload) => `Group ${groupOf(payload)} was deleted` },
  group_rename: { emoji: '📝', says: (payload) => `${formerGroup(payload)} is now called ${groupOf(payload)}` },
  subgroup_create: { emoji: '📁', says: (payload) => `Group ${groupOf(payload)} was created` },
  subgroup_destroy: { emoji: '🗑️', says: (payload) => `Group ${groupOf(payload)} was deleted` },
  user_create: { emoji: '👤', says: (payload) => `User ${userOf(payload)} was created` },
  user_destroy: { emoji: '🗑️', says: (payload) => `User ${userOf(payload)} was deleted` },
  user_rename: {
    emoji: '👤',
    says: (payload) => `User ${oneLine(payload.old_username, 80) || 'somebody'} is now called ${userOf(payload)}`,
  },
  user_failed_login: {
    emoji: '⚠️',
    severity: 'warning',
    says: (payload) => `User ${userOf(payload)} failed to sign in${inBrackets(oneLine(payload.state, 40))}`,
  },
  ...memberships('team', (payload) => projectOf(payload)),
  ...memberships('group', (payload) => groupOf(payload)),
  user_access_request_to_project: {
    emoji: '✋',
    says: (payload) => `${userOf(payload)} asks for access to ${projectOf(payload)}`,
  },
  user_access_request_to_group: {
    emoji: '✋',
    says: (payload) => `${userOf(payload)} asks for access to ${groupOf(payload)}`,
  },
  key_create: { emoji: '🔑', says: (payload) => `${userOf(payload)} added an SSH key` },
  key_destroy: { emoji: '🔑', says: (payload) => `${userOf(payload)} removed an SSH key` },
};

/** What happened on the server, to a group or among its members; undefined for anything else. */
export function readSystem({ name, payload, repo }: Context): Happening | undefined {
  const sentence = Object.hasOwn(SENTENCES, name) ? SENTENCES[name] : undefined;
  if (sentence === undefined) return undefined;
  const about = name.startsWith('user_') || name.startsWith('key_');
  return {
    title: sentence.says(payload),
    severity: sentence.severity ?? 'info',
    emoji: sentence.emoji,
    labels: {
      user: about ? userOf(payload) : undefined,
      group: repo === '' && (name.includes('group') || payload.group_path !== undefined) ? groupOf(payload) : undefined,
      access: payload.group_access ?? payload.access_level,
    },
    at: payload.updated_at ?? payload.created_at,
  };
}

function memberships(kind: string, place: (payload: Payload) => string): Readonly<Record<string, Sentence>> {
  const as = ({ group_access: inGroup, access_level: level }: Payload): string => oneLine(inGroup ?? level, 40);
  return {
    [`user_add_to_${kind}`]: {
      emoji: '👤',
      says: (payload) => `${userOf(payload)} was added to ${place(payload)}${inBrackets(as(payload))}`,
    },
    [`user_update_for_${kind}`]: {
      emoji: '👤',
      says: (payload) => `${userOf(payload)} has another role in ${place(payload)}${inBrackets(as(payload))}`,
    },
    [`user_remove_from_${kind}`]: {
      emoji: '👤',
      says: (payload) => `${userOf(payload)} was removed from ${place(payload)}`,
    },
  };
}

const firstOf = (fallback: string, ...texts: readonly (string | undefined)[]): string =>
  texts.map((text) => oneLine(text, 150)).find((text) => text !== '') ?? fallback;

const userOf = ({ user_username: member, user_name: called, username, name }: Payload): string =>
  firstOf('somebody', member, called, username, name);

const projectOf = (payload: Payload): string =>
  firstOf('without a name', payload.project_path_with_namespace, payload.path_with_namespace, payload.name);

const formerProject = ({ old_path_with_namespace: former }: Payload): string =>
  `Project ${firstOf('without a name', former)}`;

const groupOf = (payload: Payload): string =>
  firstOf('without a name', payload.full_path, payload.group_path, payload.path, payload.group_name, payload.name);

const formerGroup = ({ old_full_path: former, old_path: short }: Payload): string =>
  `Group ${firstOf('without a name', former, short)}`;
