import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '#tests/support/database.ts';
import { causesOf, droppable, lookScript, Seen } from './read-only.ts';

const { db } = await testDatabase();

const slot = (change: Partial<Seen['slots'][number]>): Seen['slots'][number] => ({
  name: 'one',
  type: 'logical',
  active: false,
  temporary: false,
  status: 'reserved',
  retained: 0,
  ...change,
});
const seen = (slots: Seen['slots'], change: Partial<Seen> = {}): Seen => ({
  is_primary: true,
  ours: false,
  slots,
  archive: { failing: false, wal: null },
  ...change,
});

test('a real server says what the look asks of it', async () => {
  const { rows } = await sql.raw<{ seen: unknown }>(lookScript).execute(db);
  expect(Seen.parse(rows[0]?.seen)).toEqual(seen([]));
});

test('names what keeps WAL, the worst first, and not what is only away for a moment', () => {
  const causes = causesOf(
    seen(
      [
        slot({ name: 'away', retained: 10e6 }),
        slot({ name: 'idle', retained: 200e6 }),
        slot({ name: 'reader', active: true, retained: 200e6 }),
        slot({ name: 'behind', active: true, type: 'physical', retained: 6e9 }),
        slot({ name: 'given-up', active: true, status: 'unreserved', retained: 1e6 }),
      ],
      { archive: { failing: true, wal: '00000001000000000000002A' } },
    ),
    50e9,
  );
  expect(causes.map(({ kind, name }) => [kind, name])).toEqual([
    ['archive-failing', '00000001000000000000002A'],
    ['slot-over-limit', 'behind'],
    ['inactive-slot', 'idle'],
    ['slot-over-limit', 'given-up'],
  ]);
});

test('drops nothing but inactive logical slots over the limit, and on a primary only', () => {
  const slots = [
    slot({ name: 'goes', retained: 6e9 }),
    slot({ name: 'read', retained: 6e9, active: true }),
    slot({ name: 'replica', retained: 6e9, type: 'physical' }),
    slot({ name: 'small', retained: 1e9 }),
    slot({ name: 'session', retained: 6e9, temporary: true }),
  ];
  expect(droppable(seen(slots), 50e9).map(({ name }) => name)).toEqual(['goes']);
  expect(droppable(seen(slots, { is_primary: false }), 50e9)).toEqual([]);
});
