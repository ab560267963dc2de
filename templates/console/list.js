import { button, element } from './element.js';

/**
 * A list, newest first, one page at a time. `load(before)` gives `{items, next}`, `row(item)` an element for one, with its
 * id in `data-id`, `empty()` what to say when there is none. A refresh asks for the same page again and touches only what changed.
 */
export function createList({ label, load, row, empty }) {
  const rows = element('ol', { class: 'rows', 'aria-label': label });
  const nothing = element('p', { class: 'note', hidden: true });
  const newest = button('Newest', () => turnTo(undefined));
  const older = button('Older', () => turnTo(next));
  const pager = element('div', { class: 'pager' }, newest, older);
  let made = new Map();
  let before;
  let next;
  let turn = 0;

  async function refresh() {
    const mine = ++turn;
    const page = await load(before);
    // A later question was asked meanwhile: its answer counts, whichever comes first.
    if (mine !== turn) return;
    next = page.next ?? undefined;
    show(page.items);
    nothing.hidden = page.items.length > 0;
    if (!nothing.hidden) nothing.replaceChildren(...[empty()].flat());
    newest.disabled = before === undefined;
    older.disabled = next === undefined;
    pager.hidden = newest.disabled && older.disabled;
  }

  function show(items) {
    const known = made;
    made = new Map();
    for (const item of items) {
      const written = JSON.stringify(item);
      const old = known.get(item.id);
      made.set(item.id, old?.written === written ? old : { written, element: row(item) });
    }
    const wanted = [...made.values()].map((entry) => entry.element);
    if (wanted.length === rows.children.length && wanted.every((entry, at) => entry === rows.children[at])) return;
    const focused = document.activeElement?.closest?.('[data-id]')?.dataset.id;
    const hadFocus = rows.contains(document.activeElement);
    rows.replaceChildren(...wanted);
    if (hadFocus) made.get(focused)?.element.querySelector('a')?.focus({ preventScroll: true });
  }

  function turnTo(cursor) {
    before = cursor;
    rows.closest('.list-pane')?.scrollTo({ top: 0 });
    dispatchEvent(new Event('bellhop:refresh'));
  }

  return {
    element: element('div', { class: 'list' }, rows, nothing, pager),
    refresh,
    /** Back to the newest, as after a filter was changed. */
    restart: () => turnTo(undefined),
    /** The same for whoever refreshes anyway. */
    reset() {
      before = undefined;
      made = new Map();
    },
    /** Marks the row whose details are open. */
    mark(id) {
      for (const each of rows.querySelectorAll('[data-id] > a')) {
        if (each.parentElement.dataset.open === id) each.setAttribute('aria-current', 'true');
        else each.removeAttribute('aria-current');
      }
    },
  };
}

/** A row: a link to the details, whatever it shows. */
export const listRow = ({ id, open, href, tone }, ...children) =>
  element('li', { 'data-id': id, 'data-open': open, 'data-tone': tone }, element('a', { href }, children));

/** A field to filter by; tells `onchange` when the reader has stopped typing. */
export function textFilter({ label, placeholder }, onchange) {
  let timer;
  const input = element('input', {
    type: 'search',
    placeholder,
    autocomplete: 'off',
    spellcheck: 'false',
    oninput() {
      clearTimeout(timer);
      timer = setTimeout(onchange, 250);
    },
  });
  return { element: element('label', {}, element('span', {}, label), input), value: () => input.value.trim() };
}

/** A choice to filter by; the first one is everything. `offer` adds what was not known at first. */
export function choiceFilter({ label, all, choices = [] }, onchange) {
  const select = element('select', { onchange }, element('option', { value: '' }, all));
  const known = new Set();
  const offer = (values) => {
    for (const value of values) {
      if (known.has(value)) continue;
      known.add(value);
      select.append(element('option', { value }, value));
    }
  };
  offer(choices);
  return {
    element: element('label', {}, element('span', {}, label), select),
    value: () => select.value,
    set: (value) => {
      select.value = value;
    },
    offer,
  };
}
