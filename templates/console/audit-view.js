import { get } from './api.js';
import { element, moment } from './element.js';
import { createList, listRow } from './list.js';
import { addressOf } from './place.js';

const PAGE = 50;

/** Who changed what, by chat, console, API or command line. */
export function createAuditView() {
  const list = createList({
    label: 'Changes, newest first',
    empty: () => 'Nobody has changed anything yet.',
    row: auditRow,
    async load(before) {
      const { audit, next } = await get('audit', { before, limit: PAGE });
      return { items: audit, next };
    },
  });
  return {
    element: element(
      'div',
      {},
      element('p', { class: 'note' }, 'Mutes, routes, acknowledgements, replays and tests, with who did it and where.'),
      list.element,
    ),
    refresh: list.refresh,
    mark: list.mark,
  };
}

function auditRow({ id, at, by, action, subject, channel, detail }) {
  const parts = [
    element(
      'span',
      { class: 'first' },
      element('span', { class: 'chip' }, action.replaceAll('_', ' ')),
      element('span', { class: 'title' }, by.name),
      moment(at),
    ),
    element('span', { class: 'reason' }, detail),
    element(
      'span',
      { class: 'second' },
      element('span', { class: 'what' }, `${by.platform}:${by.id}${channel === null ? '' : ` in ${channel}`}`),
    ),
  ];
  if (!subject.startsWith('evt_')) return element('li', { 'data-id': id }, element('div', { class: 'row' }, parts));
  return listRow({ id, open: subject, href: addressOf({ view: 'audit', open: subject }) }, parts);
}
