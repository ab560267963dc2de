import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelConfig } from '../../src/core/config.ts';
import type { Block, Inline, Message } from '../../src/core/message.ts';
import type { Outcome, Ref } from '../../src/core/outcome.ts';
import type { Payload, Platform, PlatformClient } from '../../src/core/platform.ts';
import { aMessage } from '../builders.ts';
import type { FakeReply } from '../fakes/http-fake.ts';
import { until } from '../until.ts';

/** A platform's client against its fake. */
export interface Harness {
  readonly client: PlatformClient;
  /** A channel the fake takes messages in. */
  readonly channel: ChannelConfig;
  /** Of a message that is there, for `update`. */
  readonly ref: Ref;
  /** Bot tokens, webhook addresses: none of them may show in an outcome or a log line. */
  readonly secrets: readonly string[];
  /** What was logged. */
  readonly lines: readonly string[];
  script(...replies: readonly FakeReply[]): void;
  /** Requests that carried a message; sign-ins do not count. */
  calls(): number;
  /** Throws when the fake was surprised, got a bad payload, or has an answer left. */
  assertClean(): void;
  stop(): Promise<void>;
}

export interface ConformanceCase {
  readonly name: string;
  /** `send` where absent. */
  readonly op?: 'send' | 'update';
  readonly reply: FakeReply;
  /** Some of the outcome; `reason` may be a pattern. */
  readonly expected: Partial<Record<keyof Extract<Outcome, { kind: 'retry' }> | 'form' | 'gone' | 'ref', unknown>>;
  /** Requests of this one attempt; 1 where absent. */
  readonly calls?: number;
}

export interface ConformanceSpec {
  /** Of the form under test: `slack incoming webhook`. */
  readonly name: string;
  readonly platform: Platform;
  readonly start: () => Promise<Harness>;
  readonly cases: readonly ConformanceCase[];
  /** What in this payload would ping somebody, run, or be read as markup; empty when all of it is inert. */
  readonly alive: (payload: Payload) => readonly string[];
  /** false where a platform of this form cannot edit. */
  readonly updates?: boolean;
  /** What an aborted post comes to; `ambiguous` where absent. */
  readonly aborted?: Outcome['kind'];
}

/** Text that means something to one platform or another, and must mean nothing. */
export const HOSTILE_TEXTS: readonly string[] = [
  '<!channel> <!here> <!everyone|x> <!subteam^S0123456>',
  '@here @channel @everyone @room',
  '<@U0123456> <@!112233445566778899> <@&112233445566778899> <#C0123456>',
  '*bold* _it_ ~gone~ `code` ```block``` **b** __u__ ||spoiler||',
  '<https://evil.example|https://good.example> [good](https://evil.example)',
  '[x](javascript:alert(1)) <javascript:alert(1)|x> ![i](https://evil.example/p.png)',
  '> quote\n# heading\n- item\n1. item\n---\n| a | b |\n|---|---|',
  '<at>everyone</at> <at id="0">mona</at> <b>bold</b> <script>alert(1)</script> &lt;!channel&gt; &amp;',
  '</section>"}]},{"type":"header"}',
  '$' + '{data} {{payload}} {TIME(2026)} {{DATE(2026-11-21T12:00:00Z)}}',
  '\u202Eevil\u202C \u0000\u0007\u001B[31mred \uD800 lone',
  ':siren: <t:0:R> </help:1> <id:home> <a:x:1>',
];

/** One suite for every platform: statuses to outcomes, one request a try, no secret told, limits kept, data inert. */
export function describePlatform(spec: ConformanceSpec): void {
  describe(`${spec.name} conforms`, () => {
    let harness: Harness;
    beforeEach(async () => {
      harness = await spec.start();
    });
    afterEach(() => harness.stop());

    const attempt = (op: 'send' | 'update', signal: AbortSignal): Promise<Outcome> => {
      const payload = spec.platform.compose(aMessage(), harness.channel);
      const options = { once: 'dlv_1', signal };
      if (op === 'send') return harness.client.send(harness.channel, payload, options);
      return harness.client.update(harness.channel, harness.ref, payload, options);
    };

    it.each(spec.cases)('$name', async ({ op = 'send', reply, expected, calls = 1 }) => {
      harness.script(reply);

      const outcome = await attempt(op, AbortSignal.timeout(15_000));

      expect(outcome).toMatchObject(matchers(expected));
      expect(harness.calls()).toBe(calls);
      expectNoSecret(harness, outcome);
      harness.assertClean();
    });

    it('says sent, with strings to find the message by', async () => {
      const outcome = await attempt('send', AbortSignal.timeout(15_000));

      expect(outcome).toMatchObject({ kind: 'sent' });
      for (const part of Object.values(outcome.kind === 'sent' ? outcome.ref : {})) expect(part).toBeTypeOf('string');
      expect(harness.calls()).toBe(1);
      expectNoSecret(harness, outcome);
      harness.assertClean();
    });

    it('an aborted post may have arrived: it was asked once and is not told as failed', async () => {
      harness.script('hang');
      const ending = new AbortController();
      const pending = attempt('send', ending.signal);
      await until(() => harness.calls() > 0, 'the call');

      ending.abort();

      const outcome = await pending;
      expect(outcome.kind).toBe(spec.aborted ?? 'ambiguous');
      expect(harness.calls()).toBe(1);
      expectNoSecret(harness, outcome);
    });

    if (spec.updates !== false) {
      it('edits the message that is there', async () => {
        expect(await attempt('update', AbortSignal.timeout(15_000))).toMatchObject({ kind: 'sent' });
        expect(harness.calls()).toBe(1);
        harness.assertClean();
      });
    }

    it('keeps a message that is over every limit within them', async () => {
      for (const message of [oversized('a'), oversized('&'), oversized('👩‍👩‍👧‍👦'), oversized('\n'), oversized('"')]) {
        const payload = spec.platform.compose(message, harness.channel);
        expect(spec.platform.check(payload, harness.channel)).toEqual([]);
        expect(await harness.client.send(harness.channel, payload, anyTry())).toMatchObject({ kind: 'sent' });
      }
      harness.assertClean();
    });

    it('posts the emptiest message', async () => {
      for (const message of [aMessage({ title: '', emoji: '' }), aMessage({ title: ' \n ', body: [paragraph('')] })]) {
        const payload = spec.platform.compose(message, harness.channel);
        expect(spec.platform.check(payload, harness.channel)).toEqual([]);
        expect(await harness.client.send(harness.channel, payload, anyTry())).toMatchObject({ kind: 'sent' });
      }
      harness.assertClean();
    });

    it.each(HOSTILE_TEXTS)('takes no orders from data: %j', async (text) => {
      const payload = spec.platform.compose(everywhere(text), harness.channel);

      expect(spec.alive(payload)).toEqual([]);
      expect(addressesIn(payload).filter((url) => !/^(https?|mailto):/i.test(url))).toEqual([]);
      expect(spec.platform.check(payload, harness.channel)).toEqual([]);
      expect(await harness.client.send(harness.channel, payload, anyTry())).toMatchObject({ kind: 'sent' });
      harness.assertClean();
    });

    it('gives data no say in the structure', () => {
      const plain = spec.platform.compose(everywhere('quite harmless words'), harness.channel);
      for (const text of HOSTILE_TEXTS.filter((hostile) => !hostile.includes('\n'))) {
        expect(structureOf(spec.platform.compose(everywhere(text), harness.channel))).toEqual(structureOf(plain));
      }
    });

    it('is healthy when the platform answers', async () => {
      expect(await harness.client.health()).toMatchObject({ ok: true });
    });
  });
}

const anyTry = () => ({ once: 'dlv_1', signal: AbortSignal.timeout(15_000) });

const matchers = (expected: ConformanceCase['expected']): Record<string, unknown> => ({
  ...expected,
  ...(expected.reason instanceof RegExp && { reason: expect.stringMatching(expected.reason) }),
});

function expectNoSecret(harness: Harness, outcome: Outcome): void {
  const told = [JSON.stringify(outcome), ...harness.lines].join('\n');
  for (const secret of harness.secrets) expect(told).not.toContain(secret);
}

const text = (value: string): Inline => ({ kind: 'text', text: value });
const paragraph = (value: string): Block => ({ kind: 'paragraph', children: [text(value)] });

/** The same text in every place that data can reach. */
export function everywhere(value: string): Message {
  const cells = [[text(value)], [text('cell')]];
  return aMessage({
    title: value,
    url: 'https://example.com/',
    body: [
      { kind: 'heading', children: [text(value)] },
      {
        kind: 'paragraph',
        children: [
          text(`before ${value} after`),
          { kind: 'strong', children: [text(value)] },
          { kind: 'emphasis', children: [{ kind: 'strike', children: [text(value)] }] },
          { kind: 'code', text: value },
          { kind: 'link', url: 'https://example.com/a', children: [text(value)] },
        ],
      },
      { kind: 'quote', children: [paragraph(value)] },
      { kind: 'list', ordered: true, start: 1, items: [[paragraph(value)], [paragraph('second')]] },
      { kind: 'code', text: value, language: value },
      { kind: 'table', header: cells, rows: [cells] },
      { kind: 'rule' },
    ],
    fields: [{ name: 'Field', value: [text(value)] }],
    buttons: [{ label: value, url: 'https://example.com/b' }],
    context: [text(value)],
    notes: [value],
  });
}

/** Over every count and every length that a platform may have, made of one repeated piece. */
export function oversized(piece: string): Message {
  const long = piece.repeat(Math.ceil(60_000 / piece.length));
  const many = <T>(count: number, one: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => one(at));
  const deep = many(60, () => 0).reduce<Block>((inner) => ({ kind: 'quote', children: [inner] }), paragraph(long));
  return aMessage({
    title: long,
    url: `https://example.com/${'u'.repeat(1_900)}`,
    body: [
      paragraph(long),
      ...many(120, (at) => paragraph(`${at} ${piece.repeat(200)}`)),
      { kind: 'list', ordered: false, start: 1, items: many(300, () => [paragraph(piece.repeat(50))]) },
      { kind: 'table', header: many(40, () => [text(piece)]), rows: many(300, () => many(40, () => [text(piece)])) },
      { kind: 'code', text: long },
      deep,
    ],
    fields: many(60, (at) => ({ name: `${at} ${long.slice(0, 3_000)}`, value: [text(long.slice(0, 9_000))] })),
    buttons: many(60, (at) => ({ label: `${at} ${long.slice(0, 500)}`, url: `https://example.com/${at}` })),
    context: many(60, () => text(long.slice(0, 4_000))),
    notes: many(30, () => long.slice(0, 4_000)),
  });
}

const ADDRESS_KEYS = new Set(['url', 'href', 'image_url', 'icon_url', 'title_link', 'author_link', 'thumb_url']);

/** Whatever a client of the platform would open. */
function addressesIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return ADDRESS_KEYS.has(key) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([inner, child]) => addressesIn(child, inner));
}

/** Objects, lists and what names their kind, without their texts. */
function structureOf(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return key === 'type' || key === 'style' ? value : 'text';
  if (Array.isArray(value)) return value.map((child) => structureOf(child));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([inner, child]) => [inner, structureOf(child, inner)]));
}
