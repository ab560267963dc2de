// Makes a hundred quick changes, again and again, and says which are on disk: `overlay-kill.test.ts` kills it.
import { writeSync } from 'node:fs';
import { openOverlay } from '../../src/store/overlay.ts';
import { testClock, testIds } from '../builders.ts';
import { addMute } from './overlay-builders.ts';

const [file = ''] = process.argv.slice(2);
const overlay = await openOverlay({ file, clock: testClock(), newId: testIds() });

async function change(): Promise<void> {
  const { nextNumber } = await overlay.update(({ mutes, ...rest }) => addMute()({ ...rest, mutes: mutes.slice(-99) }));
  // Straight to the pipe: what is in a buffer of this process dies with it.
  writeSync(1, `${nextNumber - 1}\n`);
}

for (;;) await Promise.all(Array.from({ length: 100 }, change));
