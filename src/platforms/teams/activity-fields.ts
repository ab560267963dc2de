import { valueAt } from '../../core/path.ts';

const TEXT_CHARS = 500;
const MOST_ENTITIES = 100;

/** A text that is not empty and not over long; what is longer is no id and no name. */
export function textAt(activity: unknown, path: readonly string[]): string | undefined {
  const value = valueAt(activity, path);
  return typeof value === 'string' && value !== '' && value.length <= TEXT_CHARS ? value : undefined;
}

/** What an activity says beside its text, of one type: whom it names, on which machine it was typed. */
export function entitiesOf(activity: unknown, type: string): readonly unknown[] {
  const entities = valueAt(activity, ['entities']);
  const some: readonly unknown[] = Array.isArray(entities) ? entities.slice(0, MOST_ENTITIES) : [];
  return some.filter((entity) => valueAt(entity, ['type']) === type);
}
