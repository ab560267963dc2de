import { get, post } from './api.js';
import { confirm } from './confirm.js';
import { button, element, moment, terms } from './element.js';
import { createList, listRow } from './list.js';
import { addressOf } from './place.js';
import { requestParts } from './request.js';
import { takenIn } from './words.js';

const MOST = 200;

/** Hooks that were turned away at the door, with why. The API keeps the newest and has no cursor. */
export function createRejectedView() {
  const list = createList({
    label: 'Refused hooks, newest first',
    empty: () => 'No hook was refused.',
    row: rejectedRow,
    load: async () => ({ items: await rejectedHooks(), next: undefined }),
  });
  return {
    element: element(
      'div',
      {},
      element(
        'p',
        { class: 'note' },
        'Requests that did not prove where they come from, or that Bellhop could not take.',
      ),
      list.element,
    ),
    refresh: list.refresh,
    mark: list.mark,
  };
}

async function rejectedHooks() {
  const { rejected } = await get('rejected', { limit: MOST });
  return rejected;
}

const rejectedRow = ({ id, at, source, from, code, reason }) =>
  listRow(
    { id, open: id, href: addressOf({ view: 'rejected', open: id }), tone: 'dead' },
    element(
      'span',
      { class: 'first' },
      element('span', { class: 'chip dead' }, code),
      element('span', { class: 'title' }, source),
      moment(at),
    ),
    element('span', { class: 'second' }, element('span', { class: 'what' }, `from ${from}`)),
    element('span', { class: 'reason' }, reason),
  );

/** One refused hook: why, and what it brought; when the config is mended it can be taken in after all. */
export function createRejectedDetail(id) {
  const content = element('div', { class: 'detail' });
  const question = element('div', { class: 'question' });
  let shown = false;

  const takeIn = ({ source }) =>
    confirm(question, {
      sentence: `Checks this request again, for the time it came, as ${source} is configured now. If it fits, it is taken in and its events go out; if not, nothing happens.`,
      yes: 'Take it in',
      act: async () => takenIn(await post(`rejected/${encodeURIComponent(id)}/replay`)),
    });

  return {
    element: content,
    async refresh() {
      if (shown) return;
      const hook = (await rejectedHooks()).find((each) => each.id === id);
      shown = true;
      if (hook === undefined) {
        content.append(element('p', { class: 'note' }, `The refused hook ${id} is no longer kept.`));
        return;
      }
      content.append(
        element('h2', { tabindex: '-1' }, `Refused: ${hook.code}`),
        element('p', {}, hook.reason),
        terms([
          ['Source', hook.source],
          ['Received', moment(hook.at)],
          ['From', hook.from],
          ['Id', element('code', {}, hook.id)],
        ]),
        element(
          'div',
          { class: 'actions' },
          button('Take it in', () => takeIn(hook)),
        ),
        question,
        ...requestParts(hook, `${hook.method} ${hook.url}`),
      );
    },
  };
}
