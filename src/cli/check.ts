import { templateFolders } from '../blueprint.ts';
import { systemClock } from '../core/clock.ts';
import { type Config, PLATFORM_NAMES } from '../core/config.ts';
import { CommandError, ConfigError } from '../core/errors.ts';
import { formatProblem, type Problem } from '../core/problem.ts';
import { tlsProblems } from '../http/tls.ts';
import type { Runtime } from '../pipeline/runtime.ts';
import { platforms } from '../platforms/index.ts';
import { unusedNames } from '../templates/check.ts';
import { loadSamples, type Sample } from '../templates/samples.ts';
import { readOffline } from './offline.ts';
import { print, printJson, style } from './output.ts';
import { routeWarnings } from './route-warnings.ts';
import { readSample, type SampleReading } from './sample-reading.ts';
import { readSettings } from './settings.ts';

/** `bellhop check`: everything that can be found out without sending anything. Returns the exit code. */
export async function check(options: { readonly json?: boolean }): Promise<number> {
  const settings = readSettings();
  const certificates = (config: Config) => tlsProblems(config, systemClock.now());
  const found = await readOffline(settings, undefined, certificates).catch((error: unknown) => {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  });
  if (!('runtime' in found)) return report({ problems: found, warnings: [], samples: 0 }, options);
  const { runtime, blueprint } = found;
  const { samples, problem } = await findSamples(templateFolders(settings.folders));
  const readings = samples.map((sample) => ({ sample, read: readSample(runtime, sample) }));
  // What a broken template does to every sample is told once, where the mistake is.
  const broken = blueprint.templateProblems.length > 0;
  const problems = [
    ...blueprint.templateProblems,
    ...(problem === undefined ? [] : [problem]),
    ...readings.flatMap((one) => sampleProblems(runtime, one, broken)),
  ];
  const unused = unusedNames(
    blueprint.templates,
    readings.flatMap(({ read }) => read?.events ?? []),
  );
  const misspelt = unused
    .filter(({ unknown }) => unknown)
    .map(({ template, message }): Problem => ({ path: [template], message }));
  return report(
    { problems, warnings: [...blueprint.warnings, ...routeWarnings(runtime), ...misspelt], samples: samples.length },
    options,
  );
}

/** A sample that is none must not hide the other problems. */
async function findSamples(
  folders: readonly string[],
): Promise<{ readonly samples: readonly Sample[]; readonly problem?: Problem }> {
  try {
    return { samples: await loadSamples(folders) };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { samples: [], problem: { path: [], message: error.message.replace(/\s+/g, ' ') } };
  }
}

interface Findings {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly samples: number;
}

/** Reads a sample, renders it and composes it for every platform; each must come out good. */
function sampleProblems(
  runtime: Runtime,
  { sample, read }: { readonly sample: Sample; readonly read: SampleReading | undefined },
  broken: boolean,
): readonly Problem[] {
  const path = [`${sample.type}/${sample.name}`];
  if (read?.reading.kind === 'unreadable')
    return [{ path, message: `the sample cannot be read: ${read.reading.reason}` }];
  return (read?.events ?? []).flatMap((event) => {
    return PLATFORM_NAMES.flatMap((name): Problem[] => {
      const { message, failure } = runtime.renderer.render(event, name);
      if (failure !== undefined) return broken ? [] : [{ path, message: `on ${name}: ${failure}` }];
      const channel = { name: 'check', platform: name };
      const refused = platforms[name].check(platforms[name].compose(message, channel), channel);
      return refused.map((reason) => ({ path, message: `${name} would refuse it: ${reason}` }));
    });
  });
}

function report({ problems, warnings, samples }: Findings, { json = false }: { readonly json?: boolean }): number {
  if (json) {
    printJson({
      ok: problems.length === 0,
      problems: problems.map(formatProblem),
      warnings: warnings.map(formatProblem),
    });
    return problems.length === 0 ? 0 : 1;
  }
  for (const problem of problems) print(`${style('red', 'wrong')}    ${formatProblem(problem)}`);
  for (const warning of warnings) print(`${style('yellow', 'warning')}  ${formatProblem(warning)}`);
  if (problems.length === 0)
    print(
      `${style('green', 'good')}     config, routes, channels, and ${samples} samples rendered for ${PLATFORM_NAMES.join(', ')}`,
    );
  else print(`\n${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`);
  return problems.length === 0 ? 0 : 1;
}
