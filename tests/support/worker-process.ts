/**
 * A worker program with one small room, for tests that kill it: `node worker-process.ts` with DATABASE_URL in the
 * environment. Its operation notes each step in `public.trace`, and holds the first run of its middle step for ever.
 */
import { sql } from 'kysely';
import { readConfig } from '#src/platform/server/config.ts';
import { createDb, createPool } from '#src/platform/server/db.ts';
import { createLog } from '#src/platform/server/log.ts';
import {
  defineOperation,
  done,
  go,
  step,
  type StepContext,
} from '#src/platform/server/operations/define-operation.ts';
import { defineRoom } from '#src/platform/server/room.ts';
import { startWorker } from '#src/platform/server/worker.ts';

const title = { en: 'Test', 'zh-CN': '测试' };

const note = (op: StepContext, name: string) =>
  sql`insert into public.trace (operation_id, step, pid) values (${op.operationId}, ${name}, ${process.pid})`.execute(
    op.db,
  );

/** Three steps; whoever comes first to the middle one never leaves it. */
export const holdingOperation = defineOperation('test.hold', {
  title,
  deadlineSeconds: 60,
  steps: {
    begin: step(title, async (op) => {
      await note(op, 'begin');
      return go('hold');
    }),
    hold: step(title, async (op) => {
      await note(op, 'hold');
      const runs = await sql<{ n: number }>`select count(*)::int8 as n from public.trace
        where operation_id = ${op.operationId} and step = 'hold'`.execute(op.db);
      if (runs.rows[0]?.n === 1) await new Promise(() => {});
      return go('end');
    }),
    end: step(title, async (op) => {
      await note(op, 'end');
      return done;
    }),
  },
});

if (import.meta.main) {
  const config = readConfig(process.env);
  const pool = createPool(config.DATABASE_URL ?? '', config.DATABASE_POOL);
  const db = createDb(pool);
  const room = defineRoom({ name: 'test', operations: [holdingOperation] });
  const worker = await startWorker({
    pool,
    db,
    rooms: [room],
    config,
    log: createLog('worker', config.LOG_LEVEL),
  });
  process.once(
    'SIGTERM',
    () =>
      void worker
        .stop()
        .then(() => pool.end())
        .then(() => process.disconnect?.()),
  );
  process.send?.('ready');
}
