import type { LockSession, LogTail } from '#src/fleet/contract/activity.ts';

const session = (pid: number, blockedBy: number[], more: Partial<LockSession>): LockSession => ({
  pid,
  blockedBy,
  user: 'shop',
  database: 'shop',
  application: 'orders-api',
  client: '10.20.3.14',
  state: 'active',
  waitsFor: blockedBy.length === 0 ? '' : 'Lock: transactionid',
  wants: '',
  transactionSeconds: 40,
  stateSeconds: 38,
  statement: 'update orders set state = ? where id = ?',
  ...more,
});

/** A migration that somebody left open over lunch, and who stands behind it. */
export const sampleLocks: LockSession[] = [
  session(48_213, [], {
    user: 'wang.fang',
    application: 'psql',
    client: '10.20.9.7',
    state: 'idle in transaction',
    transactionSeconds: 2710,
    stateSeconds: 2655,
    statement: 'alter table orders add column note text',
  }),
  session(50_877, [48_213], {
    wants: 'AccessShareLock orders',
    waitsFor: 'Lock: relation',
    stateSeconds: 1290,
  }),
  session(51_002, [48_213], {
    wants: 'AccessShareLock orders',
    waitsFor: 'Lock: relation',
    stateSeconds: 870,
  }),
  session(51_340, [50_877], { application: 'reports', client: '10.20.3.20', stateSeconds: 84 }),
];

/** What the same server wrote down meanwhile. */
export const sampleLog: LogTail['lines'] = [
  { text: '2026-11-28 12:40:02.115 CST [611] 00000 LOG:  checkpoint starting: time', errorClass: null },
  {
    text: '2026-11-28 12:41:10.870 CST [50877] 00000 shop@shop LOG:  process 50877 still waiting for AccessShareLock on relation 16412 of database 16385 after 1000.093 ms',
    errorClass: null,
  },
  {
    text: '2026-11-28 12:44:31.007 CST [51377] 55P03 shop@shop ERROR:  canceling statement due to lock timeout',
    errorClass: 'conflict',
  },
  {
    text: '2026-11-28 12:46:00.412 CST [51391] 23505 shop@shop ERROR:  duplicate key value violates unique constraint "orders_pkey"',
    errorClass: 'constraint',
  },
];
