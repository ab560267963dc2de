import { post } from './api.js';
import { confirm } from './confirm.js';
import { button, element, moment } from './element.js';
import { addressOf } from './place.js';
import { duration, outcomeText, retryWarning, stateMeans, stateSign } from './words.js';

const MOST_ATTEMPTS = 20;
/** Sooner than this is no delay that a person means. */
const LATE_SECONDS = 10;

/**
 * One delivery with every attempt; a dead or waiting one can be tried again, and `onRetried` then draws it anew. `note` says
 * what was just done to it, `mute` is what holds it back, or did.
 */
export function deliveryCard(delivery, { note, mute, onRetried }) {
  const { channel, platform, route, state, replay, lateBy, attempts } = delivery;
  const question = element('div', { class: 'question' });
  const retry = () =>
    confirm(question, {
      sentence: retryWarning(delivery),
      yes: `Retry ${channel}`,
      async act() {
        await post(`deliveries/${encodeURIComponent(delivery.id)}/retry`);
        await onRetried();
        return 'You had it tried again.';
      },
    });
  const by = replay ? `replayed by a person${route === 'replay' ? '' : `, by route ${route}`}` : `by route ${route}`;
  return element(
    'article',
    { class: 'card', 'data-tone': state, 'aria-label': `${channel}, ${state}` },
    element(
      'p',
      { class: 'first' },
      element('span', { class: `chip ${state}` }, `${stateSign(state)} ${state}`),
      element('b', { class: 'title' }, channel),
      element('span', { class: 'what' }, `on ${platform}, ${by}`),
    ),
    element('p', { class: 'what' }, stateSentence(delivery)),
    delivery.mute !== undefined && element('p', { class: 'what' }, ...muteSentence(delivery, mute)),
    lateBy >= LATE_SECONDS &&
      element('p', { class: 'what' }, `It was accepted ${duration(lateBy * 1_000)} after the hook came.`),
    note && element('p', { role: 'status' }, note),
    attempts.length > MOST_ATTEMPTS &&
      element('p', { class: 'what' }, `The last ${MOST_ATTEMPTS} of ${attempts.length} attempts:`),
    attempts.length > 0 && element('ol', { class: 'attempts' }, attempts.slice(-MOST_ATTEMPTS).map(attemptItem)),
    (state === 'dead' || (state === 'queued' && attempts.length > 0)) &&
      element('div', { class: 'actions' }, button(state === 'dead' ? 'Retry' : 'Retry now', retry)),
    question,
  );
}

/** Which mute it is or was; by its id alone when nothing more is known of it. */
function muteSentence({ state, mute: id }, mute) {
  const named = element('a', { href: addressOf({ view: 'mutes' }) }, mute === undefined ? id : mute.summary);
  return state === 'muted' ? ['The mute: ', named, '.'] : ['It was held back by ', named, ' first.'];
}

function stateSentence({ state, dueAt, attempts }) {
  if (state !== 'queued') return state === 'sent' ? undefined : `It ${stateMeans(state)}.`;
  if (attempts.length === 0) return 'It waits for its turn.';
  return ['It waits; the next try is at ', moment(dueAt), '.'];
}

const attemptItem = ({ at, outcome, status, reason, tookMs }) =>
  element(
    'li',
    { 'data-tone': outcome },
    moment(at),
    element('span', { class: 'outcome' }, outcomeText(outcome)),
    status !== null && element('span', { class: 'what' }, `status ${status}`),
    element('span', { class: 'what' }, `took ${duration(tookMs)}`),
    reason !== null && element('span', { class: 'reason' }, reason),
  );
