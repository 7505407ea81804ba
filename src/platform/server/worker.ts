import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Logger, makeWorkerUtils, parseCronItems, run, type Task, type TaskList } from 'graphile-worker';
import { sql, type Kysely } from 'kysely';
import type pg from 'pg';
import { z } from 'zod';
import type { Config } from './config.ts';
import type { DB } from './db.ts';
import type { Log } from './log.ts';
import { runOperation } from './operations/run-operation.ts';
import type { Room } from './room.ts';

const heartbeatSeconds = 2;
/** A worker not seen for this long is dead: four missed heartbeats. Its jobs then move within one more, well under 15 s. */
const deadAfterSeconds = 8;

const Id = z.object({ id: z.coerce.string() });

/** Runs the operations, jobs and reactions of the given rooms until `stop` is called. Any number may run beside one another. */
export async function startWorker(options: {
  pool: pg.Pool;
  db: Kysely<DB>;
  rooms: readonly Room[];
  config: Config;
  log: Log;
}): Promise<{ stop(): Promise<void> }> {
  const { db, pool, rooms, log, config } = options;
  const workerId = randomUUID();
  const tasks = taskList(options);
  const scheduled = rooms.flatMap((room) => room.jobs).filter((job) => job.schedule !== undefined);
  const runner = await run({
    pgPool: pool,
    concurrency: config.WORKER_CONCURRENCY,
    noHandleSignals: true,
    pollInterval: 1000,
    taskList: tasks,
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') log.warn({}, message);
    }),
    parsedCronItems: parseCronItems(
      scheduled.map((job) => ({ task: job.name, match: job.schedule ?? '', options: { backfillPeriod: 0, maxAttempts: 3 } })),
    ),
  });
  const graphileIds = new Set<string>();
  runner.events.on('worker:create', ({ worker }) => graphileIds.add(worker.workerId));
  const utils = await makeWorkerUtils({ pgPool: pool });

  const beat = async () => {
    await db
      .insertInto('platform.worker')
      .values({ id: workerId, name: `${hostname()}:${process.pid}`, graphile_ids: [...graphileIds] })
      .onConflict((oc) => oc.column('id').doUpdateSet({ seen_at: sql<Date>`now()`, graphile_ids: [...graphileIds] }))
      .execute();
    const dead = await db
      .deleteFrom('platform.worker')
      .where('seen_at', '<', sql<Date>`now() - make_interval(secs => ${deadAfterSeconds})`)
      .returning(['name', 'graphile_ids'])
      .execute();
    for (const worker of dead) {
      log.warn({ worker: worker.name }, 'a worker died; its work moves to others');
      await utils.forceUnlockWorkers(worker.graphile_ids);
    }
  };
  // The first job may be taken before the first heartbeat, so the ids are recorded as soon as they are known.
  runner.events.on('worker:create', () => void beat().catch(() => {}));
  await beat();
  const timer = setInterval(() => void beat().catch((err) => log.warn({ err }, 'heartbeat failed')), heartbeatSeconds * 1000);

  return {
    async stop() {
      clearInterval(timer);
      await runner.stop();
      await db.deleteFrom('platform.worker').where('id', '=', workerId).execute();
    },
  };
}

function taskList(options: { db: Kysely<DB>; rooms: readonly Room[]; config: Config; log: Log }): TaskList {
  const { db, rooms, log, config } = options;
  const operations = new Map(rooms.flatMap((room) => room.operations).map((o) => [o.kind, o]));
  const reactions = rooms.flatMap((room) => room.reactions);
  const tasks: Record<string, Task> = {
    operation: async (payload) => runOperation(db, operations, Id.parse(payload).id, log),
    fact: async (payload) => {
      const row = await db
        .selectFrom('platform.event')
        .selectAll()
        .where('id', '=', Number(Id.parse(payload).id))
        .executeTakeFirst();
      if (!row) return;
      const fact = { id: row.id, fact: row.fact, subjectId: row.subject_id, payload: row.payload as Record<string, unknown> };
      for (const reaction of reactions) if (reaction.fact === fact.fact) await reaction.run(db, fact, log);
    },
  };
  for (const job of rooms.flatMap((room) => room.jobs)) {
    tasks[job.name] = async (payload) => {
      const input = job.schedule === undefined ? job.schema.parse(payload) : job.schema.parse({});
      await job.run({ db, log, config }, input as never);
    };
  }
  return tasks;
}
