import type { Person } from '../../core/overlay.ts';
import type { AuditEntry } from '../../core/store.ts';
import type { ApiContext } from './api.ts';

/** Console, API and command line share the admin token: nobody can tell who of them it was. */
export const API_PERSON: Person = { platform: 'api', id: 'admin', name: 'API' };

/** Writes into the audit log what was just done. It is done: a log that cannot be written is told and undoes nothing. */
export async function note(
  { store, newId, clock, log }: Pick<ApiContext, 'store' | 'newId' | 'clock' | 'log'>,
  entry: Pick<AuditEntry, 'action' | 'subject' | 'detail'>,
): Promise<void> {
  await store
    .audit({ id: newId('audit'), at: clock.now(), by: API_PERSON, ...entry })
    .catch((error: unknown) => log.error('the audit log could not be written', { ...entry, error: String(error) }));
}
