import type { ChannelConfig } from '../../core/config.ts';
import type { Payload } from '../../core/platform.ts';
import { isRecord } from '../../core/record.ts';
import { safeWebUrl } from '../../core/url.ts';
import { IMPLIED, NEEDS_BOT, POSITIONS, type Position, type Rule, SHAPES } from './card-shapes.ts';
import { ACTIVITY_BYTES, CARD_BYTES, CARD_TYPE, CARD_VERSION } from './limits.ts';

/**
 * What Teams would refuse this activity for, each a JSON pointer and a sentence; empty when it is good. Looks at types,
 * required properties, fixed words, addresses and size; properties it does not know pass, as they do in Teams.
 */
export function checkActivity(payload: Payload, channel: ChannelConfig): readonly string[] {
  const problems: string[] = [];
  const checking: Checking = { problems, bot: channel.webhookUrl === undefined };
  const bytes = jsonBytes(payload);
  if (bytes === undefined) return ['/: is no JSON, or nests too deep'];
  if (bytes > ACTIVITY_BYTES) problems.push(`/: ${bytes} bytes, at most ${ACTIVITY_BYTES}`);
  if (payload.type !== 'message') problems.push('/type: must be "message"');
  const { attachments, summary } = payload;
  if (summary !== undefined && typeof summary !== 'string') problems.push('/summary: must be a string');
  if (!Array.isArray(attachments) || attachments.length === 0) return [...problems, '/attachments: needs one card'];
  for (const [at, attachment] of attachments.entries()) checkAttachment(attachment, `/attachments/${at}`, checking);
  return problems.slice(0, MAX_PROBLEMS);
}

const MAX_PROBLEMS = 20;
const MAX_DEPTH = 40;

interface Checking {
  readonly problems: string[];
  /** A bot posts it, not a Workflows address. */
  readonly bot: boolean;
}

function checkAttachment(attachment: unknown, at: string, checking: Checking): void {
  const { problems } = checking;
  if (!isRecord(attachment)) return void problems.push(`${at}: must be an object`);
  if (attachment.contentType !== CARD_TYPE) problems.push(`${at}/contentType: must be "${CARD_TYPE}"`);
  const card = attachment.content;
  const pointer = `${at}/content`;
  if (!isRecord(card)) return void problems.push(`${pointer}: must be an Adaptive Card`);
  const bytes = jsonBytes(card) ?? 0;
  if (bytes > CARD_BYTES) problems.push(`${pointer}: ${bytes} bytes, at most ${CARD_BYTES}`);
  if (card.type !== 'AdaptiveCard') problems.push(`${pointer}/type: must be "AdaptiveCard"`);
  if (typeof card.version !== 'string' || !/^1\.[0-5]$/.test(card.version))
    problems.push(`${pointer}/version: must be "${CARD_VERSION}" or older`);
  checkRule(card.body, { list: 'elements' }, { at: `${pointer}/body`, depth: 0, checking });
  if (Array.isArray(card.body) && card.body.length === 0) problems.push(`${pointer}/body: needs an element`);
  const top: readonly (readonly [string, Rule])[] = [
    ['actions', { list: 'actions' }],
    ['selectAction', { one: 'select' }],
  ];
  for (const [key, rule] of top)
    if (card[key] !== undefined) checkRule(card[key], rule, { at: `${pointer}/${key}`, depth: 0, checking });
  if (card.msteams !== undefined) checkMsteams(card.msteams, `${pointer}/msteams`, problems);
}

function checkMsteams(msteams: unknown, at: string, problems: string[]): void {
  if (!isRecord(msteams)) return void problems.push(`${at}: must be an object`);
  const { width, entities } = msteams;
  if (width !== undefined && !/^full$/i.test(String(width))) problems.push(`${at}/width: must be "Full"`);
  if (entities === undefined) return;
  if (!Array.isArray(entities)) return void problems.push(`${at}/entities: must be a list`);
  entities.forEach((entity: unknown, index) => {
    const named = isRecord(entity) && isRecord(entity.mentioned) && isText(entity.mentioned.id);
    if (named && isText(entity.text) && /^<at>.+<\/at>$/s.test(entity.text)) return;
    problems.push(`${at}/entities/${index}: needs text "<at>Name</at>" and mentioned.id`);
  });
}

interface Spot {
  readonly at: string;
  readonly depth: number;
  readonly checking: Checking;
}

function checkRule(value: unknown, rule: Rule, spot: Spot): void {
  const { at, depth, checking } = spot;
  const { problems } = checking;
  if (problems.length >= MAX_PROBLEMS) return;
  if (typeof rule === 'string') {
    if (!SCALARS[rule].fits(value)) problems.push(`${at}: must be ${SCALARS[rule].means}`);
    return;
  }
  if (isWords(rule)) {
    if (typeof value !== 'string' || !rule.some((word) => word.toLowerCase() === value.toLowerCase()))
      problems.push(`${at}: must be one of ${rule.join(', ')}`);
    return;
  }
  if ('one' in rule) {
    checkElement(value, rule.one, spot);
    return;
  }
  if (!Array.isArray(value)) return void problems.push(`${at}: must be a list`);
  value.forEach((item: unknown, index) => {
    if (rule.list === 'inlines' && isText(item)) return;
    checkElement(item, rule.list, { at: `${at}/${index}`, depth: depth + 1, checking });
  });
}

function checkElement(value: unknown, position: Position, { at, depth, checking }: Spot): void {
  const { problems, bot } = checking;
  if (problems.length >= MAX_PROBLEMS) return;
  if (depth > MAX_DEPTH) return void problems.push(`${at}: nests too deep`);
  if (!isRecord(value)) return void problems.push(`${at}: must be an object`);
  const type = value.type ?? IMPLIED[position];
  const shape = typeof type === 'string' && POSITIONS[position].includes(type) ? SHAPES.get(type) : undefined;
  if (typeof type !== 'string' || shape === undefined)
    return void problems.push(`${at}/type: must be one of ${POSITIONS[position].join(', ')}`);
  if (!bot && NEEDS_BOT.has(type)) problems.push(`${at}/type: ${type} needs a bot, a Workflows address has none`);
  const rules = [
    ...Object.entries(shape.required).map(([key, rule]) => ({ key, rule, required: true })),
    ...Object.entries(shape.optional).map(([key, rule]) => ({ key, rule, required: false })),
  ];
  for (const { key, rule, required } of rules) {
    const held = Object.hasOwn(value, key) ? value[key] : undefined;
    if (held === undefined && required) problems.push(`${at}/${key}: is missing`);
    if (held !== undefined) checkRule(held, rule, { at: `${at}/${key}`, depth, checking });
  }
}

const SCALARS: Readonly<
  Record<Extract<Rule, string>, { readonly fits: (value: unknown) => boolean; readonly means: string }>
> = {
  text: { fits: isText, means: 'a text that is not empty' },
  string: { fits: (value) => typeof value === 'string', means: 'a string' },
  boolean: { fits: (value) => typeof value === 'boolean', means: 'true or false' },
  number: { fits: (value) => typeof value === 'number', means: 'a number' },
  link: { fits: (value) => isText(value) && safeWebUrl(value) !== undefined, means: 'an http or https address' },
  image: { fits: (value) => isText(value) && /^(https:\/\/|data:image\/)/i.test(value), means: 'an https address' },
  any: { fits: () => true, means: 'anything' },
};

const isWords = (rule: Rule): rule is readonly string[] => Array.isArray(rule);

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function jsonBytes(value: unknown): number | undefined {
  try {
    return Buffer.byteLength(JSON.stringify(value) ?? '');
  } catch {
    return undefined;
  }
}
