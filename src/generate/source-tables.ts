import { SHIPPED_TEMPLATES, sourceTypes } from '../blueprint.ts';
import { handshakes } from '../sources/handshakes/index.ts';
import { verifierText } from '../sources/verifier-text.ts';
import { loadSamples } from '../templates/samples.ts';
import { code, markdownTable } from './markdown-table.ts';

/** Every type of source: what it is called in the config, how it proves itself, how much of it Bellhop knows. */
export async function sourceTable(): Promise<string> {
  const samples = await loadSamples([SHIPPED_TEMPLATES]);
  const rows = [...sourceTypes.values()].map(({ type, title, docs, verifier, events }) => {
    const count = Object.keys(events).length;
    const shipped = samples.filter((sample) => sample.type === type).length;
    const proof =
      verifier.scheme === 'none' ? 'what `auth` says; a bare `secret` is a bearer token' : verifierText(verifier);
    return [code(type), `[${title}](${docs})`, proof, count === 0 ? 'any' : String(count), String(shipped)];
  });
  return markdownTable(['type', 'sender', 'authentication', 'events', 'samples'], rows);
}

/** Every handshake that a source may name, and the types that make it by themselves. */
export function handshakeTable(): string {
  const rows = Object.values(handshakes).map(({ name, means, signed }) => {
    const types = [...sourceTypes.values()].filter(({ handshake }) => handshake?.name === name);
    return [code(name), means, signed ? 'yes' : 'no', types.map(({ type }) => code(type)).join(', ')];
  });
  return markdownTable(['handshake', 'what is asked and answered', 'signed', 'made by type'], rows);
}

/** Every event by its type, those that begin alike together. */
export function eventList(): string {
  const named = [...sourceTypes.values()].filter(({ events }) => Object.keys(events).length > 0);
  return named.map(({ type, events }) => `- **${type}** ${families(Object.keys(events)).join('; ')}`).join('\n');
}

/** `pull_request.` opened, closed …: the common beginning once. */
function families(events: readonly string[]): readonly string[] {
  const byBeginning = new Map<string, string[]>();
  for (const event of events) {
    const end = event.lastIndexOf('.') + 1;
    const beginning = event.slice(0, end);
    byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), event.slice(end)]);
  }
  return [...byBeginning].map(([beginning, endings]) =>
    beginning === '' ? endings.map(code).join(', ') : `${code(beginning)} ${endings.join(', ')}`,
  );
}
