import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditsSql } from '../../../src/store/sqlite/audit.ts';
import { MESSAGE_SQL } from '../../../src/store/sqlite/deliveries.ts';
import { PAGE_SQL } from '../../../src/store/sqlite/events.ts';
import { MUTED_SQL } from '../../../src/store/sqlite/muted.ts';
import { migrate } from '../../../src/store/sqlite/schema.ts';
import { STANDING_OPEN_SQL } from '../../../src/store/sqlite/standing-open.ts';

const audits = { limit: 1 } as const;

describe('the query plan', () => {
  let db: Database.Database;
  beforeAll(() => {
    db = new Database(':memory:');
    migrate(db);
  });
  afterAll(() => db.close());

  function planOf(sql: string): readonly string[] {
    const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
    const names = [...sql.matchAll(/@(\w+)/g)].map(([, name]) => [name, 1]);
    const values = names.length > 0 ? [Object.fromEntries(names)] : (sql.match(/\?/g) ?? []).map(() => 1);
    return plan.all(...values).map(({ detail }) => detail);
  }

  it.each([
    ['whether a story stands open', STANDING_OPEN_SQL, 'SEARCH events USING INDEX events_of_key (source=? AND key=?)'],
    [
      'the delivery of a message',
      MESSAGE_SQL,
      'SEARCH deliveries USING INDEX deliveries_by_message (<expr>=? AND <expr>=?)',
    ],
    ['the channels of a mute', MUTED_SQL.channels, 'SEARCH deliveries USING COVERING INDEX deliveries_muted (mute=?)'],
    ['letting go what is muted', MUTED_SQL.queue, 'SEARCH deliveries USING INDEX deliveries_muted (mute=?)'],
    ['how much is muted', MUTED_SQL.count, 'SEARCH deliveries USING COVERING INDEX deliveries_muted (mute=?)'],
    ['what was muted and posted', MUTED_SQL.letGo, 'SEARCH deliveries USING INDEX deliveries_let_go (mute=?)'],
    [
      'the mutes that hold something',
      MUTED_SQL.holding,
      'SEARCH deliveries USING COVERING INDEX deliveries_muted (mute>?)',
    ],
    ['what is muted', MUTED_SQL.groups, 'SEARCH deliveries USING COVERING INDEX deliveries_muted (mute=?)'],
    ['what is muted and open', MUTED_SQL.open, 'SEARCH deliveries USING COVERING INDEX deliveries_muted (mute=?)'],
    ['all events', PAGE_SQL.ofAll, 'SEARCH events USING INDEX sqlite_autoindex_events_1 (id<?)'],
    ['the events of a source', PAGE_SQL.ofSource, 'SEARCH events USING INDEX events_by_source (source=? AND id<?)'],
    ['the events of a key', PAGE_SQL.ofKey, 'SEARCH events USING INDEX events_of_key (source=? AND key=? AND seq<?)'],
    ['who did what', auditsSql(audits), 'SCAN audit'],
    [
      'what was done to one',
      auditsSql({ ...audits, subject: '' }),
      'SEARCH audit USING INDEX audit_of_subject (subject=?)',
    ],
    [
      'who did one thing',
      auditsSql({ ...audits, action: 'mute' }),
      'SEARCH audit USING INDEX audit_of_action (action=?)',
    ],
    [
      'one thing done to one',
      auditsSql({ ...audits, subject: '', action: 'mute', before: '' }),
      'SEARCH audit USING INDEX audit_of_subject (subject=? AND rowid<?)',
    ],
  ])('of %s uses an index', (_, sql, expected) => {
    const plan = planOf(sql);
    expect(plan).toContain(expected);
    // Whatever has a limit stops at its first rows: nothing is sorted before.
    const isBounded = sql !== MUTED_SQL.groups && sql !== MUTED_SQL.open;
    expect(isBounded && plan.some((step) => step.includes('TEMP B-TREE'))).toBe(false);
    // Newest first is the order of the rowid: the log of everything is read from its end.
    expect(plan.filter((step) => step.startsWith('SCAN') && step !== expected)).toStrictEqual(
      sql === MUTED_SQL.open ? ['SCAN held'] : [],
    );
  });
});
