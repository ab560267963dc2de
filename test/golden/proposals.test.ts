import { describe, expect, test } from 'vitest';
import { SHIPPED_TEMPLATES } from '../../src/blueprint.ts';
import { propose } from '../../src/proposals.ts';
import { loadSamples } from '../../src/templates/samples.ts';
import { tryOut } from '../../src/templates/try-out.ts';
import { faultsOf } from './oracles.ts';
import { composeAll, passThrough } from './pass-through.ts';
import { strangers } from './strangers.ts';

const samples = [...(await loadSamples([SHIPPED_TEMPLATES])), ...strangers];
const events = samples.flatMap((sample) =>
  passThrough(sample).map(({ event }) => [`${sample.type}/${sample.name}`, event] as const),
);

describe.each(events)('a template made of %s', (_name, event) => {
  const proposal = propose({ event, mapped: false });
  const { message, failure } = tryOut({ path: proposal.file, text: proposal.template }, event);

  test('renders its own event', () => {
    expect(failure).toBeUndefined();
    expect(message.title).not.toBe('');
    expect(message.fields.length).toBeLessThanOrEqual(4);
    expect(proposal.file).toMatch(/^[a-z-]+\/[\w.:-]+\.mustache$/);
    expect(proposal.template).not.toMatch(/secret|token|passw|signature/i);
  });

  test('shows no hole, and says nothing twice', () => {
    const faults = faultsOf({ ...composeAll(event), rendered: { message, template: proposal.file } });
    // The payload’s own text may be long, and may hold tags that Markdown does not know.
    const own = /^(the body holds <|a long body$)/;
    expect(faults.filter((fault) => !own.test(fault))).toEqual([]);
  });
});
