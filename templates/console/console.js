import { ApiFailure, forgetToken, get, keepToken, readiness, storedToken, takeTokenFromAddress } from './api.js';
import { createAuditView } from './audit-view.js';
import { createDeliveriesView } from './deliveries-view.js';
import { button, element } from './element.js';
import { createEventDetail } from './event-detail.js';
import { createEventsView } from './events-view.js';
import { createMutesView } from './mutes-view.js';
import { createOverviewView } from './overview-view.js';
import { addressOf, followLinks, go, place } from './place.js';
import { createRejectedDetail, createRejectedView } from './rejected-view.js';

const REFRESH_MS = 2_000;

const CREATE_VIEW = {
  events: createEventsView,
  deliveries: createDeliveriesView,
  rejected: createRejectedView,
  mutes: createMutesView,
  audit: createAuditView,
  overview: createOverviewView,
};

const at = (id) => document.getElementById(id);
let views = {};
let detail;
/** The id whose details are shown; null before the first look. */
let opened = null;
let paused = false;
let timer;
let shownHealth = '';

const tokenOf = takeTokenFromAddress();
if (tokenOf !== undefined) keepToken(tokenOf);
followLinks();
addEventListener('popstate', show);
addEventListener('bellhop:place', show);
addEventListener('bellhop:refresh', () => refresh());
// The printed line, pasted into a tab that shows the console already, loads no page.
addEventListener('hashchange', () => {
  const token = takeTokenFromAddress();
  if (token !== undefined) signIn(token);
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && !paused) refresh();
});
at('token-form').addEventListener('submit', (submit) => {
  submit.preventDefault();
  signIn(at('token').value.trim());
});
at('leave').addEventListener('click', () => askForToken(''));
at('pause').addEventListener('click', () => {
  paused = !paused;
  at('pause').textContent = paused ? 'Resume' : 'Pause';
  if (paused) tellPulse('Paused');
  else refresh();
});
if (storedToken() === undefined) askForToken('');
else enter();

/** Tries a token before the form goes away: a wrong one is told where it was typed. */
async function signIn(token) {
  keepToken(token);
  at('token-wrong').textContent = '';
  try {
    await get('stats');
    at('token').value = '';
    enter();
  } catch (error) {
    fail(error);
    if (error.status !== 401) at('token-wrong').textContent = error.message;
  }
}

function askForToken(why) {
  clearTimeout(timer);
  forgetToken();
  views = {};
  detail = undefined;
  opened = null;
  shownHealth = '';
  for (const id of ['views', 'live', 'panes', 'trouble']) at(id).hidden = true;
  at('list').replaceChildren();
  at('detail').replaceChildren();
  at('sign-in').hidden = false;
  at('token-wrong').textContent = why;
  at('token').focus();
}

function enter() {
  at('sign-in').hidden = true;
  for (const id of ['views', 'live', 'panes']) at(id).hidden = false;
  views = {};
  show();
}

/** Shows the place that the address names. */
function show() {
  if (storedToken() === undefined || at('panes').hidden) return;
  const { view, open } = place();
  views[view] ??= CREATE_VIEW[view]();
  const { element: list } = views[view];
  if (list.parentElement !== at('list')) at('list').replaceChildren(list);
  for (const link of at('views').children) {
    if (link.getAttribute('href') === addressOf({ view })) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const isNew = open !== opened;
  if (isNew) showDetail(open);
  at('panes').classList.toggle('with-detail', open !== undefined);
  at('panes').classList.toggle('alone', view === 'overview' || view === 'mutes');
  refresh().then(() => {
    if (isNew && open !== undefined && opened === open)
      at('detail').querySelector('h2')?.focus({ preventScroll: true });
  });
}

function showDetail(open) {
  opened = open;
  detail =
    open === undefined ? undefined : open.startsWith('hook_') ? createRejectedDetail(open) : createEventDetail(open);
  const { view, state } = place();
  const close = () => {
    go({ view, state });
    [...at('list').querySelectorAll('[data-open]')]
      .find((row) => row.dataset.open === open)
      ?.querySelector('a')
      ?.focus();
  };
  const back = element('div', { class: 'back' }, button('Close', close));
  const hint = element('p', { class: 'note' }, 'Choose a row to see what came in, where it went and why.');
  at('detail').replaceChildren(...(detail === undefined ? [hint] : [back, detail.element]));
  at('detail').scrollTo({ top: 0 });
}

/** Asks again for what is on the page, then waits for the next time. */
async function refresh() {
  clearTimeout(timer);
  const { view, open } = place();
  try {
    await Promise.all([views[view]?.refresh(), detail?.refresh().catch(tellMissing), checkHealth()]);
    views[view]?.mark(open);
    tellPulse(paused ? 'Paused' : 'Live');
  } catch (error) {
    fail(error);
  } finally {
    clearTimeout(timer);
    if (storedToken() !== undefined) timer = setTimeout(again, REFRESH_MS);
  }
}

function again() {
  if (!paused && !document.hidden) return refresh();
  timer = setTimeout(again, REFRESH_MS);
}

/** An event that was pruned is no trouble of the console. */
function tellMissing(error) {
  if (error.status !== 404 && error.status !== 400) throw error;
  detail.element.replaceChildren(element('p', { class: 'note' }, error.message));
  detail = undefined;
}

/** What is broken is told on every view. */
async function checkHealth() {
  const { ok, parts } = await readiness();
  const written = JSON.stringify(parts);
  if (written === shownHealth) return;
  shownHealth = written;
  const broken = Object.keys(parts).filter((name) => !parts[name].ok);
  const link = element('a', { href: addressOf({ view: 'overview' }) }, 'Overview');
  at('trouble').hidden = ok;
  at('trouble').replaceChildren(...(ok ? [] : [`Something is broken: ${broken.join(', ')}. `, link, ' says what.']));
}

function fail(error) {
  if (!(error instanceof ApiFailure)) throw error;
  if (error.status === 401) {
    askForToken('That is not the admin token of this Bellhop. Copy it again from the line that npm start prints.');
    return;
  }
  tellPulse(error.status === 0 ? 'Bellhop does not answer; asking again' : error.message, 'wrong');
}

function tellPulse(text, kind = paused ? 'paused' : 'good') {
  if (at('pulse').textContent !== text) at('pulse').textContent = text;
  at('pulse').dataset.kind = kind;
}
