import type { Attempt, Delivery } from '../core/delivery.ts';
import { formatDuration } from '../core/duration.ts';
import { isOwn } from '../core/event.ts';
import type { Block } from '../core/message.ts';
import { clockTime, timeOfDay } from '../pipeline/clock-time.ts';
import { scopeText } from '../pipeline/scope-text.ts';
import { traceText } from './condition-text.ts';
import type { Asked } from './context.ts';
import type { Explanation } from './explanation.ts';
import { bullets, code, link, nameText, oneLine, paragraph, strong, type Words } from './words.ts';

const MOST_ROUTES = 10;
const MOST_DELIVERIES = 8;
const MOST_ATTEMPTS = 6;

/** The details under the answer, from what came in to what went out. */
export function explanationBlocks(explanation: Explanation, asked: Asked): readonly Block[] {
  const { event, deliveries, template } = explanation;
  return [
    paragraph(link(oneLine(event.title), event.url), ` (${event.severity}) `, code(event.id)),
    paragraph(strong('Hook: '), hookText(explanation, asked)),
    ...routeBlocks(explanation),
    ...(deliveries.length === 0 ? [] : [paragraph(strong('Deliveries')), deliveryList(explanation, asked)]),
    ...(template === undefined ? [] : [paragraph(strong('Template: '), code(template))]),
  ];
}

function hookText({ event, hook }: Explanation, asked: Asked): string {
  const from = hook === undefined || hook.from === event.source ? '' : ` from ${oneLine(hook.from, 60)}`;
  return `${event.source} ${oneLine(event.event, 80)}, ${clockTime(event.receivedAt, asked)}${from}`;
}

function routeBlocks({ routes, event }: Explanation): readonly Block[] {
  // Notices and tests go by no route.
  if (routes.length === 0 || isOwn(event)) return [];
  const telling = [
    ...routes.filter((one) => one.failed === undefined),
    ...routes.filter((one) => one.failed !== undefined),
  ];
  const lines = telling.slice(0, MOST_ROUTES).map((one): readonly Words[] => [strong(one.name), `: ${traceText(one)}`]);
  const rest = routes.length > MOST_ROUTES ? [[`and ${routes.length - MOST_ROUTES} more that do not match`]] : [];
  return [paragraph(strong('Routes today')), bullets([...lines, ...rest])];
}

function deliveryList(explanation: Explanation, asked: Asked): Block {
  const { deliveries, focus } = explanation;
  const ordered = [...deliveries].sort((a, b) => Number(b.id === focus?.id) - Number(a.id === focus?.id));
  const rest = deliveries.length - MOST_DELIVERIES;
  return {
    kind: 'list',
    ordered: false,
    start: 1,
    items: [
      ...ordered.slice(0, MOST_DELIVERIES).map((delivery) => deliveryItem(delivery, explanation, asked)),
      ...(rest > 0 ? [[paragraph(`and ${rest} more`)]] : []),
    ],
  };
}

function deliveryItem(delivery: Delivery, { attempts, mutes }: Explanation, asked: Asked): readonly Block[] {
  const mute = delivery.mute === undefined ? undefined : mutes.get(delivery.mute);
  const held =
    mute === undefined ? '' : `; mute #${mute.number} (${scopeText(mute.scope)}) by ${nameText(mute.by.name)}`;
  const how = delivery.replay ? 'replayed' : `by ${delivery.route}`;
  const tries = attempts.get(delivery.id) ?? [];
  const lines = tries.slice(-MOST_ATTEMPTS).map((attempt) => [attemptText(attempt, asked)]);
  const earlier = tries.length > MOST_ATTEMPTS ? [[`${tries.length - MOST_ATTEMPTS} earlier tries`]] : [];
  return [
    paragraph(strong(delivery.channel), `, ${how}: ${delivery.state}${held} `, code(delivery.id)),
    ...(lines.length === 0 ? [] : [bullets([...earlier, ...lines])]),
  ];
}

function attemptText({ at, outcome, status, reason, tookMs }: Attempt, asked: Asked): string {
  const code = status === undefined ? '' : ` ${status}`;
  const because = reason === undefined ? '' : `: ${oneLine(reason)}`;
  return `${timeOfDay(at, asked.zone, { seconds: true })} ${outcome}${code} after ${formatDuration(tookMs)}${because}`;
}
