import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { hostname } from 'node:os';
import { Logger, parseCronItems, run, type Task, type TaskList } from 'graphile-worker';
import { sql, type Kysely } from 'kysely';
import type pg from 'pg';
import { z } from 'zod';
import type { Config } from './config.ts';
import type { Db, DB } from './db.ts';
import type { Fact } from './events.ts';
import { enqueue } from './jobs.ts';
import type { Log } from './log.ts';
import { runOperation } from './operations/run-operation.ts';
import type { Work } from './room.ts';

/**
 * A worker not seen for `deadAfterSeconds` is dead: four missed heartbeats. The next heartbeat of any other frees its jobs, and
 * the next look at the queue takes them: the three together are the time within which another takes over.
 */
export const takeover = { heartbeatSeconds: 2, deadAfterSeconds: 8, lookSeconds: 1 };

const Id = z.object({ id: z.coerce.string() });
const ReactionOf = Id.extend({ name: z.string() });

/**
 * Runs the operations, jobs and reactions of the given rooms until `stop` is called. Any number may run beside one another.
 * `ended` settles when it stopped, also when it had to stop by itself: then the program should end and be started again.
 */
export async function startWorker(options: {
  pool: pg.Pool;
  db: Kysely<DB>;
  rooms: readonly Work[];
  config: Config;
  log: Log;
}): Promise<{ stop(): Promise<void>; ended: Promise<void> }> {
  const { db, pool, rooms, log, config } = options;
  const workerId = randomUUID();
  const scheduled = rooms.flatMap((room) => room.jobs).filter((job) => job.schedule !== undefined);
  const events = new EventEmitter();
  // graphile-worker locks jobs in the name of the pool of its workers; the name is told before the first job is taken.
  const holders: string[] = [];
  events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => holders.push(workerPool.id));
  const runner = await run({
    pgPool: pool,
    events,
    concurrency: config.WORKER_CONCURRENCY,
    noHandleSignals: true,
    pollInterval: takeover.lookSeconds * 1000,
    taskList: taskList(options),
    logger: new Logger(() => (level, message) => {
      if (level === 'error' || level === 'warning') log.warn({}, message);
    }),
    parsedCronItems: parseCronItems(
      scheduled.map((job) => ({
        task: job.name,
        match: job.schedule ?? '',
        options: { backfillPeriod: 0, maxAttempts: 3 },
      })),
    ),
  });
  const beat = async () => {
    await db
      .insertInto('platform.worker')
      .values({ id: workerId, name: `${hostname()}:${process.pid}`, graphile_ids: holders })
      .onConflict((oc) => oc.column('id').doUpdateSet({ seen_at: sql<Date>`now()`, graphile_ids: holders }))
      .execute();
    for (const name of await freeDead(db))
      log.warn({ worker: name }, 'a worker died; its work moves to others');
  };
  await beat();
  const timer = setInterval(
    () => void beat().catch((err) => log.warn({ err }, 'heartbeat failed')),
    takeover.heartbeatSeconds * 1000,
  );
  let stopping: Promise<void> | undefined;
  const ended = runner.promise.finally(() => clearInterval(timer));
  // Whoever asks is told; a program that does not ask must not end by an unhandled rejection.
  ended.catch((err) => log.error({ err }, 'the worker stopped by itself'));

  return {
    ended,
    stop: () =>
      (stopping ??= (async () => {
        clearInterval(timer);
        // Rejects when the runner has stopped by itself; then there is nothing left to stop.
        await runner.stop().catch(() => {});
        await db.deleteFrom('platform.worker').where('id', '=', workerId).execute();
      })()),
  };
}

/**
 * Frees every job and queue whose holder has shown no life, and returns the names of workers found dead. It goes by the
 * locks and not by the list of the dead: a worker that died before its first heartbeat, or right after burying another,
 * leaves nothing locked either.
 */
async function freeDead(db: Db): Promise<string[]> {
  const since = sql`now() - make_interval(secs => ${takeover.deadAfterSeconds})`;
  const { rows } = await sql<{ names: string[] }>`
    with dead as (
      delete from platform.worker where seen_at < ${since} returning name
    ), holder as (
      select locked_by from graphile_worker._private_jobs where locked_at < ${since}
      union select locked_by from graphile_worker._private_job_queues where locked_at < ${since}
    ), gone as (
      select locked_by from holder
      where not exists (select from platform.worker w where w.seen_at >= ${since} and holder.locked_by = any (w.graphile_ids))
    )
    select array(select name from dead) as names,
      (select graphile_worker.force_unlock_workers(array_agg(locked_by)) from gone having count(*) > 0)`.execute(
    db,
  );
  return rows[0]?.names ?? [];
}

function taskList(options: { db: Kysely<DB>; rooms: readonly Work[]; config: Config; log: Log }): TaskList {
  const { db, rooms, log, config } = options;
  const operations = new Map(rooms.flatMap((room) => room.operations).map((o) => [o.kind, o]));
  const reactions = rooms.flatMap((room) => room.reactions);
  const tasks: Record<string, Task> = {
    operation: async (payload) => runOperation(db, operations, Id.parse(payload).id, log),
    // Each reaction is a job of its own: one that fails neither stops nor repeats the others.
    fact: async (payload) => {
      const fact = await findFact(db, Number(Id.parse(payload).id));
      const wanted = reactions.filter((reaction) => reaction.fact === fact?.fact);
      await db.transaction().execute(async (tx) => {
        for (const { name } of wanted) {
          await enqueue(tx, 'reaction', { id: fact?.id, name }, { key: `reaction:${fact?.id}:${name}` });
        }
      });
    },
    reaction: async (payload) => {
      const { id, name } = ReactionOf.parse(payload);
      const fact = await findFact(db, Number(id));
      const reaction = reactions.find((candidate) => candidate.name === name);
      if (!reaction) throw new Error(`This release knows no reaction ${name}; another may.`);
      if (fact) await reaction.run(db, fact, log);
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

async function findFact(db: Db, id: number): Promise<Fact | undefined> {
  const row = await db.selectFrom('platform.event').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    fact: row.fact,
    subjectId: row.subject_id,
    payload: row.payload as Record<string, unknown>,
  };
}
