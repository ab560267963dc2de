import { get, readiness } from './api.js';
import { element, moment } from './element.js';
import { addressOf } from './place.js';
import { count, DELIVERY_STATES, size, stateMeans } from './words.js';

/** How Bellhop is: what is wrong, what waits, how much there is. */
export function createOverviewView() {
  const content = element('div', { class: 'overview' });
  let shown = '';
  return {
    element: content,
    async refresh() {
      const [stats, ready] = await Promise.all([get('stats'), readiness()]);
      const written = JSON.stringify([stats, ready]);
      if (written === shown) return;
      shown = written;
      const focused = content.contains(document.activeElement) && document.activeElement.getAttribute('href');
      content.replaceChildren(
        ...readyParts(ready),
        ...waitingParts(stats),
        ...statsParts(stats),
        ...sourceParts(stats),
      );
      if (focused) [...content.querySelectorAll('a')].find((link) => link.getAttribute('href') === focused)?.focus();
    },
    mark() {},
  };
}

const PARTS = {
  store: { name: 'Storage' },
  config: { name: 'Config', broken: 'The files have mistakes, so the previous config stays in force:' },
  overlay: { name: 'Mutes and chat routes', broken: 'Their file has mistakes, so what it said before stays in force:' },
  'slack-chat': { name: 'Slack commands' },
  'discord-chat': { name: 'Discord commands' },
  'teams-chat': { name: 'Teams commands' },
  templates: {
    name: 'Templates',
    good: 'good',
    broken: 'Some have mistakes; their events go out in the plain form:',
  },
};

function readyParts({ ok, parts }) {
  const items = Object.entries(parts).map(([name, { ok: fine, detail }]) => {
    const part = PARTS[name] ?? { name: name[0].toUpperCase() + name.slice(1) };
    const good = fine && (part.good === undefined || part.good === detail);
    return element(
      'li',
      { class: good ? 'matched' : 'missed' },
      element('span', { class: 'sign', 'aria-hidden': 'true' }, good ? '✓' : fine ? '!' : '✗'),
      element(
        'div',
        {},
        element('b', {}, part.name),
        good || part.broken === undefined
          ? `: ${detail}`
          : [
              `: ${part.broken}`,
              element(
                'ul',
                { class: 'problems' },
                detail.split('\n').map((line) => element('li', {}, line)),
              ),
            ],
      ),
    );
  });
  const verdict = ok ? 'Everything Bellhop needs is there.' : 'Something is broken.';
  return [
    element('h2', { tabindex: '-1' }, 'State'),
    element('p', {}, verdict),
    element('ul', { class: 'trace' }, items),
  ];
}

function waitingParts({ waiting, deliveries }) {
  const dead = deliveries.dead ?? 0;
  const rows = waiting.map(({ channel, count: number, oldest }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, channel),
      element('td', { class: 'number' }, number.toLocaleString()),
      element('td', {}, moment(oldest)),
    ),
  );
  return [
    element('h2', {}, 'Waiting'),
    rows.length === 0
      ? element('p', {}, 'Nothing waits to be sent.')
      : table(['Channel', 'Deliveries', 'The oldest since'], rows),
    dead > 0 &&
      element(
        'p',
        {},
        element(
          'a',
          { href: addressOf({ view: 'deliveries', state: 'dead' }) },
          `${count(dead, 'delivery', 'deliveries')} given up`,
        ),
        ': each waits for a person to retry it.',
      ),
  ].filter(Boolean);
}

function statsParts({ hooks, events, rejected, bytes, deliveries }) {
  const states = DELIVERY_STATES.filter((state) => (deliveries[state] ?? 0) > 0);
  const rows = states.map((state) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('a', { href: addressOf({ view: 'deliveries', state }) }, state)),
      element('td', { class: 'number' }, deliveries[state].toLocaleString()),
      element('td', { class: 'what' }, stateMeans(state)),
    ),
  );
  return [
    element('h2', {}, 'Stored'),
    element(
      'p',
      {},
      `${count(hooks, 'hook')}, ${count(events, 'event')}, `,
      element('a', { href: addressOf({ view: 'rejected' }) }, `${count(rejected, 'refused hook')}`),
      `; ${size(bytes)} on disk.`,
    ),
    rows.length > 0 && table(['Deliveries', 'Number', 'Each'], rows),
  ].filter(Boolean);
}

function sourceParts({ lastHooks }) {
  const rows = Object.entries(lastHooks)
    .sort(([, a], [, b]) => b.localeCompare(a))
    .map(([source, at]) => element('tr', {}, element('th', { scope: 'row' }, source), element('td', {}, moment(at))));
  return [
    element('h2', {}, 'Sources'),
    rows.length === 0 ? element('p', {}, 'No hook has come yet.') : table(['Source', 'Last hook'], rows),
  ];
}

const table = (heads, rows) =>
  element(
    'table',
    {},
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        heads.map((head) => element('th', { scope: 'col' }, head)),
      ),
    ),
    element('tbody', {}, rows),
  );
