import { SHIPPED_TEMPLATES, sourceTypes } from '../blueprint.ts';
import { authenticationText } from '../cli/sources.ts';
import { loadSamples } from '../templates/samples.ts';
import { code, markdownTable } from './markdown-table.ts';

/** Every type of source: what it is called in the config, how it proves itself, how much of it Bellhop knows. */
export async function sourceTable(): Promise<string> {
  const samples = await loadSamples([SHIPPED_TEMPLATES]);
  const rows = [...sourceTypes.values()].map(({ type, title, docs, verifier, events }) => {
    const count = Object.keys(events).length;
    const shipped = samples.filter((sample) => sample.type === type).length;
    const proof =
      verifier.scheme === 'none' ? 'what `auth` says; a bare `secret` is a bearer token' : authenticationText(verifier);
    return [code(type), `[${title}](${docs})`, proof, count === 0 ? 'any' : String(count), String(shipped)];
  });
  return markdownTable(['type', 'sender', 'authentication', 'events', 'samples'], rows);
}

/** Every event by its type, the ones that begin alike on one line. */
export function eventList(): string {
  const named = [...sourceTypes.values()].filter(({ events }) => Object.keys(events).length > 0);
  return named.map(({ type, events }) => `**${code(type)}**\n\n${familyLines(Object.keys(events))}`).join('\n\n');
}

function familyLines(events: readonly string[]): string {
  const families = new Map<string, string[]>();
  for (const event of events) {
    const end = event.lastIndexOf('.');
    const family = event.slice(0, Math.max(0, end));
    families.set(family, [...(families.get(family) ?? []), event.slice(end + 1)]);
  }
  const alone = families.get('') ?? [];
  families.delete('');
  return [
    ...(alone.length > 0 ? [`- ${alone.map(code).join(', ')}`] : []),
    ...[...families].map(([family, last]) => `- ${code(`${family}.`)} ${last.join(', ')}`),
  ].join('\n');
}
