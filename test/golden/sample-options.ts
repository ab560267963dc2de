import type { GenericMap } from '../../src/core/config.ts';
import type { ReadOptions } from '../../src/core/source.ts';
import type { Sample } from '../../src/templates/samples.ts';

/** What the config of the sample's source would say: a `generic` sample brings its own map. */
export function optionsOf({ map }: Sample): ReadOptions {
  return map === undefined ? {} : { map: { labels: {}, ...(map as Partial<GenericMap>) } };
}
