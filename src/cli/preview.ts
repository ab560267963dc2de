import { PLATFORM_NAMES, type PlatformName } from '../core/config.ts';
import { CommandError } from '../core/errors.ts';
import { didYouMean } from '../core/nearest.ts';
import { platforms } from '../platforms/index.ts';
import { findSample, readOffline } from './offline.ts';
import { print, printJson } from './output.ts';
import { readSample } from './sample-reading.ts';
import { readSettings } from './settings.ts';

/** `bellhop preview`: a sample's message, as text or as the exact JSON a platform would get. Returns the exit code. */
export async function preview(
  name: string,
  options: { readonly as?: string; readonly json?: boolean },
): Promise<number> {
  const platform = platformNamed(options.as ?? 'console');
  const settings = readSettings();
  const sample = await findSample(settings, name);
  const { runtime } = await readOffline(settings);
  const read = readSample(runtime, sample);
  if (read === undefined) throw new CommandError(`There is no type "${sample.type}".`);
  const { reading, events } = read;
  if (reading.kind !== 'events') {
    print(`${reading.kind}: ${reading.reason}`);
    return reading.kind === 'unreadable' ? 1 : 0;
  }
  for (const event of events) {
    const { message } = runtime.renderer.render(event, platform);
    const payload = platforms[platform].compose(message, { name: 'preview', platform });
    if (platform === 'console' && options.json !== true) print(String(payload.text));
    else printJson(payload);
  }
  return 0;
}

function platformNamed(name: string): PlatformName {
  const platform = PLATFORM_NAMES.find((known) => known === name);
  if (platform !== undefined) return platform;
  throw new CommandError(
    `--as "${name}" is no platform; one of ${PLATFORM_NAMES.join(', ')} was expected${didYouMean(name, PLATFORM_NAMES)}`,
    2,
  );
}
