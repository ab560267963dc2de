import { z } from 'zod';
import { readJson } from '../document/json.ts';
import { id, list, number, record, text } from '../lenient.ts';

/** Sent by GET, the parts of the document are JSON in the query. */
const orJson = <Part extends z.ZodType>(part: Part) =>
  z.preprocess((value) => {
    const reading = typeof value === 'string' ? readJson(value) : undefined;
    return reading?.kind === 'document' ? reading.document : value;
  }, part);

/** What Uptime Kuma posts: https://github.com/louislam/uptime-kuma/blob/master/server/notification-providers/webhook.js */
export const notification = z.object({
  msg: text,
  heartbeat: orJson(
    record({
      /** 0 is down, 1 up, 2 pending, 3 maintenance. */
      status: number,
      msg: text,
      ping: number,
      /** In UTC, without saying so: `2026-11-21 11:58:02.000`. */
      time: text,
    }),
  ),
  monitor: orJson(
    record({
      id,
      name: text,
      url: text,
      hostname: text,
      port: id,
      tags: list(z.object({ name: text, value: text })),
    }),
  ),
});

export type Notification = z.infer<typeof notification>;
