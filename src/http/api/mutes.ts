import { Router } from 'express';
import { z } from 'zod';
import { ApiError } from '../../core/errors.ts';
import type { Mute } from '../../core/overlay.ts';
import type { Held } from '../../core/store.ts';
import type { MuteOrder, MuteUntil } from '../../pipeline/mutes.ts';
import type { ApiContext } from './api.ts';
import { body, durationText, whereBody, words } from './body.ts';
import { API_PERSON } from './note.ts';
import { muteView } from './overlay-views.ts';
import { given } from './parameters.ts';
import { refusedAs } from './refused-as.ts';

const muteBody = body({
  source: words('the name of a source').exactOptional(),
  event: words('an event, as in "pull_request.*"').exactOptional(),
  route: words('the name of a route').exactOptional(),
  key: words('what it is about over time, as in "pr:acme/api#12"', 500).exactOptional(),
  where: whereBody().exactOptional(),
  channel: words('the name of a channel').exactOptional(),
  everywhere: z.literal(true, { error: 'is not true; leave it out, or name a channel' }).exactOptional(),
  for: durationText().exactOptional(),
  until: words('a time, "HH:MM", "resolved" or "forever"').exactOptional(),
  because: words('a reason', 500).exactOptional(),
});

type MuteBody = z.output<typeof muteBody>;

/** `/api/mutes`: what is held back, and why. The token's holder may do all of it. */
export function mutesRouter(context: ApiContext): Router {
  const { mutes, runtime } = context;
  const router = Router();

  router.get('/mutes', async (_req, res) => {
    const listed = await mutes.list();
    res.json({ mutes: listed.map(({ mute, held }) => ({ ...muteView(mute), held })) });
  });

  router.post('/mutes', async (req, res) => {
    const asked = muteBody.parse(req.body ?? {});
    const { mute, wouldHide } = await mutes.add(orderOf(asked)).catch(refusedAs('bad_request'));
    res.status(201).json({ ...muteView(mute), held: 0, wouldHide });
  });

  router.delete('/mutes/:id', async (req, res) => {
    const { id } = await findMute(req.params.id);
    const { mute, held } = await mutes.end(id, API_PERSON).catch(refusedAs('conflict'));
    res.json({ ended: true, id: mute.id, number: mute.number, ...heldView(held) });
  });

  router.post('/mutes/:id/post', async (req, res) => {
    const { id } = await findMute(req.params.id);
    const { count } = await mutes.post(id, API_PERSON).catch(refusedAs('conflict'));
    res.json({ posted: count });
  });

  return router;

  /** By its id or its number; one that ended is still known for a while. */
  async function findMute(written: string): Promise<Mute> {
    const number = /^#?(\d{1,15})$/.exec(written)?.[1];
    const listed = (await mutes.list()).map(({ mute }) => mute);
    const found =
      number === undefined ? await mutes.find(written) : listed.find((mute) => mute.number === Number(number));
    if (found !== undefined) return found;
    const known = listed.map((mute) => `#${mute.number}`).join(', ');
    throw new ApiError(
      'not_found',
      `There is no mute ${written}; ${known === '' ? 'none is in force' : `in force: ${known}`}.`,
    );
  }

  function orderOf(asked: MuteBody): MuteOrder {
    const { source, event, route, key, where, channel, everywhere, because } = asked;
    if ((channel === undefined) === (everywhere === undefined)) {
      const names = [...runtime().channels.keys()].join(', ') || 'none';
      throw new ApiError(
        'bad_request',
        `The body has ${channel === undefined ? 'neither "channel" nor "everywhere"' : 'both "channel" and "everywhere"'}; name the channel to mute in (${names}), or say "everywhere": true.`,
      );
    }
    return {
      scope: given({ channel, source, event, route, key, where }),
      by: API_PERSON,
      atMostMs: Number.POSITIVE_INFINITY,
      ...given({ until: endOf(asked), why: because }),
    };
  }

  function endOf({ for: forMs, until }: MuteBody): MuteUntil | undefined {
    if (forMs !== undefined && until !== undefined)
      throw new ApiError('bad_request', 'The body has both "for" and "until"; a mute has one end.');
    if (forMs !== undefined) return { kind: 'for', ms: forMs };
    if (until === undefined) return undefined;
    if (until === 'resolved' || until === 'forever') return { kind: until };
    // With its zone it is one moment, wherever the config is.
    const moment = /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/i.test(until) ? Date.parse(until) : Number.NaN;
    return Number.isNaN(moment) ? context.endOf(until) : { kind: 'at', at: new Date(moment) };
  }
}

const heldView = ({ count, posted, groups, open, openCount }: Held) => ({
  held: count,
  posted,
  groups,
  open: open.map(({ id, title, severity, url }) => ({ id, title, severity, url: url ?? null })),
  openCount,
});
