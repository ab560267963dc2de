/** What the API's data means, as sentences. Knows no page. */

const MOST_FOUND = 200;

/** How a route looked at an event: a sign, and the reason in words. */
export function routeVerdict({ matched, skipped, failed }) {
  if (matched) return { sign: '✓', verdict: 'matched', reason: 'every condition holds' };
  if (skipped !== undefined) return { sign: '–', verdict: 'skipped', reason: `its conditions hold, but ${skipped}` };
  return { sign: '✗', verdict: 'did not match', reason: failed === undefined ? 'a condition fails' : failure(failed) };
}

function failure({ path, expected, found }) {
  const where = path.replace(/^match\./, '');
  if (expected === 'not to hold') return `${where} holds, and it must not`;
  return `${where} wants ${expected}; found ${found === undefined ? 'nothing' : shown(found)}`;
}

function shown(found) {
  const text = JSON.stringify(found);
  return text.length > MOST_FOUND ? `${text.slice(0, MOST_FOUND)}…` : text;
}

/** Why an event went nowhere, or why the list of routes does not explain where it went; undefined when there is nothing to say. */
export function routesNote({ type, trace, routes, deliveries }) {
  if (type === 'bellhop')
    return deliveries.some(({ route }) => route === 'operators')
      ? 'This is Bellhop’s own notice: it goes to the channels under "operators", not by routes.'
      : 'This is Bellhop’s own notice: it goes to the channels that it is about, not by routes.';
  const matching = new Set(trace.filter(({ matched }) => matched).map(({ name }) => name));
  const planned = deliveries.filter(({ replay }) => !replay).map(({ route }) => route);
  const gone = [...new Set(planned)].filter((route) => !matching.has(route));
  if (gone.length > 0) {
    return `It went out by ${gone.map((route) => `"${route}"`).join(', ')}; the routes have changed since, and below is what today’s say.`;
  }
  if (routes.length === 0 && matching.size > 0) return 'No route took it when it came; by today’s routes one would.';
  if (routes.length === 0) return 'No route takes this event, so it was stored and sent nowhere.';
  return undefined;
}

const STATES = {
  queued: { sign: '…', means: 'waits for its next try' },
  sending: { sign: '→', means: 'is being sent' },
  sent: { sign: '✓', means: 'arrived' },
  muted: { sign: '–', means: 'is held back by a mute' },
  held: { sign: '–', means: 'is held back' },
  collapsed: { sign: '≡', means: 'was folded into a digest' },
  dead: { sign: '✗', means: 'was given up; it is sent again only when a person asks' },
};

export const DELIVERY_STATES = Object.keys(STATES);

export const stateSign = (state) => STATES[state]?.sign ?? '?';
export const stateMeans = (state) => STATES[state]?.means ?? state;

/** It is still going to change by itself. */
export const isUnderWay = ({ state }) => state === 'queued' || state === 'sending';

const OUTCOMES = {
  sent: 'sent',
  retry: 'failed, to be tried again',
  ambiguous: 'may or may not have arrived',
  dead: 'refused for good',
};

export const outcomeText = (outcome) => OUTCOMES[outcome] ?? outcome;

/** The last try that did not work, where it is still the last word. */
export function lastReason({ state, attempts }) {
  return state === 'sent' ? undefined : (attempts.at(-1)?.reason ?? undefined);
}

/** How often a delivery was tried; what is held back does not wait for a try. */
export function triesText({ state, attempts }) {
  if (attempts.length > 0) return count(attempts.length, 'attempt');
  return state === 'muted' ? stateMeans(state) : 'not tried yet';
}

/** Whether its message is made for nobody in particular: a template of its own would say more. */
export const goesByDefault = ({ template }) => template === 'plain' || /(^|\/)default\.mustache$/.test(template);

/** What a replay will do, before it is done. */
export function replayWarning({ type, trace, deliveries }) {
  const matching = trace.filter(({ matched }) => matched).map(({ name }) => `"${name}"`);
  const again = deliveries.some(({ state }) => state === 'sent')
    ? ' Who has seen it already sees it a second time.'
    : '';
  if (type === 'bellhop' || matching.length === 0) {
    return `By today’s routes nobody takes this event, so nothing would be sent; "Replay to one channel" sends it anyway.`;
  }
  return `Sends this event again, now, to every channel of ${matching.length === 1 ? 'the route' : 'the routes'} ${matching.join(', ')}.${again}`;
}

/** What a retry will do, before it is done. */
export function retryWarning({ channel, platform, attempts }) {
  const last = attempts.at(-1);
  const why = last?.reason ? ` The last try ended with: ${last.reason}` : '';
  const twice = attempts.some(({ outcome }) => outcome === 'ambiguous')
    ? ' One try may have arrived after all; then the message is there twice.'
    : '';
  return `Sends this delivery to ${channel} on ${platform} again, now, as its next try.${why}${twice}`;
}

/** The sources that can be muted, of those that were heard: Bellhop's own notices never are. */
export const sourcesToMute = (lastHooks) => Object.keys(lastHooks).filter((name) => name !== 'bellhop');

/** Whether a mute still holds anything back, and how it ended. */
export function muteState({ ended, untilResolved }) {
  if (ended === undefined) return untilResolved ? 'in force until it is resolved' : 'in force';
  if (ended.reason === 'resolved') return 'ended when it was resolved';
  return ended.who === null ? 'over' : `ended by ${ended.who.name}`;
}

/** What a mute would have hidden, right after it was made. */
export function wouldHideText({ count: hidden, bySeverity, atLeast }) {
  if (hidden === 0) return 'In the last 24 hours it would have hidden nothing.';
  const parts = Object.entries(bySeverity).map(([severity, number]) => `${number} ${severity}`);
  return `In the last 24 hours it would have hidden ${atLeast ? 'at least ' : ''}${count(hidden, 'message')}: ${parts.join(', ')}.`;
}

/** What a mute held back, right after it ended. */
export function heldText({ number, held, groups, openCount }) {
  if (held === 0) return `#${number} has ended; it held nothing back.`;
  const parts = groups.map(({ source, severity, count: of }) => `${of} ${severity} of ${source}`);
  const open = openCount === 0 ? '' : ` Still open: ${openCount}.`;
  return `#${number} has ended; it held back ${held}: ${parts.join(', ')}.${open}`;
}

/** `env:prod author:-bot` as the API takes it; undefined when it is no list of conditions. */
export function readWhere(text) {
  const where = {};
  for (const word of text.split(/\s+/).filter((each) => each !== '')) {
    const [, key, minus, value] = /^([^:]+):(-?)([^-].*)$/.exec(word) ?? [];
    if (value === undefined) return undefined;
    where[key] = [...(Object.hasOwn(where, key) ? where[key] : []), minus === '' ? value : `!${value}`];
  }
  return where;
}

/** What came of taking a refused hook in after all. */
export function takenIn({ status, events }) {
  if (status === 'accepted') return `It was taken in: ${count(events, 'event')}.`;
  if (status === 'duplicate') return 'It fits now, and its events were here already: nothing was sent.';
  return `It fits now, but it was ${status}: it holds no event.`;
}

export function duration(ms) {
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.round(hours / 24)} days`;
}

export function size(bytes) {
  if (bytes < 1_024) return `${bytes} B`;
  if (bytes < 1_024 * 1_024) return `${Math.round(bytes / 1_024)} KB`;
  return `${(bytes / 1_024 / 1_024).toFixed(1)} MB`;
}

export const count = (number, noun, nouns = `${noun}s`) => `${number.toLocaleString()} ${number === 1 ? noun : nouns}`;
