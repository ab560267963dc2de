import { get } from './api.js';
import { element, moment } from './element.js';
import { choiceFilter, createList, listRow } from './list.js';
import { addressOf, go, place } from './place.js';
import { titlesOf } from './related.js';
import { DELIVERY_STATES, lastReason, stateMeans, stateSign, triesText } from './words.js';

/** What goes where, newest first; a row opens its event. */
export function createDeliveriesView() {
  const state = choiceFilter({ label: 'State', all: 'All states', choices: DELIVERY_STATES }, () =>
    go({ view: 'deliveries', state: state.value() }),
  );
  const channel = choiceFilter({ label: 'Channel', all: 'All channels' }, () => list.restart());
  let narrowedTo;
  const list = createList({
    label: 'Deliveries, newest first',
    empty: () => (narrowedTo || channel.value() ? 'No delivery fits this filter.' : 'Nothing has been delivered yet.'),
    row: deliveryRow,
    async load(before) {
      const { deliveries, next } = await get('deliveries', { state: narrowedTo, channel: channel.value(), before });
      channel.offer(deliveries.map((delivery) => delivery.channel));
      const titles = await titlesOf(deliveries);
      return { items: deliveries.map((delivery) => ({ ...delivery, title: titles.get(delivery.eventId) })), next };
    },
  });

  return {
    element: element(
      'div',
      {},
      element('div', { class: 'filters', role: 'search' }, state.element, channel.element),
      list.element,
    ),
    refresh() {
      const wanted = DELIVERY_STATES.find((known) => known === place().state);
      if (wanted !== narrowedTo) {
        narrowedTo = wanted;
        state.set(wanted ?? '');
        list.reset();
      }
      return list.refresh();
    },
    mark: list.mark,
  };
}

function deliveryRow(delivery) {
  const { id, eventId, title, channel, platform, route, state, dueAt, attempts, replay } = delivery;
  const reason = lastReason(delivery);
  const by = replay ? 'replayed by a person' : `by route ${route}`;
  return listRow(
    { id, open: eventId, href: addressOf({ view: 'deliveries', state: place().state, open: eventId }), tone: state },
    element(
      'span',
      { class: 'first' },
      element('span', { class: `chip ${state}`, title: stateMeans(state) }, `${stateSign(state)} ${state}`),
      element('span', { class: 'title' }, `${channel} `, element('span', { class: 'what' }, `on ${platform}`)),
      moment(attempts.at(-1)?.at ?? dueAt),
    ),
    element('span', { class: 'subject' }, title ?? eventId),
    element(
      'span',
      { class: 'second' },
      element('span', { class: 'what' }, `${by} · ${triesText(delivery)}`),
      state === 'queued' && attempts.length > 0 && element('span', { class: 'what' }, 'next try ', moment(dueAt)),
    ),
    reason && element('span', { class: 'reason' }, reason),
  );
}
