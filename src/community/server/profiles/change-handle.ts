import { sql } from 'kysely';
import type { ChangeHandle, OwnProfile } from '#src/community/contract/members.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { handleChangesAMonth, isReservedHandle, redirectDays } from '../members/handle.rules.ts';
import { requireWriter } from '../members/require-member.ts';
import { indexDocument } from '../search/index-document.ts';
import { getOwnProfile } from './queries.ts';

/**
 * Gives a member another handle; the old address leads to them for ninety days, and nobody else may take it meanwhile.
 * Refuses handles of the house, those that somebody has or had, and those that look like one of them.
 */
export async function changeHandle(ctx: Context, { handle }: ChangeHandle): Promise<OwnProfile> {
  const member = await requireWriter(ctx);
  if (handle === member.handle) return getOwnProfile(ctx);
  if (isReservedHandle(handle)) throw new AppError('conflict', memberText.handleReserved);
  return inTransaction(ctx, async (tx) => {
    // Two who want handles of one look come one after the other.
    await sql`select pg_advisory_xact_lock(hashtextextended('community.handle', 0))`.execute(tx.db);
    const { rows } = await sql<{ isTaken: boolean; changes: number }>`
      select exists (select from community.member m
          where community.look_of(m.handle) = community.look_of(${handle}) and m.id <> ${member.id})
        or exists (select from community.former_handle f
          where f.handle = ${handle} and f.kept_until > now() and f.member_id is distinct from ${member.id}) as "isTaken",
        (select count(*)::int from community.former_handle f
          where f.member_id = ${member.id} and f.since > now() - interval '30 days') as changes`.execute(
      tx.db,
    );
    if (rows[0]?.isTaken !== false) throw new AppError('conflict', memberText.handleTaken);
    if (rows[0].changes >= handleChangesAMonth) throw new AppError('conflict', memberText.handleTooOften);
    await tx.db.deleteFrom('community.former_handle').where('handle', '=', handle).execute();
    await tx.db.updateTable('community.member').set({ handle }).where('id', '=', member.id).execute();
    const former = {
      member_id: member.id,
      since: sql<Date>`now()`,
      kept_until: sql<Date>`now() + make_interval(days => ${redirectDays})`,
    };
    await tx.db
      .insertInto('community.former_handle')
      .values({ handle: member.handle, ...former })
      .onConflict((oc) => oc.column('handle').doUpdateSet(former))
      .execute();
    await indexDocument(tx, 'member', member.id);
    await audit(tx, 'community.member.change-handle', member.id, { from: member.handle, to: handle });
    return getOwnProfile(tx);
  });
}
