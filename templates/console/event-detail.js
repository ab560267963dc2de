import { get, post } from './api.js';
import { channelField, confirm } from './confirm.js';
import { deliveryCard } from './delivery-card.js';
import { button, element, moment, outLink, terms } from './element.js';
import { requestParts } from './request.js';
import { createTemplateMaker } from './template-maker.js';
import { isUnderWay, muteState, replayWarning, routesNote, routeVerdict } from './words.js';

/** One event: what it says, where it went and why, every attempt, and the request it came in. */
export function createEventDetail(id) {
  const question = element('div', { class: 'question' });
  const head = element('div');
  const went = element('div', { class: 'went' });
  const rest = element('div');
  const maker = { button: element('span'), element: element('div', { class: 'maker-place' }) };
  /** What was just done to a delivery, by its id. */
  const told = new Map();
  let event;

  async function load() {
    event = await get(`events/${encodeURIComponent(id)}`);
    if (maker.element.childElementCount === 0) showMaker();
    head.replaceChildren(...headParts(event));
    rest.replaceChildren(...routeParts(event), ...requestParts(event.request, requestLine(event)));
    showDeliveries();
  }

  /** While something is under way, only its deliveries are asked for again: the request may be large, and does not change. */
  async function follow() {
    // Whoever is being asked something must not lose the question.
    if (went.querySelector('form') !== null) return;
    const fresh = new Map();
    const open = event.deliveries.filter(isUnderWay).slice(0, 20);
    await Promise.all(open.map(async (each) => fresh.set(each.id, await get(`deliveries/${each.id}`))));
    const before = JSON.stringify(event.deliveries);
    event.deliveries = event.deliveries.map((each) => fresh.get(each.id) ?? each);
    if (JSON.stringify(event.deliveries) !== before) showDeliveries();
  }

  function showDeliveries() {
    const none = element('p', { class: 'note' }, 'It was sent nowhere.');
    const cards = event.deliveries.toReversed().map((delivery) =>
      deliveryCard(delivery, {
        note: told.get(delivery.id),
        mute: event.mutes.find(({ id: mute }) => mute === delivery.mute),
        async onRetried() {
          told.set(delivery.id, 'You had it tried again.');
          await load();
        },
      }),
    );
    went.replaceChildren(element('h3', {}, 'Deliveries'), ...(cards.length === 0 ? [none] : cards));
  }

  /** Bellhop’s own notices have templates of their own, and no payload that anybody sent. */
  function showMaker() {
    if (event.type === 'bellhop') return;
    const { opener, hint, element: opened } = createTemplateMaker(event);
    maker.button.replaceChildren(opener);
    maker.element.replaceChildren(...[hint, opened].filter(Boolean));
  }

  const replayAll = () =>
    confirm(question, { sentence: replayWarning(event), yes: 'Replay to all', act: () => replay({}) });

  async function replayOne() {
    const { deliveries } = await get('deliveries', { limit: 200 }).catch(() => ({ deliveries: [] }));
    const channels = [...new Set([...event.deliveries, ...deliveries].map(({ channel }) => channel))].sort();
    confirm(question, {
      sentence: 'Sends this event again, now, to one channel of the config, whatever the routes say.',
      yes: 'Replay to this channel',
      field: channelField(channels),
      act: (channel) => replay({ channel }),
    });
  }

  async function replay(body) {
    const { deliveries } = await post(`events/${encodeURIComponent(id)}/replay`, body);
    await load();
    if (deliveries.length === 0) return 'No route takes this event today, so nothing was sent.';
    return `On its way to ${deliveries.map(({ channel }) => channel).join(', ')}.`;
  }

  const actions = element(
    'div',
    { class: 'actions' },
    button('Replay to all', replayAll),
    button('Replay to one channel', replayOne),
    maker.button,
  );
  return {
    element: element('div', { class: 'detail' }, head, actions, question, maker.element, went, rest),
    refresh: () => (event === undefined ? load() : follow()),
  };
}

function headParts(event) {
  const { title, severity, state, key, url, labels, source, type, receivedAt, at, id, template } = event;
  const kind = severity === 'info' ? 'badge' : `badge ${severity}`;
  return [
    element('h2', { tabindex: '-1' }, title),
    element('p', { class: 'second' }, element('span', { class: kind }, severity), event.event),
    terms([
      ['Source', source === type ? source : `${source} (${type})`],
      ['Received', moment(receivedAt)],
      ['Happened', at === receivedAt ? undefined : moment(at)],
      ['State', state],
      ['Key', key],
      ['Template', element('code', {}, template)],
      ['Link', url === null ? undefined : outLink(url)],
      ['Labels', labelList(labels)],
      ['Id', element('code', {}, id)],
    ]),
  ];
}

function labelList(labels) {
  const entries = Object.entries(labels).flatMap(([name, value]) => [value].flat().map((each) => [name, each]));
  if (entries.length === 0) return undefined;
  return element(
    'ul',
    { class: 'labels' },
    entries.map(([name, value]) => element('li', {}, element('span', { class: 'what' }, `${name}: `), value)),
  );
}

function routeParts(event) {
  const note = routesNote(event);
  return [
    element('h3', {}, 'Routes'),
    note && element('p', { class: 'note' }, note),
    element(
      'ol',
      { class: 'trace' },
      event.trace.map((route) => {
        const { sign, verdict, reason } = routeVerdict(route);
        return element(
          'li',
          { class: route.matched ? 'matched' : 'missed' },
          element('span', { class: 'sign', 'aria-hidden': 'true' }, sign),
          element('span', {}, element('b', {}, route.name), ` ${verdict}: ${reason}.`),
        );
      }),
    ),
    ...muteParts(event.mutes),
  ].filter(Boolean);
}

function muteParts(mutes) {
  if (mutes.length === 0) return [];
  const list = mutes.map((mute) =>
    element('li', {}, mute.summary, ' ', element('span', { class: 'what' }, `by ${mute.who.name}, ${muteState(mute)}`)),
  );
  return [element('h3', {}, 'Mutes'), element('ul', {}, list)];
}

function requestLine({ source, request }) {
  const query = new URLSearchParams(request.query).toString();
  return `${request.method} /hooks/${source}${query === '' ? '' : `?${query}`} from ${request.from}`;
}
