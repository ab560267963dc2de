import type { Database } from 'better-sqlite3';
import { KEPT_BODY, type RefusalCode, type RefusedHook, type RefusedProof } from '../../core/store.ts';

const KEPT = 500;

export interface RefusedStatements {
  refuse(refused: RefusedHook): () => void;
  refused(limit: number): readonly RefusedHook[];
  refusedHook(id: string): RefusedHook | undefined;
}

interface RefusedRow extends Pick<RefusedHook, 'id' | 'source' | 'method' | 'url' | 'reason' | 'body'> {
  readonly at: number;
  readonly sender: string;
  readonly headers: string;
  readonly code: RefusalCode;
  /** Null where there is none, and in rows that an older Bellhop wrote. */
  readonly proof: string | null;
  readonly body_bytes: number | null;
  readonly taken_in: string | null;
}

/** Anybody can be refused, so what is kept of it is bounded: the newest 500, 64 KB of body each. */
export function createRefused(db: Database): RefusedStatements {
  const insert = db.prepare(
    `INSERT INTO refused (id, at, source, sender, method, url, headers, code, reason, body, body_bytes, proof)
     VALUES (@id, @at, @source, @from, @method, @url, @headers, @code, @reason, @body, @bodyBytes, @proof)`,
  );
  const dropOldest = db.prepare(`DELETE FROM refused WHERE seq <= (SELECT max(seq) FROM refused) - ${KEPT}`);
  const newest = db.prepare<[number], RefusedRow>('SELECT * FROM refused ORDER BY seq DESC LIMIT ?');
  const one = db.prepare<[string], RefusedRow>('SELECT * FROM refused WHERE id = ?');

  return {
    refuse({ id, source, from, method, url, code, reason, bodyBytes, ...rest }) {
      const at = rest.at.getTime();
      const headers = JSON.stringify(rest.headers);
      const proof = rest.proof === undefined ? null : JSON.stringify(rest.proof);
      const body = rest.body.subarray(0, KEPT_BODY);
      return () => {
        insert.run({ id, at, source, from, method, url, headers, code, reason, body, bodyBytes, proof });
        dropOldest.run();
      };
    },
    refused: (limit) => newest.all(Math.min(limit, KEPT)).map(fromRow),
    refusedHook(id) {
      const row = one.get(id);
      return row && fromRow(row);
    },
  };
}

function fromRow(row: RefusedRow): RefusedHook {
  const { id, source, method, url, code, reason, body } = row;
  return {
    ...{ id, at: new Date(row.at), source, from: row.sender, method, url },
    headers: JSON.parse(row.headers) as Record<string, string>,
    ...(row.proof !== null && { proof: JSON.parse(row.proof) as RefusedProof }),
    ...{ body, code, reason },
    // Earlier it was not written down: a full portion may have been cut.
    bodyBytes: row.body_bytes ?? (body.length < KEPT_BODY ? body.length : KEPT_BODY + 1),
    ...(row.taken_in !== null && { takenIn: row.taken_in }),
  };
}
