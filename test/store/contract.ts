import { describe } from 'vitest';
import type { Store } from '../../src/core/store.ts';
import { describeAccepting } from './contract-accept.ts';
import { describeAudit } from './contract-audit.ts';
import { describeLanes } from './contract-lanes.ts';
import { describeLife } from './contract-life.ts';
import { describeMuting } from './contract-mutes.ts';
import { describeQueries } from './contract-queries.ts';

export interface OpenedStore {
  readonly store: Store;
  /** Closes the store and opens it again over the same data. */
  reopen(): Promise<Store>;
  close(): Promise<void>;
}

/** An empty store whose clock stands at NOON. */
export type OpenStore = () => Promise<OpenedStore>;

/** What every store must do, whatever it is made of. */
export function describeStore(name: string, open: OpenStore): void {
  describe(name, () => {
    describeAccepting(open);
    describeMuting(open);
    describeLanes(open);
    describeQueries(open);
    describeAudit(open);
    describeLife(open);
  });
}
