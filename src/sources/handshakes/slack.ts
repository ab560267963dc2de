import type { Handshake } from '../../core/handshake.ts';
import { isRecord } from '../../core/record.ts';
import { askedDocument } from './asked-document.ts';
import { echo } from './reply.ts';

/** https://docs.slack.dev/reference/events/url_verification */
export const slack: Handshake = {
  name: 'slack',
  means: 'Slack’s Events API posts a signed `url_verification`, and gets its `challenge` back.',
  signed: true,
  methods: [],
  answer(hook) {
    const asked = askedDocument(hook);
    if (!isRecord(asked) || asked.type !== 'url_verification') return undefined;
    return echo(asked.challenge, 'The challenge in the body');
  },
};
