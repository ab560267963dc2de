import { expect, it } from 'vitest';
import { aFolder, load, refusal } from './config-folder.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:alarms';
const types = { sourceTypes: ['aws-sns', 'generic'], secretless: ['aws-sns'] };

async function mistakes(source: object): Promise<string> {
  const dir = await aFolder({ 'bellhop.json': { sources: { aws: { type: 'aws-sns', ...source } } } });
  return refusal({ dir, ...types });
}

it('a source of Amazon SNS needs its topics, and no secret', async () => {
  const { config, warnings } = await load(
    {
      sources: { aws: { type: 'aws-sns', topics: [TOPIC] } },
      routes: [{ to: 'x' }],
      channels: { x: { platform: 'console' } },
    },
    types,
  );
  expect(config.sources.aws).toMatchObject({ topics: [TOPIC], secrets: [] });
  expect(warnings).toEqual([]);
  expect(await mistakes({})).toMatch(
    /sources\.aws\.topics: is missing; expected a list with the ARN of a topic, as in "arn:aws:sns:/,
  );
});

it.each([
  ['verify', { verify: 'none' }],
  ['auth', { auth: { basic: { user: 'a', password: 'b' } } }],
])('none need be listed with `%s`', async (_key, over) => {
  const { config } = await load({ sources: { aws: { type: 'aws-sns', ...over } } }, types);
  expect(config.sources.aws?.topics).toBeUndefined();
});

it.each([
  '*',
  'arn:aws:sns:*:111122223333:alarms',
  `${TOPIC}:*`,
  'arn:aws:sqs:eu-west-1:111122223333:alarms',
  'alarms',
])('the topic %s is none', async (topic) => {
  expect(await mistakes({ topics: [topic] })).toMatch(/sources\.aws\.topics\.0: is no topic; expected the ARN/);
});

it('a secret beside them is not used, and that is said', async () => {
  const { warnings } = await load({ sources: { aws: { type: 'aws-sns', topics: [TOPIC], secret: 'x' } } }, types);
  expect(warnings.map(({ message }) => message)).toContain('is not used: Amazon SNS proves itself by its certificate');
});
