import { valueAt } from '../../core/path.ts';

/** What the schema of version 1.25 allows. https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.schema.json */
export const MANIFEST = {
  shortName: 30,
  fullName: 100,
  shortDescription: 80,
  fullDescription: 4_000,
  commands: 12,
  commandTitle: 128,
  commandDescription: 4_000,
} as const;

/** What Teams would refuse a manifest for, of what Bellhop's has in it; each a path and a sentence. */
export function checkManifest(manifest: unknown): readonly string[] {
  const problems = TEXTS.flatMap(({ path, most }) => {
    const value = valueAt(manifest, path.split('.'));
    if (typeof value !== 'string' || value.trim() === '') return [`${path}: must be a text that is not empty`];
    return value.length > most ? [`${path}: ${value.length} characters, at most ${most}`] : [];
  });
  for (const { path, pattern, means } of PATTERNS) {
    const value = valueAt(manifest, path.split('.'));
    if (typeof value !== 'string' || !pattern.test(value)) problems.push(`${path}: must be ${means}`);
  }
  const lists = valueAt(manifest, ['bots', '0', 'commandLists']);
  for (const [at, list] of (Array.isArray(lists) ? lists : []).entries()) {
    problems.push(...checkCommands(valueAt(list, ['commands']), `bots.0.commandLists.${at}.commands`));
  }
  return problems;
}

const TEXTS = [
  { path: 'name.short', most: MANIFEST.shortName },
  { path: 'name.full', most: MANIFEST.fullName },
  { path: 'description.short', most: MANIFEST.shortDescription },
  { path: 'description.full', most: MANIFEST.fullDescription },
  { path: 'developer.name', most: 32 },
  { path: 'icons.color', most: 2_048 },
  { path: 'icons.outline', most: 2_048 },
] as const;

const GUID = { pattern: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/, means: 'a GUID, as platforms.teams.clientId is' };
const ADDRESS = { pattern: /^https:\/\/.{1,2040}$/, means: 'an https address' };

const PATTERNS = [
  { path: 'id', ...GUID },
  { path: 'bots.0.botId', ...GUID },
  { path: 'version', pattern: /^(?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8})){2}$/, means: 'a version like 1.0.0' },
  { path: 'accentColor', pattern: /^#[\dA-F]{6}$/i, means: 'a colour like #1F2A44' },
  { path: 'developer.websiteUrl', ...ADDRESS },
  { path: 'developer.privacyUrl', ...ADDRESS },
  { path: 'developer.termsOfUseUrl', ...ADDRESS },
] as const;

function checkCommands(commands: unknown, at: string): readonly string[] {
  if (!Array.isArray(commands) || commands.length === 0) return [`${at}: needs a command`];
  const problems = commands.flatMap((command, index) =>
    (
      [
        ['title', MANIFEST.commandTitle],
        ['description', MANIFEST.commandDescription],
      ] as const
    ).flatMap(([key, most]) => {
      const text = valueAt(command, [key]);
      const fits = typeof text === 'string' && text !== '' && text.length <= most;
      return fits ? [] : [`${at}.${index}.${key}: must be a text of at most ${most} characters`];
    }),
  );
  if (commands.length > MANIFEST.commands)
    problems.push(`${at}: ${commands.length} commands, at most ${MANIFEST.commands}`);
  return problems;
}
