import type { Config, SourceConfig } from './core/config.ts';
import type { Handshake } from './core/handshake.ts';
import type { Problem } from './core/problem.ts';
import type { SourceType } from './core/source.ts';
import { handshakeOf } from './sources/handshakes/index.ts';

/** Sources whose handshake cannot be: their type knows its sender, or the secret that it takes is not there. */
export function handshakeProblems(
  config: Config,
  types: ReadonlyMap<string, SourceType>,
  builtIn: ReadonlyMap<string, SourceType>,
): readonly Problem[] {
  return Object.values(config.sources).flatMap((source): readonly Problem[] => {
    const type = types.get(source.type);
    if (type === undefined) return [];
    if (source.handshake !== undefined && builtIn.has(type.type) && Object.keys(type.events).length > 0) {
      const message = `is not for type ${type.type}, which knows its sender; expected no handshake, or one of the types ${openTypes(builtIn)}, or a type of your own`;
      return [{ path: ['sources', source.name, 'handshake'], message }];
    }
    const handshake = handshakeOf(type, source);
    const message = handshake && secretProblem(handshake, source);
    return message === undefined ? [] : [{ path: ['sources', source.name, 'secret'], message }];
  });
}

function secretProblem({ name, secret }: Handshake, source: SourceConfig): string | undefined {
  if (secret === 'own' && source.secrets.length === 0 && !source.autoSecret)
    return `is missing; the handshake ${name} is answered with it`;
  if (secret === 'auto' && (!source.autoSecret || source.verify === 'none'))
    return `must be "auto" and be verified: by the handshake ${name} the sender brings the secret itself`;
  return undefined;
}

const openTypes = (types: ReadonlyMap<string, SourceType>): string =>
  [...types.values()]
    .filter(({ events }) => Object.keys(events).length === 0)
    .map(({ type }) => type)
    .join(', ');
