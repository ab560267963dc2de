import type { Reply } from '../../core/chat.ts';
import { PLATFORM_NAMES } from '../../core/config.ts';
import type { Delivery } from '../../core/delivery.ts';
import { CommandError } from '../../core/errors.ts';
import { isOwn } from '../../core/event.ts';
import type { Block } from '../../core/message.ts';
import type { MuteScope } from '../../core/overlay.ts';
import type { MessagePlace } from '../../core/platform.ts';
import type { StoredEvent } from '../../core/store.ts';
import { clockTime } from '../../pipeline/clock-time.ts';
import { scopeText } from '../../pipeline/scope-text.ts';
import type { Command, WhyAbout } from '../command.ts';
import type { Asked, ChatContext, Run } from '../context.ts';
import { explain } from '../explanation.ts';
import { explanationBlocks } from '../explanation-blocks.ts';
import { patternOf } from '../mute-target.ts';
import { privately } from '../reply.ts';
import { bullets, code, counted, nameText, oneLine, paragraph, strong, type Words } from '../words.ts';

/** How far back events are searched for those that fit. */
const LOOKED_THROUGH = 500;
const MOST_EXPLAINED = 3;
/** Bellhop's own messages that may have come since. */
const MOST_OWN = 50;
const REFUSED_LOOKED_THROUGH = 100;

/** `why evt_…`, `why <link>`, `why this`, `why github pull_request.opened repo:acme/api` */
export const why: Run<Extract<Command, { readonly name: 'why' }>> = async ({ about }, asked, context) => {
  await asked.rights.need('ask');
  if (about.kind === 'match') return whyMatching(about, asked, context);
  const { stored, delivery } = await subjectOf(about, asked, context);
  const explanation = await explain(stored, { ...asked, ...(delivery !== undefined && { about: delivery }) }, context);
  return told(explanation.answer, explanationBlocks(explanation, asked), asked);
};

const told = (answer: string, body: readonly Block[], asked: Asked): Reply =>
  privately(asked, { title: oneLine(answer, 250), emoji: '🔎', body });

interface Subject {
  readonly stored: StoredEvent;
  readonly delivery?: Delivery;
}

async function subjectOf(
  about: Exclude<WhyAbout, { kind: 'match' }>,
  asked: Asked,
  context: ChatContext,
): Promise<Subject> {
  const { store } = context;
  if (about.kind === 'link') return ofMessage(linkedPlace(about.link, asked, context), context);
  if (about.kind === 'this') {
    if (asked.request.on !== undefined) return ofMessage(asked.request.on, context);
    const here = asked.here === undefined ? [] : await store.events({ channel: asked.here, limit: MOST_OWN });
    const newest = here.find(({ event }) => !isOwn(event));
    if (newest !== undefined) return { stored: newest };
    throw new CommandError(
      'Nothing says which message is meant: say it on one, or give its link or the id of its event.',
    );
  }
  const stored = await store.event(about.id);
  if (stored !== undefined) return { stored };
  const delivery = await store.delivery(about.id);
  const event = delivery && (await store.event(delivery.eventId));
  if (delivery !== undefined && event !== undefined) return { stored: event, delivery };
  throw new CommandError(
    `There is no event or delivery "${nameText(about.id)}", or it is older than what is kept. "recent" lists the newest with their ids.`,
  );
}

function linkedPlace(link: string, { request }: Asked, { linkedMessage }: ChatContext): MessagePlace {
  const url = URL.canParse(link) ? new URL(link) : undefined;
  // A link may lead to another platform than the one where it is asked.
  const platforms = [request.platform, ...PLATFORM_NAMES.filter((name) => name !== request.platform)];
  for (const platform of url === undefined ? [] : platforms) {
    const place = url && linkedMessage(platform, url);
    if (place !== undefined) return place;
  }
  throw new CommandError(
    'That is no link to a message in Slack, Discord or Teams; copy it from the menu of the message.',
  );
}

async function ofMessage(place: MessagePlace, { store }: ChatContext): Promise<Subject> {
  const delivery = await store.deliveryOf(place);
  const stored = delivery && (await store.event(delivery.eventId));
  if (delivery === undefined || stored === undefined)
    throw new CommandError(
      'Bellhop knows no event behind this message: it is somebody else’s, an answer to a command, or older than what is kept.',
    );
  return { stored, delivery };
}

async function whyMatching(
  about: Extract<WhyAbout, { kind: 'match' }>,
  asked: Asked,
  context: ChatContext,
): Promise<Reply> {
  const pattern = patternOf(about, asked, (source) => ({ name: 'why', about: { ...about, source } }));
  const scope: MuteScope = { ...pattern, ...(Object.keys(about.where).length > 0 && { where: about.where }) };
  const fits = context.scopeTest(scope);
  const newest = await context.store.events({
    ...(pattern.source !== undefined && { source: pattern.source }),
    limit: LOOKED_THROUGH,
  });
  const to = { channel: asked.here ?? '', route: '' };
  const found = newest.filter(({ event }) => fits(event, to)).slice(0, MOST_EXPLAINED);
  const explained = await Promise.all(found.map((stored) => explain(stored, asked, context)));
  const [first, ...others] = explained;
  if (first === undefined) return noneFits(scope, newest, { asked, context });
  const before = others.map(({ event, answer }): readonly Words[] => [
    `${clockTime(event.receivedAt, asked)} ${oneLine(event.title, 100)}: ${oneLine(answer)} `,
    code(event.id),
  ]);
  const body = [
    ...explanationBlocks(first, asked),
    ...(before.length === 0 ? [] : [paragraph(strong('Before it')), bullets(before)]),
  ];
  return told(first.answer, body, asked);
}

/** What came instead, and what was turned away at the door: that is often the answer. */
async function noneFits(
  scope: MuteScope,
  newest: readonly StoredEvent[],
  { asked, context }: { readonly asked: Asked; readonly context: ChatContext },
): Promise<Reply> {
  const { source } = scope;
  const refused = (await context.store.refused(REFUSED_LOOKED_THROUGH)).filter((hook) => hook.source === source);
  const last = refused[0];
  const { lastHooks } = await context.store.stats();
  const heard = source === undefined ? undefined : lastHooks[source];
  const instead = newest
    .slice(0, MOST_EXPLAINED)
    .map(({ event }): readonly Words[] => [
      `${clockTime(event.receivedAt, asked)} ${oneLine(event.event, 80)}: ${oneLine(event.title, 100)} `,
      code(event.id),
    ]);
  const answer =
    last !== undefined && (heard === undefined || last.at > heard)
      ? `Its hooks are refused: ${oneLine(last.reason)}`
      : newest.length === 0
        ? `Nothing of ${source ?? 'any source'} is kept`
        : `No ${scopeText(scope)} came among the last ${newest.length === 1 ? 'event' : `${newest.length} events`}`;
  return told(
    answer,
    [
      ...(source === undefined
        ? []
        : [
            paragraph(
              strong('Last hook: '),
              heard === undefined ? `never any from ${source}` : clockTime(heard, asked),
            ),
          ]),
      ...(last === undefined
        ? []
        : [
            paragraph(
              strong('Refused: '),
              `${counted(refused.length, 'hook')} of the newest, last ${clockTime(last.at, asked)} (${last.code}): ${oneLine(last.reason)}`,
            ),
          ]),
      ...(instead.length === 0 ? [] : [paragraph(strong('What came')), bullets(instead)]),
    ],
    asked,
  );
}
