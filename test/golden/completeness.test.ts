import { expect, test } from 'vitest';
import { SHIPPED_TEMPLATES } from '../../src/blueprint.ts';
import { valueAt } from '../../src/core/path.ts';
import { formatProblem } from '../../src/core/problem.ts';
import { unusedNames } from '../../src/templates/check.ts';
import { loadSamples } from '../../src/templates/samples.ts';
import { inventions } from './inventions.ts';
import { composeAll, passThrough, problems, templates } from './pass-through.ts';
import { strangers } from './strangers.ts';

const samples = await loadSamples([SHIPPED_TEMPLATES]);
const passed = [...samples, ...strangers].map((sample) => ({ sample, events: passThrough(sample) }));
const invented = inventions.map(({ event }) => composeAll(event));

test('the shipped templates have no mistake', () => {
  expect(problems.map(formatProblem)).toEqual([]);
});

test('a sample reads to the event its file is named after', () => {
  const wrong = passed.filter(
    ({ sample, events }) => events.length === 0 || events.some(({ event }) => event.event !== sample.event),
  );
  expect(wrong.map(({ sample }) => sample.file)).toEqual([]);
});

test('every template is what some event looks like', () => {
  const used = new Set(
    [...passed.flatMap(({ events }) => events), ...invented].map(({ rendered }) => rendered.template),
  );
  const shipped = [...templates.portable.values(), ...templates.native.values()].map(({ file }) => file);
  expect(shipped.filter((file) => !used.has(file))).toEqual([]);
});

test('no template prints a name that no event has', () => {
  const events = [...passed.flatMap(({ events }) => events), ...invented].map(({ event }) => event);
  const unknown = unusedNames(templates, events).filter(
    ({ name }) => !events.some((event) => valueAt(event, name.split('.')) !== undefined),
  );
  expect(unknown).toEqual([]);
});

test.each([
  ...[
    ['push'],
    ['pull_request'],
    ['pull_request_review'],
    ['issues'],
    ['issue_comment'],
    ['release'],
    ['workflow_run'],
    ['check_run'],
    ['deployment_status'],
    ['create', 'delete'],
    ['star'],
    ['dependabot_alert'],
    ['code_scanning_alert'],
    ['secret_scanning_alert'],
  ].map((families) => ({ type: 'github', families, least: 3 })),
  { type: 'stripe', families: undefined, least: 10 },
  { type: 'alertmanager', families: undefined, least: 6 },
  { type: 'generic', families: undefined, least: 10 },
])('$type $families has $least samples or more', ({ type, families, least }) => {
  const found = samples.filter(
    (sample) => sample.type === type && (families?.includes(sample.event.split('.', 1)[0] ?? '') ?? true),
  );
  expect(found.length).toBeGreaterThanOrEqual(least);
});
