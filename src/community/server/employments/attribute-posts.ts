import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';

/**
 * Keeps publications by these members and other changes of their employment waiting until the caller's transaction ends.
 * Call it before employment is read or changed.
 */
export async function lockEmployment(tx: Context, memberIds: readonly string[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(7433, lock) from (
    select distinct community.employment_lock(id) as lock from unnest(${[...memberIds]}::uuid[]) id order by lock) locks`.execute(
    tx.db,
  );
}

/**
 * Makes every post of these members count where its author worked on the day of publication, in the transaction that changed
 * their employment and holds `lockEmployment`.
 */
export async function attributePosts(tx: Context, memberIds: readonly string[]): Promise<void> {
  // Answers before the questions they are of, as those who hide an answer lock them.
  await sql`with wrong as (
      select p.id, community.employer_on(p.author_id, (p.published_at at time zone 'UTC')::date) as organisation_id
      from community.post p
      where p.author_id = any(${[...memberIds]}::uuid[]) and p.published_at is not null
        and p.organisation_id is distinct from
          community.employer_on(p.author_id, (p.published_at at time zone 'UTC')::date)
      order by p.id desc for no key update)
    update community.post p set organisation_id = wrong.organisation_id from wrong where p.id = wrong.id`.execute(
    tx.db,
  );
}
