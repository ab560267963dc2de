import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AuditEntry, AuditFilter, Store } from '../../src/core/store.ts';
import { NOON } from '../builders.ts';
import type { OpenedStore, OpenStore } from './contract.ts';
import { later } from './store-builders.ts';

const anEntry = (over: Partial<AuditEntry> = {}): AuditEntry => ({
  id: 'audit_1',
  at: NOON,
  by: { platform: 'slack', id: 'U1', name: 'Mona' },
  action: 'mute',
  subject: 'mute_1',
  channel: 'ops',
  detail: '#1 alerts in ops, for 2 h: deploy',
  ...over,
});

export function describeAudit(open: OpenStore): void {
  let opened: OpenedStore;
  let store: Store;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  describe('the audit log', () => {
    it('keeps every part of an entry, over a restart', async () => {
      const odd = "Robert'); DROP TABLE audit;-- \u0000 🛎";
      const said = anEntry({ by: { platform: 'teams', id: odd, name: odd }, detail: odd, at: later(-5) });
      const { channel: _, ...byApi } = anEntry({ id: 'audit_2', by: { platform: 'api', id: 'api', name: 'API' } });
      await store.audit(said);
      await store.audit(byApi);
      store = await opened.reopen();
      expect(await store.audits({ limit: 10 })).toStrictEqual([byApi, said]);
    });

    it('comes newest first, in the order of writing, and narrows', async () => {
      const entries = [
        anEntry({ id: 'audit_b' }),
        anEntry({ id: 'audit_c', action: 'unmute' }),
        anEntry({ id: 'audit_a', subject: 'mute_2' }),
        anEntry({ id: 'audit_d', action: 'replay', subject: 'evt_1' }),
      ];
      await Promise.all(entries.map((entry) => store.audit(entry)));
      const ids = async (filter: Partial<AuditFilter>) =>
        (await store.audits({ limit: 10, ...filter })).map(({ id }) => id.slice(6)).join('');
      expect(await ids({})).toBe('dacb');
      expect(await ids({ limit: 2 })).toBe('da');
      expect(await ids({ before: 'audit_a' })).toBe('cb');
      expect(await ids({ subject: 'mute_1' })).toBe('cb');
      expect(await ids({ action: 'mute' })).toBe('ab');
      expect(await ids({ action: 'mute', before: 'audit_a' })).toBe('b');
      expect(await ids({ action: 'mute', subject: 'mute_1' })).toBe('b');
      expect(await ids({ before: 'audit_unknown' })).toBe('');
    });

    it('never changes an entry', async () => {
      await store.audit(anEntry());
      await expect(store.audit(anEntry({ detail: 'nothing happened' }))).rejects.toThrow(/^The store refused a write/);
      expect(await store.audits({ limit: 10 })).toStrictEqual([anEntry()]);
    });
  });
}
