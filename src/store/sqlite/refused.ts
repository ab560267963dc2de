import type { Database } from 'better-sqlite3';
import type { HookErrorCode } from '../../core/errors.ts';
import type { RefusedHook, RefusedProof } from '../../core/store.ts';

const KEPT = 500;
const MAX_BODY_BYTES = 64 * 1024;

export interface RefusedStatements {
  refuse(refused: RefusedHook): () => void;
  refused(limit: number): readonly RefusedHook[];
}

interface RefusedRow extends Omit<RefusedHook, 'at' | 'from' | 'headers' | 'code' | 'proof'> {
  readonly at: number;
  readonly sender: string;
  readonly headers: string;
  readonly code: HookErrorCode;
  /** Null where there is none, and in rows that an older Bellhop wrote. */
  readonly proof: string | null;
}

/** Anybody can be refused, so what is kept of it is bounded: the newest 500, 64 KB of body each. */
export function createRefused(db: Database): RefusedStatements {
  const insert = db.prepare(
    `INSERT INTO refused (id, at, source, sender, method, url, headers, code, reason, body, proof)
     VALUES (@id, @at, @source, @from, @method, @url, @headers, @code, @reason, @body, @proof)`,
  );
  const dropOldest = db.prepare(`DELETE FROM refused WHERE seq <= (SELECT max(seq) FROM refused) - ${KEPT}`);
  const newest = db.prepare<[number], RefusedRow>('SELECT * FROM refused ORDER BY seq DESC LIMIT ?');

  return {
    refuse({ id, source, from, method, url, code, reason, ...rest }) {
      const at = rest.at.getTime();
      const headers = JSON.stringify(rest.headers);
      const proof = rest.proof === undefined ? null : JSON.stringify(rest.proof);
      const body = rest.body.subarray(0, MAX_BODY_BYTES);
      return () => {
        insert.run({ id, at, source, from, method, url, headers, code, reason, body, proof });
        dropOldest.run();
      };
    },

    refused: (limit) =>
      newest
        .all(Math.min(limit, KEPT))
        .map(({ id, at, source, sender, method, url, headers, body, code, reason, proof }) => ({
          ...{ id, at: new Date(at), source, from: sender, method, url },
          headers: JSON.parse(headers) as Record<string, string>,
          ...(proof !== null && { proof: JSON.parse(proof) as RefusedProof }),
          ...{ body, code, reason },
        })),
  };
}
