import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { ChannelConfig } from '../../src/core/config.ts';
import type { Message } from '../../src/core/message.ts';
import { valueAt } from '../../src/core/path.ts';
import type { Payload } from '../../src/core/platform.ts';
import { toSecret } from '../../src/core/secret.ts';
import { teams } from '../../src/platforms/teams/platform.ts';
import { everywhere, HOSTILE_TEXTS, oversized } from './conformance.ts';

const channel: ChannelConfig = { name: 'eng', platform: 'teams', id: '19:eng@thread.tacv2' };
const flow: ChannelConfig = { name: 'flow', platform: 'teams', webhookUrl: toSecret('https://example.com/?sig=s') };
const cardOf = (message: Message): unknown => valueAt(teams.compose(message, channel), ['attachments', '0', 'content']);

describe('check', () => {
  const wrapped = (card: unknown): Payload => ({
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  });
  const within = (...body: readonly unknown[]) => wrapped({ type: 'AdaptiveCard', version: '1.5', body });
  const block = { type: 'TextBlock', text: 'x' };
  const at = '/attachments/0/content';
  const deepest = Array.from({ length: 60 }).reduce<object>((inner) => ({ type: 'Container', items: [inner] }), block);

  it.each<readonly [string, Payload, string]>([
    [
      'an activity of another type',
      { type: 'typing', attachments: within(block).attachments },
      '/type: must be "message"',
    ],
    ['no card', { type: 'message' }, '/attachments: needs one card'],
    [
      'another card',
      { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.hero' }] },
      '/attachments/0/contentType: must be "application/vnd.microsoft.card.adaptive"',
    ],
    ['no version', wrapped({ type: 'AdaptiveCard', body: [block] }), `${at}/version: must be "1.5" or older`],
    [
      'a newer version',
      wrapped({ type: 'AdaptiveCard', version: '1.6', body: [block] }),
      `${at}/version: must be "1.5" or older`,
    ],
    ['no body', wrapped({ type: 'AdaptiveCard', version: '1.5' }), `${at}/body: must be a list`],
    ['an empty body', within(), `${at}/body: needs an element`],
    ['a missing text', within({ type: 'TextBlock' }), `${at}/body/0/text: is missing`],
    ['a number as text', within({ type: 'TextBlock', text: 5 }), `${at}/body/0/text: must be a text that is not empty`],
    [
      'a colour that is none',
      within({ ...block, color: '#ff0000' }),
      `${at}/body/0/color: must be one of default, dark, light, accent, good, warning, attention`,
    ],
    [
      'a script as address',
      within({
        type: 'Container',
        items: [block],
        selectAction: { type: 'Action.OpenUrl', url: 'javascript:alert(1)' },
      }),
      `${at}/body/0/selectAction/url: must be an http or https address`,
    ],
    [
      'an image without https',
      within({ type: 'Image', url: 'http://example.com/a.png' }),
      `${at}/body/0/url: must be an https address`,
    ],
    [
      'a code block without fallback',
      within({ type: 'CodeBlock', codeSnippet: 'x' }),
      `${at}/body/0/fallback: is missing`,
    ],
    [
      'an element in the wrong place',
      within({ type: 'RichTextBlock', inlines: [block] }),
      `${at}/body/0/inlines/0/type: must be one of TextRun`,
    ],
    ['a type from the prototype', within({ type: 'constructor' }), `${at}/body/0/type: must be one of`],
    ['a card that nests without end', within(deepest), ': nests too deep'],
    [
      'a mention without an id',
      wrapped({ type: 'AdaptiveCard', version: '1.5', body: [block], msteams: { entities: [{ text: '<at>x</at>' }] } }),
      `${at}/msteams/entities/0: needs text "<at>Name</at>" and mentioned.id`,
    ],
    [
      'a width that is none',
      wrapped({ type: 'AdaptiveCard', version: '1.5', body: [block], msteams: { width: 'Wide' } }),
      `${at}/msteams/width: must be "Full"`,
    ],
  ])('finds %s', (_name, payload, problem) => {
    expect(teams.check(payload, channel)).toContainEqual(expect.stringContaining(problem));
  });

  it('refuses clicks that nobody would get', () => {
    const payload = wrapped({
      type: 'AdaptiveCard',
      version: '1.5',
      body: [block],
      actions: [{ type: 'Action.Submit', title: 'Ack' }],
    });
    expect(teams.check(payload, channel)).toEqual([]);
    expect(teams.check(payload, flow)).toEqual([
      `${at}/actions/0/type: Action.Submit needs a bot, a Workflows address has none`,
    ]);
  });

  it('ends on what is no JSON', () => {
    const loop: Record<string, unknown> = { type: 'message' };
    loop.attachments = [loop];
    expect(teams.check(loop, channel)).toEqual(['/: is no JSON, or nests too deep']);
  });
});

/** What the npm library of Adaptive Cards says of a card: a second opinion that is not ours. */
describe('the adaptivecards library agrees', () => {
  interface Library {
    readonly SerializationContext: new () => {
      readonly eventCount: number;
      getEventAt(at: number): { readonly message: string };
    };
    readonly AdaptiveCard: new () => { parse(card: unknown, context: unknown): void };
  }
  const library = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as Library;
  const complaints = (card: unknown): readonly string[] => {
    const context = new library.SerializationContext();
    new library.AdaptiveCard().parse(card, context);
    return Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  };

  it('with itself, about a bad card', () => {
    expect(complaints({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'Nonsense' }] })).not.toEqual([]);
  });

  it.each([...HOSTILE_TEXTS, 'harmless'])('about a card full of %j', (value) => {
    const mentions = [{ name: 'oncall', teams: '29:1' }];
    expect(complaints(cardOf({ ...everywhere(value), mentions }))).toEqual([]);
  });

  it('about an oversized card', () => {
    expect(complaints(cardOf(oversized('a')))).toEqual([]);
  });
});
