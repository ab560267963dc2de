// Accepts and delivers without end, and says what was acknowledged: `crash.test.ts` kills it.
import { writeSync } from 'node:fs';
import { openSqliteStore } from '../../../src/store/sqlite/store.ts';
import { NOON, silentLog, testClock } from '../../builders.ts';
import { anAccepting, anAttempt, aPlannedDelivery, now } from '../store-builders.ts';

const [file = '', round = '0'] = process.argv.slice(2);
const store = await openSqliteStore({ file, clock: testClock(), log: silentLog });
let next = Number(round) * 100_000;

// Straight to the pipe: what is in a buffer of this process dies with it.
const say = (line: string) => writeSync(1, `${line}\n`);

async function acceptOn(): Promise<never> {
  for (;;) {
    const n = next++;
    const deliveries = ['ops', 'eng'].map((channel) => aPlannedDelivery({ id: `dlv_${n}_${channel}`, channel }));
    await store.accept(anAccepting(n, { dedupeKey: `k${n}`, deliveries, hook: { body: Buffer.alloc(7_000, 'x') } }));
    say(`accepted ${n}`);
  }
}

async function deliverOn(): Promise<never> {
  for (;;) {
    const taken = await store.take('ops', now);
    if (taken === undefined) await new Promise((done) => setImmediate(done));
    else {
      await store.settle(taken.delivery.id, [anAttempt({ at: NOON })], {
        state: 'sent',
        ref: { message: taken.delivery.id },
      });
      say(`sent ${taken.delivery.id}`);
    }
  }
}

await store.recover(NOON);
await Promise.all([...Array.from({ length: 8 }, acceptOn), deliverOn()]);
