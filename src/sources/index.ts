import type { SourceType } from '../core/source.ts';
import { alertmanager } from './alertmanager/source.ts';
import { createGeneric } from './generic/source.ts';
import { github } from './github/source.ts';
import { standardWebhooks } from './standard-webhooks/source.ts';
import { stripe } from './stripe/source.ts';

/** What sources need and may not import. */
export interface SourceTools {
  /** Renders one mustache template as plain text, nothing escaped. */
  readonly renderText: (template: string, view: object) => string;
}

/** Every type of source, by its word in the config. A new one is a line here. */
export function createSourceTypes({ renderText }: SourceTools): ReadonlyMap<string, SourceType> {
  return byName([github, stripe, alertmanager, standardWebhooks, createGeneric(renderText)]);
}

export const SOURCE_TYPE_NAMES: readonly string[] = [
  ...createSourceTypes({ renderText: (template) => template }).keys(),
];

function byName(types: readonly SourceType[]): ReadonlyMap<string, SourceType> {
  const named = new Map<string, SourceType>();
  for (const type of types) {
    if (named.has(type.type)) throw new Error(`Two types of source are called ${type.type}.`);
    named.set(type.type, type);
  }
  return named;
}
