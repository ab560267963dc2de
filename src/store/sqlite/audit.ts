import type { Database } from 'better-sqlite3';
import type { Person } from '../../core/overlay.ts';
import type { AuditAction, AuditEntry, AuditFilter } from '../../core/store.ts';

export interface AuditStatements {
  /** Encodes at once; the returned job does the writing. */
  audit(entry: AuditEntry): () => void;
  audits(filter: AuditFilter): readonly AuditEntry[];
}

interface AuditRow {
  readonly id: string;
  readonly at: number;
  readonly by_platform: Person['platform'];
  readonly by_id: string;
  readonly by_name: string;
  readonly action: AuditAction;
  readonly subject: string;
  readonly channel: string | null;
  readonly detail: string;
  readonly kept: string | null;
}

/** Who changed what. Kept for good: it grows with what people do, not with traffic. */
export function createAudit(db: Database): AuditStatements {
  const insert = db.prepare(
    `INSERT INTO audit (id, at, by_platform, by_id, by_name, action, subject, channel, detail, kept)
     VALUES (@id, @at, @platform, @personId, @name, @action, @subject, @channel, @detail, @kept)`,
  );

  return {
    audit({ id, at, by, action, subject, channel = null, detail, kept = null }) {
      const person = { platform: by.platform, personId: by.id, name: by.name };
      const row = { ...person, id, at: at.getTime(), action, subject, channel, detail, kept };
      return () => {
        insert.run(row);
      };
    },

    audits(filter) {
      const { subject, action, before, limit } = filter;
      const rows = db.prepare<Record<string, unknown>, AuditRow>(auditsSql(filter));
      return rows.all({ subject, action, before, limit }).map(toEntry);
    },
  };
}

/** In the order in which they were written: ids of one millisecond have none. */
export function auditsSql({ subject, action, before }: AuditFilter): string {
  const conditions = ['TRUE'];
  if (subject !== undefined) conditions.push('subject = @subject');
  // The + keeps SQLite from the other index: a subject has a few entries, an action many.
  if (action !== undefined) conditions.push(`${subject === undefined ? '' : '+'}action = @action`);
  if (before !== undefined) conditions.push('seq < (SELECT seq FROM audit WHERE id = @before)');
  return `SELECT * FROM audit WHERE ${conditions.join(' AND ')} ORDER BY seq DESC LIMIT @limit`;
}

const toEntry = (row: AuditRow): AuditEntry => ({
  id: row.id,
  at: new Date(row.at),
  by: { platform: row.by_platform, id: row.by_id, name: row.by_name },
  action: row.action,
  subject: row.subject,
  ...(row.channel !== null && { channel: row.channel }),
  detail: row.detail,
  ...(row.kept !== null && { kept: row.kept }),
});
