import { get } from './api.js';

/**
 * The API names an event's deliveries, and a delivery's event, by id alone. A page of the other kind tells most of them in
 * one call; the few it does not (old ones that were replayed, a filter that fits rarely) are asked for one by one, once.
 */
const MOST_SINGLES = 24;
const MOST_KEPT = 5_000;
/** A delivery that may still change is asked for again after this time. */
const FRESH_MS = 20_000;

const keptDeliveries = new Map();
const keptTitles = new Map();

/** Channel and state of the deliveries of a page of events, by id. */
export async function deliveriesOf(events) {
  const ids = events.flatMap((event) => event.deliveries);
  if (ids.length === 0) return new Map();
  const { deliveries } = await get('deliveries', pageAround(ids));
  for (const each of deliveries) keepDelivery(each);
  await eachMissing(ids, isKnownDelivery, async (id) =>
    keepDelivery(await get(`deliveries/${encodeURIComponent(id)}`)),
  );
  return keptDeliveries;
}

/** Titles of the events of a page of deliveries, by event id. */
export async function titlesOf(deliveries) {
  const ids = [...new Set(deliveries.map((delivery) => delivery.eventId))];
  const isKnown = (id) => keptTitles.has(id);
  if (ids.every(isKnown)) return keptTitles;
  const { events } = await get('events', pageAround(ids));
  for (const { id, title } of events) keep(keptTitles, id, title);
  await eachMissing(ids, isKnown, async (id) =>
    keep(keptTitles, id, (await get(`events/${encodeURIComponent(id)}`)).title),
  );
  return keptTitles;
}

/** Ids sort by time and `~` comes after all of them: the newest one bounds the page. */
const pageAround = (ids) => ({ before: `${[...ids].sort().at(-1)}~`, limit: Math.min(500, ids.length * 2) });

async function eachMissing(ids, isKnown, ask) {
  const missing = ids.filter((id) => !isKnown(id)).slice(0, MOST_SINGLES);
  // What was pruned meanwhile stays unknown.
  await Promise.all(missing.map((id) => ask(id).catch(() => {})));
}

function isKnownDelivery(id) {
  const known = keptDeliveries.get(id);
  return known !== undefined && (known.state === 'sent' || performance.now() - known.at < FRESH_MS);
}

const keepDelivery = ({ id, channel, state }) => keep(keptDeliveries, id, { channel, state, at: performance.now() });

function keep(kept, id, value) {
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(id, value);
}
