import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLanes } from '../../../src/store/sqlite/lanes.ts';
import { migrate } from '../../../src/store/sqlite/schema.ts';
import { createWaiting, WAITING_SQL } from '../../../src/store/sqlite/waiting.ts';
import { NOON } from '../../builders.ts';
import { later } from '../store-builders.ts';

const INSERT = `INSERT INTO deliveries
  (seq, rank, id, event_id, channel, platform, route, mentions, replay, state, due_at, tries, created_at)
  SELECT value, value, 'dlv_' || value, 'evt_' || value, @channel || (value % CAST(@channels AS INTEGER)), 'slack', 'r', '[]', 0,
    'queued', @due, @tries, @due
  FROM (WITH RECURSIVE n(value) AS (SELECT CAST(@from AS INTEGER) UNION ALL SELECT value + 1 FROM n WHERE value < @to) SELECT value FROM n)`;

describe('100,000 waiting deliveries', () => {
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(':memory:');
    migrate(db);
  });
  afterEach(() => db.close());

  function fill(over: {
    readonly from: number;
    readonly to: number;
    readonly channels?: number;
    readonly tries?: number;
  }) {
    db.prepare(INSERT).run({ channel: 'c', channels: 1, tries: 0, due: NOON.getTime(), ...over });
  }

  it.each(Object.entries(WAITING_SQL))('%s looks into an index and reads no table', (_, sql) => {
    fill({ from: 1, to: 5_000 });
    const plan = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
    const [first] = plan.all(...(sql.match(/\?/g) ?? []).map(() => 1));
    expect(first?.detail).toMatch(
      /^SEARCH deliveries USING COVERING INDEX deliveries_(waiting|failed) \(channel[=>]\?/,
    );
  });

  it('are asked the same few questions as one, in one channel', () => {
    fill({ from: 1, to: 100_000 });
    const { asked, lanes } = spied();
    expect(lanes.nextDue('c0', 3)).toStrictEqual(NOON);
    expect(lanes.take('c0', { now: NOON, stepAside: 3, leaseMs: 60_000 })?.delivery.id).toBe('dlv_1');
    expect(asked()).toBeLessThan(20);
  });

  it('are asked no more in one of 1,000 channels', () => {
    fill({ from: 1, to: 100_000, channels: 1_000 });
    const { asked, lanes } = spied();
    expect(lanes.take('c7', { now: NOON, stepAside: 3, leaseMs: 60_000 })?.delivery.id).toBe('dlv_7');
    expect(asked()).toBeLessThan(20);
    expect(lanes.lanes().length).toBe(1_000);
  });

  it('are found behind many that stepped aside', () => {
    fill({ from: 1, to: 50_000, tries: 5 });
    db.prepare('UPDATE deliveries SET due_at = ?').run(later(60_000).getTime());
    fill({ from: 50_001, to: 100_000 });
    const { asked, lanes } = spied();
    expect(lanes.nextDue('c0', 3)).toStrictEqual(NOON);
    expect(lanes.take('c0', { now: NOON, stepAside: 3, leaseMs: 60_000 })?.delivery.id).toBe('dlv_50001');
    expect(asked()).toBeLessThan(20);
  });

  /** The lanes of `db`, and how many statements they have run. */
  function spied() {
    let count = 0;
    const counting = new Database(db.serialize(), { verbose: () => count++ });
    const lanes = createLanes(counting, createWaiting(counting), 'me');
    count = 0;
    return { asked: () => count, lanes };
  }
});
