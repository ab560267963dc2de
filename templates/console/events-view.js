import { get } from './api.js';
import { element, moment } from './element.js';
import { choiceFilter, createList, listRow, textFilter } from './list.js';
import { addressOf } from './place.js';
import { deliveriesOf } from './related.js';
import { stateMeans, stateSign } from './words.js';

/** What came in, newest first, each with where it went. */
export function createEventsView() {
  const source = choiceFilter({ label: 'Source', all: 'All sources' }, () => list.restart());
  const words = textFilter({ label: 'Title', placeholder: 'Words in the title' }, () => list.restart());
  const list = createList({
    label: 'Events, newest first',
    empty: () =>
      source.value() || words.value()
        ? 'No event fits this filter.'
        : ['Nothing has come in yet. Try ', element('code', {}, 'npx bellhop send github/push'), '.'],
    row: eventRow,
    async load(before) {
      const { events, next } = await get('events', { source: source.value(), q: words.value(), before });
      source.offer(events.map((event) => event.source));
      const deliveries = await deliveriesOf(events);
      return {
        items: events.map((event) => ({
          ...event,
          deliveries: event.deliveries.map((id) => stateOf(deliveries.get(id))),
        })),
        next,
      };
    },
  });
  // Sources whose events are further back than the first page.
  get('stats').then(
    ({ lastHooks }) => source.offer(Object.keys(lastHooks).sort()),
    () => {},
  );

  return {
    element: element(
      'div',
      {},
      element('div', { class: 'filters', role: 'search' }, source.element, words.element),
      list.element,
    ),
    refresh: list.refresh,
    mark: list.mark,
  };
}

function eventRow(event) {
  const { id, source, title, severity, receivedAt, deliveries } = event;
  return listRow(
    { id, open: id, href: addressOf({ view: 'events', open: id }), tone: severity },
    element(
      'span',
      { class: 'first' },
      severity === 'info' ? undefined : element('span', { class: `badge ${severity}` }, severity),
      element('span', { class: 'title' }, title),
      moment(receivedAt),
    ),
    element(
      'span',
      { class: 'second' },
      element('span', { class: 'what' }, `${source} · ${event.event}`),
      deliveries.length === 0
        ? element('span', { class: 'chip' }, 'no route took it')
        : latestPerChannel(deliveries).map(chip),
    ),
  );
}

/** An event that was replayed has several deliveries to a channel: the last one says how it stands. */
const latestPerChannel = (deliveries) => [
  ...new Map(deliveries.map((delivery) => [delivery?.channel, delivery])).values(),
];

/** Without the time it was asked for, which would make every row look changed. */
const stateOf = (known) => known && { channel: known.channel, state: known.state };

/** A delivery that nobody could tell is left to the details. */
function chip(delivery) {
  if (delivery === undefined) return element('span', { class: 'chip' }, 'see details');
  const { channel, state } = delivery;
  return element(
    'span',
    { class: `chip ${state}`, title: `${channel}: ${stateMeans(state)}` },
    `${stateSign(state)} ${channel}`,
    state === 'sent' ? element('span', { class: 'unseen' }, ' sent') : ` ${state}`,
  );
}
