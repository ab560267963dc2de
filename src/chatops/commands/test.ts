import { nearest } from '../../core/nearest.ts';
import type { TestSample } from '../../pipeline/test-message.ts';
import type { Command } from '../command.ts';
import type { Run } from '../context.ts';
import { asking, channelOf } from '../names.ts';
import { Refusal } from '../refusal.ts';
import { publicly } from '../reply.ts';
import { code, listed, nameText, paragraph } from '../words.ts';

type Test = Extract<Command, { readonly name: 'test' }>;

/** `test github/pull_request.opened [to ops]` */
export const test: Run<Test> = async (asks, asked, { tests }) => {
  const to = asks.to ?? { kind: 'here' };
  const channel = channelOf(to, asked, (other) => ({ ...asks, to: other }));
  await asked.rights.need(channel === asked.here ? 'test' : 'replay');
  const sample = sampleOf(asks, await tests.samples());
  const { event } = await tests.send({ type: asks.type, sample, channel, by: asked.by });
  return publicly(asked, {
    title: `${asked.by.name} posts a test in ${channel}: ${asks.type}/${sample}`,
    emoji: '🧪',
    body: [paragraph('Nothing of it happened. ', code(event.id))],
  });
};

/** A sample by its name, or the first one of its event; refuses with the nearest. */
function sampleOf(asks: Test, all: readonly TestSample[]): string {
  const types = [...new Set(all.map(({ type }) => type))];
  if (!types.includes(asks.type)) {
    const near = nearest(asks.type, types);
    throw new Refusal(
      `There is no type "${nameText(asks.type)}" with samples${asking(near)} Those with samples: ${listed(types, { most: 20 })}.`,
      { ...withoutSample(asks), type: near ?? types[0] ?? 'github' },
    );
  }
  const names = all.filter(({ type }) => type === asks.type).map(({ name }) => name);
  const wanted = asks.sample ?? names[0] ?? '';
  if (names.includes(wanted)) return wanted;
  const near = nearest(wanted, names) ?? names.find((name) => name.startsWith(wanted));
  throw new Refusal(
    `${asks.type} has no sample "${nameText(wanted)}"${asking(near)} Some it has: ${listed(names, { most: 5 })}.`,
    { ...asks, sample: near ?? names[0] ?? wanted },
  );
}

const withoutSample = ({ sample: _sample, ...rest }: Test): Test => rest;
