import { sql } from 'kysely';
import { MergeMembers } from '#src/community/contract/merges.ts';
import { mergeText } from '#src/community/contract/merges.text.ts';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { attributePosts, lockEmployment } from '../employments/attribute-posts.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findReader } from '../organisations/queries.ts';
import { indexDocument } from '../search/index-document.ts';
import { moveEmployments } from './move-employments.ts';
import { shareWeights } from '../points/lock-members.ts';
import { movePoints } from './move-points.ts';
import { type Merging, moveRows } from './move-rows.ts';
import { moveVotes } from './move-votes.ts';
import { listReferences } from './queries.ts';
import { memberColumns, textColumns, undoDays } from './rules.ts';

/**
 * Makes two members one, in one transaction: every row that names the one who goes names the one who stays, sums go with
 * them, and both accounts act as the one who stays. Everything done is written down and can be undone for 30 days. Refuses
 * one's own account, and members who were merged or erased.
 */
export async function mergeMembers(ctx: Context, given: MergeMembers): Promise<{ id: string }> {
  await requireStaff(ctx, 'community.member.merge');
  const wish = MergeMembers.parse(given);
  return inTransaction(ctx, async (tx) => {
    await shareWeights(tx);
    const from = await lockMember(tx, wish.from);
    const into = await lockMember(tx, wish.into);
    if (from.id === into.id) throw new AppError('conflict', mergeText.same);
    const staff = await findReader(tx);
    if (staff && [from.id, into.id].includes(staff.id)) throw new AppError('conflict', mergeText.notYourself);
    await lockEmployment(tx, [from.id, into.id]);
    const { id } = await tx.db
      .insertInto('community.merge')
      .values({
        kind: 'member',
        from_id: from.id,
        into_id: into.id,
        from_name: `${from.name} (${from.handle})`.slice(0, 200),
        into_name: `${into.name} (${into.handle})`.slice(0, 200),
        reason: wish.reason,
        done_by: staff?.id ?? null,
        undo_until: sql<Date>`now() + make_interval(days => ${sql.lit(undoDays)})`,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const merging = { id, from: from.id, into: into.id };
    await moveEverything(tx, merging);
    await tx.db
      .updateTable('community.member')
      .set({ merged_into: into.id })
      .where('id', '=', from.id)
      .execute();
    await indexDocument(tx, 'member', from.id);
    await indexDocument(tx, 'member', into.id);
    await audit(tx, 'community.member.merge', into.id, { ...wish, merge: id });
    return { id };
  });
}

async function moveEverything(tx: Context, merging: Merging): Promise<void> {
  // Posts count where the one who stays worked, so employment comes before them; votes before posts, while it is known whose they are.
  await moveEmployments(tx, merging);
  await moveVotes(tx, merging);
  const references = await listReferences(tx.db, 'member');
  for (const reference of references) {
    const name = `${reference.table}.${reference.column}`;
    const handling = memberColumns.get(name);
    if (handling === undefined) throw new Error(`nobody said what a merge does with community.${name}`);
    if (handling === 'moves') await moveRows(tx, merging, reference);
  }
  const present = new Set(references.map(({ table }) => table));
  for (const { table, column, kindColumn, kind } of textColumns.filter((one) => present.has(one.table)))
    await moveRows(tx, merging, { table, column }, { column: kindColumn, value: kind });
  await moveRows(tx, merging, { table: 'member', column: 'merged_into' });
  await movePoints(tx, merging, sql`e.member_id = ${merging.from}`, {
    memberId: sql`${merging.into}::uuid`,
    key: sql`e.cause_key`,
  });
  await attributePosts(tx, [merging.into]);
}

/** The member of a handle, whose row waits for nobody else from now on; refuses one who is gone. */
async function lockMember(tx: Context, handle: string) {
  const member = await tx.db
    .selectFrom('community.member')
    .select(['id', 'handle', 'name', 'merged_into', 'erased_at'])
    .where('handle', '=', handle)
    .forUpdate()
    .executeTakeFirst();
  if (!member) throw new AppError('not_found', organisationText.noSuchMember(handle));
  if (member.merged_into !== null) throw new AppError('conflict', mergeText.mergedAlready(handle));
  if (member.erased_at !== null) throw new AppError('not_found', organisationText.noSuchMember(handle));
  return member;
}
