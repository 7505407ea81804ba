import { sql } from 'kysely';
import { mergeText } from '#src/community/contract/merges.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { attributePosts, lockEmployment } from '../employments/attribute-posts.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';
import { shareWeights } from '../points/lock-members.ts';
import { indexDocument } from '../search/index-document.ts';
import { restorePointEntries } from './move-points.ts';
import { type Merging, restoreRows, type Rows } from './move-rows.ts';
import { countVotes } from './move-votes.ts';

/**
 * Makes two of one again: everything the merge moved goes back, as far as it still is where the merge put it; what came after
 * it stays with the one who stayed. Refuses when the 30 days are over, and when one of the two was merged again since.
 */
export async function undoMerge(ctx: Context, id: string): Promise<void> {
  await requireStaff(ctx, 'community.member.merge');
  await inTransaction(ctx, async (tx) => {
    const merge = await tx.db
      .selectFrom('community.merge')
      .selectAll()
      .select(sql<boolean>`undone_at is null and purged_at is null and undo_until > now()`.as('isOpen'))
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!merge) throw new AppError('not_found', mergeText.noSuch);
    if (!merge.isOpen) throw new AppError('conflict', mergeText.tooLate);
    await refuseLater(tx, merge);
    await shareWeights(tx);
    const merging = { id, from: merge.from_id, into: merge.into_id };
    const members = await listConcerned(tx, merge.kind, merging);
    await lockEmployment(tx, members);
    await goBack(tx, merging);
    if (merge.kind === 'member') {
      await tx.db
        .updateTable('community.member')
        .set({ merged_into: null })
        .where('id', '=', merging.from)
        .execute();
    }
    await attributePosts(tx, members);
    for (const one of [merging.from, merging.into]) await indexDocument(tx, merge.kind, one);
    await tx.db
      .updateTable('community.merge')
      .set({ undone_at: sql<Date>`now()`, undone_by: (await findReader(tx))?.id ?? null })
      .where('id', '=', id)
      .execute();
    await audit(tx, `community.${merge.kind}.undo-merge`, merge.into_id, {
      merge: id,
      from: merge.from_name,
      into: merge.into_name,
    });
  });
}

/** Of two merges with one end, the later is undone first: it moved what the earlier one put there. */
async function refuseLater(
  tx: Context,
  merge: { from_id: string; into_id: string; done_at: Date; id: string },
) {
  const later = await tx.db
    .selectFrom('community.merge')
    .select('id')
    .where('undone_at', 'is', null)
    .where('id', '<>', merge.id)
    .where('done_at', '>', merge.done_at)
    .where('from_id', 'in', [merge.from_id, merge.into_id])
    .executeTakeFirst();
  if (later) throw new AppError('conflict', mergeText.laterFirst);
}

/** The members whose employment this changes. */
async function listConcerned(tx: Context, kind: 'member' | 'organisation', { from, into }: Merging) {
  if (kind === 'member') return [from, into];
  const rows = await tx.db
    .selectFrom('community.employment')
    .select('member_id')
    .distinct()
    .where('organisation_id', 'in', [from, into])
    .execute();
  return rows.map(({ member_id }) => member_id);
}

async function goBack(tx: Context, merging: Merging): Promise<void> {
  const changes = await tx.db
    .selectFrom('community.merge_change')
    .select(['table_name as table', 'column_name as column', 'action', 'rows'])
    .where('merge_id', '=', merging.id)
    .orderBy('position', 'desc')
    .execute();
  for (const change of changes) {
    const rows = change.rows as Rows;
    if (change.table === 'point_entry') await restorePointEntries(tx, rows);
    else if (change.table === 'organisation' && change.column === 'state') {
      const state = rows[0]?.['state'] as 'pending' | 'verified' | 'refused';
      await tx.db
        .updateTable('community.organisation')
        .set({ state, merged_into: null })
        .where('id', '=', merging.from)
        .execute();
    } else {
      const back = await restoreRows(tx, merging, { ...change, rows });
      if (change.table === 'vote' && change.action === 'deleted') await countVotes(tx, back);
    }
  }
}
