import { expect, test } from 'vitest';
import { anEvent } from '../builders.ts';
import { faultsOf } from './oracles.ts';
import { composeAll, type Passed } from './pass-through.ts';

const good = composeAll(
  anEvent({ type: 'greenhouse', title: 'Bed 7 was watered', facts: { body: 'Enough for a day.' } }),
);
const sending = (payloads: Partial<Passed['payloads']>): Passed => ({
  ...good,
  payloads: { ...good.payloads, ...payloads },
});
const { slack, discord, teams } = good.payloads;

test('a good message has no fault', () => {
  expect(faultsOf(good)).toEqual([]);
});

test.each([
  ['a hole', sending({ webhook: { text: 'Paid undefined' } }), /undefined/],
  ['an object that was printed', sending({ console: { text: '[object Object]' } }), /object Object/],
  ['an unfilled tag', sending({ slack: { ...slack, text: 'Hi {{name}}' } }), /\{\{/],
  ['a call to everybody on Slack', sending({ slack: { ...slack, text: 'Hi <!channel>' } }), /<!c/],
  ['a broadcast element on Slack', sending({ slack: { ...slack, blocks: [{ type: 'broadcast' }] } }), /broadcast/],
  [
    'mentions allowed on Discord',
    sending({ discord: { ...discord, allowed_mentions: { parse: ['everyone'] } } }),
    /mentions/,
  ],
  [
    'a title too long for Discord',
    sending({ discord: { ...discord, embeds: [{ title: 'x'.repeat(300), color: 1 }] } }),
    /discord refuses the title/,
  ],
  [
    'an element that Teams does not know',
    sending({
      teams: {
        ...teams,
        attachments: [{ content: { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Nothing' }] } }],
      },
    }),
    /teams: .*Nothing/,
  ],
  [
    'a tag of HTML',
    {
      ...good,
      rendered: {
        ...good.rendered,
        message: {
          ...good.rendered.message,
          body: [{ kind: 'paragraph', children: [{ kind: 'text', text: '<br> more' }] }],
        },
      },
    } satisfies Passed,
    /<br>/,
  ],
  ['the same thing twice', composeAll(anEvent({ type: 'x', title: 'Pump is down', state: 'down' })), /twice|again/],
] as const)('%s is a fault', (_what, passed, fault) => {
  expect(faultsOf(passed).join('\n')).toMatch(fault);
});
