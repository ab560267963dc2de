import { expect, it } from 'vitest';
import { load } from './config-folder.ts';

const warningsOf = async (source: object, server: object = {}) => {
  const config = { server, sources: { sms: { type: 'twilio', ...source } } };
  const { warnings } = await load(config, { sourceTypes: ['twilio', 'generic'], signsAddress: ['twilio'] });
  return warnings.map(({ path, message }) => `${path.join('.')}: ${message}`);
};
const WARNING =
  'sources.sms.type: has senders that sign the address they post to, and server.publicUrl does not say which that is: every hook will be refused';

it('a type whose senders sign their address needs server.publicUrl, and that is said', async () => {
  expect(await warningsOf({ secret: 'x' })).toContain(WARNING);
  expect(await warningsOf({ secret: 'x' }, { publicUrl: 'https://bellhop.example.com' })).not.toContain(WARNING);
  expect(await warningsOf({ secret: 'x', auth: { token: { header: 'X-Token' } } })).not.toContain(WARNING);
  expect(await warningsOf({ verify: 'none' })).not.toContain(WARNING);
});
