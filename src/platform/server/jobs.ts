import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Config } from './config.ts';
import type { Db, DB } from './db.ts';
import type { Log } from './log.ts';

/** What a job gets. */
export type JobContext = { db: Kysely<DB>; log: Log; config: Config };

export type Job = {
  name: string;
  schema: z.ZodType;
  /** A crontab line in UTC; a scheduled job takes no payload. */
  schedule: string | undefined;
  run(job: JobContext, payload: never): Promise<void>;
};

/** Declares short background work. It may run more than once for one payload. */
export function defineJob<T extends z.ZodType>(
  name: string,
  schema: T,
  run: (job: JobContext, payload: z.infer<T>) => Promise<void>,
  options: { schedule?: string } = {},
): Job {
  return { name, schema, run: run as Job['run'], schedule: options.schedule };
}

type JobOptions = { key?: string; waitSeconds?: number; keepTime?: boolean; queue?: string };

/** The call that puts a job on the queue, for a statement that does more; its payload as JSON, written or made by the statement. See `enqueue`. */
export const addJob = (name: string, payload: string | RawBuilder<unknown>, options: JobOptions = {}) =>
  sql`graphile_worker.add_job(${name}, payload => ${payload}::json,
    queue_name => ${options.queue ?? sql`null`},
    run_at => now() + make_interval(secs => ${options.waitSeconds ?? 0}), job_key => ${options.key ?? sql`null`},
    job_key_mode => ${options.keepTime ? 'preserve_run_at' : 'replace'})`;

/**
 * Puts a job on the queue in the caller's transaction; the same `key` replaces a job that has not begun, with
 * `keepTime` at the time that one had, so that asking again and again does not put it off for ever. Jobs of one `queue` run
 * one after the other.
 */
export async function enqueue(
  db: Db,
  name: string,
  payload: Record<string, unknown>,
  options: JobOptions = {},
): Promise<void> {
  await sql`select ${addJob(name, JSON.stringify(payload), options)}`.execute(db);
}
