import { SHIPPED_TEMPLATES, sourceTypes } from '../../src/blueprint.ts';
import { type ChannelConfig, PLATFORM_NAMES, type PlatformName, type SourceConfig } from '../../src/core/config.ts';
import type { HookEvent } from '../../src/core/event.ts';
import type { Hook } from '../../src/core/hook.ts';
import type { Payload } from '../../src/core/platform.ts';
import type { Rendered } from '../../src/core/renderer.ts';
import { toSecret } from '../../src/core/secret.ts';
import { platforms } from '../../src/platforms/index.ts';
import { cannotSign, type SignedRequest, signRequest } from '../../src/sources/sign.ts';
import { verifierOf } from '../../src/sources/verifier-of.ts';
import { withQuery } from '../../src/sources/verifiers/request.ts';
import { verifyHook } from '../../src/sources/verify.ts';
import { loadTemplates } from '../../src/templates/load.ts';
import { createRenderer } from '../../src/templates/render.ts';
import type { Sample } from '../../src/templates/samples.ts';
import { NOON } from '../builders.ts';
import { optionsOf } from './sample-options.ts';

export const { templates, problems } = await loadTemplates({ folders: [SHIPPED_TEMPLATES] });
const renderer = createRenderer(templates);

const SECRET = toSecret(`whsec_${Buffer.from('a secret that only tests have').toString('base64')}`);

/** One event and everything that would be sent of it. */
export interface Passed {
  readonly event: HookEvent;
  readonly dedupeKey?: string;
  readonly rendered: Rendered;
  /** To a channel that a bot reaches. */
  readonly payloads: Readonly<Record<PlatformName, Payload>>;
  /** What the platforms would refuse, to a bot's channel and to a webhook's. */
  readonly refused: readonly string[];
}

/** Takes a sample the whole way: signed as its sender would, verified, read, rendered, composed. Throws where it ends early. */
export function passThrough(sample: Sample): readonly Passed[] {
  const type = sourceTypes.get(sample.type);
  if (type === undefined) throw new Error(`there is no type "${sample.type}"`);
  const config: SourceConfig = {
    name: sample.type,
    type: sample.type,
    secrets: [SECRET],
    autoSecret: false,
    allowFrom: [],
  };
  const source = verifierOf(type, config, 'https://bellhop.example.com');
  const query = new URLSearchParams(sample.query).toString();
  const url = `${source.address}${query === '' ? '' : `?${query}`}`;
  const { verifier } = source;
  const signing = { body: sample.body, at: NOON, id: 'msg_1', method: sample.method, url };
  const signable = cannotSign(verifier) === undefined;
  const signed: SignedRequest = signable
    ? signRequest(verifier, SECRET, signing)
    : { headers: {}, body: sample.body, query: {} };
  const hook: Hook = {
    id: 'hook_1',
    source: sample.type,
    method: sample.method,
    headers: { ...sample.headers, ...signed.headers },
    query: { ...sample.query, ...signed.query },
    ...rawQueryOf(withQuery(url, signed.query)),
    ...(signed.pathToken !== undefined && { pathToken: signed.pathToken }),
    body: signed.body,
    from: '127.0.0.1',
    at: NOON,
  };
  // What only its sender can sign is proven with keys of the test's own, in test/sources/verify-*.test.ts.
  const verdict = signable ? verifyHook(hook, source, NOON) : { ok: true as const };
  if (verdict instanceof Promise) throw new Error('what Bellhop can sign needs nothing fetched');
  if (!verdict.ok) throw new Error(`the sample does not verify: ${verdict.reason}`);
  const reading = type.read(hook, optionsOf(sample));
  if (reading.kind !== 'events') throw new Error(`the sample is ${reading.kind}: ${reading.reason}`);
  return reading.events.map((read, index) => {
    const dedupeKey = type.dedupeKey(hook, read);
    const where = { id: `evt_${index + 1}`, hookId: hook.id, index, source: sample.type, type: sample.type };
    const passed = composeAll({ ...read, ...where, receivedAt: NOON });
    return { ...passed, ...(dedupeKey !== undefined && { dedupeKey }) };
  });
}

const rawQueryOf = (url: string): Pick<Hook, 'rawQuery'> =>
  url.includes('?') ? { rawQuery: url.slice(url.indexOf('?') + 1) } : {};

/** The second half of the way: renders and composes an event for every platform. */
export function composeAll(event: HookEvent): Passed {
  const all = PLATFORM_NAMES.map((platform) => {
    const rendered = renderer.render(event, platform);
    const compose = (channel: ChannelConfig): Payload => platforms[platform].compose(rendered.message, channel);
    const refused = channelsOf(platform).flatMap((channel) =>
      platforms[platform].check(compose(channel), channel).map((reason) => `${platform}: ${reason}`),
    );
    return { platform, rendered, payload: compose(botChannel(platform)), refused };
  });
  const [first] = all;
  if (first === undefined) throw new Error('there are no platforms');
  return {
    event,
    rendered: all.find(({ rendered }) => rendered.failure !== undefined)?.rendered ?? first.rendered,
    payloads: Object.fromEntries(all.map(({ platform, payload }) => [platform, payload])) as Passed['payloads'],
    refused: all.flatMap(({ refused }) => refused),
  };
}

const ADDRESSES: Readonly<Record<PlatformName, readonly [id: string, webhookUrl: string] | undefined>> = {
  slack: ['C0123456789', 'https://hooks.slack.com/services/T0/B0/x'],
  discord: ['112233445566778899', 'https://discord.com/api/webhooks/1/x'],
  teams: ['19:0123@thread.tacv2', 'https://prod-1.westeurope.logic.azure.com/workflows/x'],
  webhook: undefined,
  console: undefined,
};

const botChannel = (platform: PlatformName): ChannelConfig => {
  const [id] = ADDRESSES[platform] ?? [];
  return { name: 'ops', platform, ...(id !== undefined && { id }) };
};

const channelsOf = (platform: PlatformName): readonly ChannelConfig[] => {
  const [, webhookUrl] = ADDRESSES[platform] ?? [];
  const hooked = webhookUrl === undefined ? [] : [{ name: 'ops', platform, webhookUrl: toSecret(webhookUrl) }];
  return [botChannel(platform), ...hooked];
};
