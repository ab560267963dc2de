import { get, post } from './api.js';
import { confirm } from './confirm.js';
import { button, element, moment, terms } from './element.js';
import { createList, listRow } from './list.js';
import { addressOf } from './place.js';
import { requestParts } from './request.js';
import { size, takenIn } from './words.js';

const MOST = 100;

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
        'Requests that did not prove where they come from, that Bellhop could not take, or that it could not read.',
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

const rejectedRow = ({ id, at, source, from, code, reason, takenIn: became }) =>
  listRow(
    { id, open: id, href: addressOf({ view: 'rejected', open: id }), tone: became === undefined ? 'dead' : 'sent' },
    element(
      'span',
      { class: 'first' },
      element(
        'span',
        { class: became === undefined ? 'chip dead' : 'chip sent' },
        became === undefined ? code : 'taken in',
      ),
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

  async function load() {
    const hook = await get(`rejected/${encodeURIComponent(id)}`);
    shown = true;
    content.replaceChildren(...parts(hook));
  }

  const takeIn = ({ source }) =>
    confirm(question, {
      sentence: `Checks this request again, for the time it came, as ${source} is configured now. If it fits, it is taken in and its events go out; if not, nothing happens.`,
      yes: 'Take it in',
      async act() {
        const taken = takenIn(await post(`rejected/${encodeURIComponent(id)}/replay`));
        await load();
        return taken;
      },
    });

  const parts = (hook) => [
    element('h2', { tabindex: '-1' }, `Refused: ${hook.code}`),
    element('p', {}, hook.reason),
    terms([
      ['Source', hook.source],
      ['Received', moment(hook.at)],
      ['From', hook.from],
      ['Size', size(hook.bodyBytes)],
      ['Id', element('code', {}, hook.id)],
    ]),
    hook.whyNot === undefined
      ? element(
          'div',
          { class: 'actions' },
          button('Take it in', () => takeIn(hook)),
        )
      : element('p', { class: 'note' }, hook.whyNot),
    question,
    ...requestParts(hook, `${hook.method} ${hook.url}`),
  ];

  return {
    element: content,
    async refresh() {
      if (!shown) await load();
    },
  };
}
