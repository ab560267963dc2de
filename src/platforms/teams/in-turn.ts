/** Runs what is asked for the same key one after the other, in the order it was asked; what fails does not stop the rest. */
export type InTurn = <T>(key: string, run: () => Promise<T>) => Promise<T>;

/** Teams answers 412 to concurrent calls on one conversation, and order is what a channel is read in. */
export function createTurns(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, run) => {
    const before = last.get(key);
    const mine = before === undefined ? run() : before.then(run, run);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
