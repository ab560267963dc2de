import type { SourceType } from '../core/source.ts';
import { alertmanager } from './alertmanager/source.ts';
import type { Declaration } from './declared/declaration.ts';
import { declareSource } from './declared/declare-source.ts';
import { dockerhub } from './dockerhub/source.ts';
import { createGeneric } from './generic/source.ts';
import { github } from './github/source.ts';
import { pingdom } from './pingdom/source.ts';
import { standardWebhooks } from './standard-webhooks/source.ts';
import { stripe } from './stripe/source.ts';
import { uptimeKuma } from './uptime-kuma/source.ts';
import { uptimerobot } from './uptimerobot/source.ts';

/** What sources need and may not import. */
export interface SourceTools {
  /** Renders one mustache template as plain text, nothing escaped. */
  readonly renderText: (template: string, view: object) => string;
}

/** Every type of source, by its word in the config, with those that a user declared. A new one is a line here. */
export function createSourceTypes(
  { renderText }: SourceTools,
  own: readonly Declaration[] = [],
): ReadonlyMap<string, SourceType> {
  const declared = [...DECLARED, ...own].map((declaration) => declareSource(declaration, renderText));
  return byName([github, stripe, alertmanager, ...declared, standardWebhooks, createGeneric(renderText)]);
}

/** Types that need no code. A new one is a line here. */
const DECLARED: readonly Declaration[] = [dockerhub, pingdom, uptimeKuma, uptimerobot];

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
