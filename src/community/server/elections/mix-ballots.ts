import { sql } from 'kysely';
import type { Context } from '#src/platform/server/context.ts';

/**
 * Writes the list of voters and the box anew, each in an order of its own, in the caller's transaction: afterwards neither
 * where a row lies nor which transaction wrote it says when somebody voted. The election's row is locked by the caller.
 */
export async function mixBallots(tx: Context, electionId: number): Promise<void> {
  // not audited: nothing changes but where rows lie
  await sql`with taken as (delete from community.election_voter where election_id = ${electionId} returning *)
    insert into community.election_voter select * from taken order by member_id`.execute(tx.db);
  await sql`with taken as (delete from community.election_ballot where election_id = ${electionId} returning *)
    insert into community.election_ballot select * from taken order by id`.execute(tx.db);
  await sql`update community.election set mixed_at = now() where id = ${electionId}`.execute(tx.db);
}
