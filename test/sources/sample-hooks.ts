import { readdirSync, readFileSync } from 'node:fs';
import type { GenericMap } from '../../src/core/config.ts';
import type { Hook } from '../../src/core/hook.ts';
import type { ReadOptions } from '../../src/core/source.ts';
import { createSourceTypes } from '../../src/sources/index.ts';
import { renderText } from '../../src/templates/text.ts';
import { aHook } from '../builders.ts';

export const sourceTypes = createSourceTypes({ renderText });

export interface SampleHook {
  readonly file: string;
  /** The event its file name promises. */
  readonly event: string;
  readonly hook: Hook;
  readonly options: ReadOptions;
}

interface SampleFile {
  readonly headers: Record<string, string>;
  readonly method?: string;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
  readonly text?: string;
  readonly map?: Omit<GenericMap, 'labels'> & { readonly labels?: Record<string, string> };
}

/** Every shipped sample of a type as the hook its sender would send. */
export function sampleHooks(type: string): readonly SampleHook[] {
  const folder = new URL(`../../templates/${type}/samples/`, import.meta.url);
  return readdirSync(folder).map((file) => {
    const sample = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as SampleFile;
    const hook = aHook({
      source: type,
      method: sample.method ?? 'POST',
      headers: Object.fromEntries(Object.entries(sample.headers).map(([name, value]) => [name.toLowerCase(), value])),
      query: sample.query ?? {},
      body: Buffer.from(sample.text ?? (sample.body === undefined ? '' : JSON.stringify(sample.body))),
    });
    const options = sample.map === undefined ? {} : { map: { labels: {}, ...sample.map } };
    return { file, event: file.replace(/(~[^~]*)?\.json$/, ''), hook, options };
  });
}
