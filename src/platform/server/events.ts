import { sql } from 'kysely';
import type { Context } from './context.ts';
import type { Db } from './db.ts';
import type { Log } from './log.ts';

/** A fact another room may react to. */
export type Fact = { id: number; fact: string; subjectId: string | null; payload: Record<string, unknown> };

export type Reaction = { name: string; fact: string; run(db: Db, fact: Fact, log: Log): Promise<void> };

/** Declares what a room does when another room states a fact. It may run more than once for one fact. */
export function defineReaction(name: string, fact: string, run: Reaction['run']): Reaction {
  return { name, fact, run };
}

/** States a fact in the transaction that made it true; every reaction to it runs soon afterwards. */
export async function stateFact(
  tx: Context,
  fact: string,
  subjectId: string | null,
  payload: Record<string, unknown> = {},
): Promise<void> {
  const row = await tx.db
    .insertInto('platform.event')
    .values({ fact, subject_id: subjectId, payload: JSON.stringify(payload) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await sql`select graphile_worker.add_job('fact', payload => json_build_object('id', ${row.id}::int8))`.execute(
    tx.db,
  );
}
