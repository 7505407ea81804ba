import { sql } from 'kysely';
import { MergeOrganisations } from '#src/community/contract/merges.ts';
import { mergeText } from '#src/community/contract/merges.text.ts';
import { organisationText } from '#src/community/contract/organisations.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { attributePosts, lockEmployment } from '../employments/attribute-posts.ts';
import { requireStaff } from '../members/require-staff.ts';
import { findReader, isBound } from '../organisations/queries.ts';
import { indexDocument } from '../search/index-document.ts';
import { moveRows, noteChange } from './move-rows.ts';
import { listReferences } from './queries.ts';
import { organisationColumns, undoDays } from './rules.ts';

/**
 * Makes two organisations one, in one transaction: people, posts, offerings, managers and swaps of the one that goes are of the
 * one that stays, and its address leads there. Can be undone for 30 days. Refuses organisations of one's own.
 */
export async function mergeOrganisations(ctx: Context, given: MergeOrganisations): Promise<{ id: string }> {
  await requireStaff(ctx, 'community.organisation.merge');
  const wish = MergeOrganisations.parse(given);
  return inTransaction(ctx, async (tx) => {
    const from = await lockOrganisation(tx, wish.from);
    const into = await lockOrganisation(tx, wish.into);
    if (from.id === into.id) throw new AppError('conflict', mergeText.same);
    const staff = await findReader(tx);
    for (const { id } of [from, into])
      if (staff && (await isBound(tx, id, staff.id))) throw new AppError('conflict', mergeText.notYourself);
    const people = await tx.db
      .selectFrom('community.employment')
      .select('member_id')
      .distinct()
      .where('organisation_id', '=', from.id)
      .execute();
    const memberIds = people.map(({ member_id }) => member_id);
    if (memberIds.length > 0) await lockEmployment(tx, memberIds);
    const { id } = await tx.db
      .insertInto('community.merge')
      .values({
        kind: 'organisation',
        from_id: from.id,
        into_id: into.id,
        from_name: from.name,
        into_name: into.name,
        reason: wish.reason,
        done_by: staff?.id ?? null,
        undo_until: sql<Date>`now() + make_interval(days => ${sql.lit(undoDays)})`,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const merging = { id, from: from.id, into: into.id };
    await moveRows(tx, merging, { table: 'employment', column: 'organisation_id' });
    for (const reference of await listReferences(tx.db, 'organisation')) {
      const name = `${reference.table}.${reference.column}`;
      const handling = organisationColumns.get(name);
      if (handling === undefined) throw new Error(`nobody said what a merge does with community.${name}`);
      if (handling === 'moves') await moveRows(tx, merging, reference);
    }
    await moveRows(tx, merging, { table: 'organisation', column: 'merged_into' });
    await noteChange(tx, merging, {
      table: 'organisation',
      column: 'state',
      action: 'changed',
      rows: [{ state: from.state }],
    });
    await tx.db
      .updateTable('community.organisation')
      .set({ state: 'merged', merged_into: into.id })
      .where('id', '=', from.id)
      .execute();
    if (memberIds.length > 0) await attributePosts(tx, memberIds);
    await indexDocument(tx, 'organisation', from.id);
    await indexDocument(tx, 'organisation', into.id);
    await audit(tx, 'community.organisation.merge', into.id, { ...wish, merge: id });
    return { id };
  });
}

async function lockOrganisation(tx: Context, slug: string) {
  const organisation = await tx.db
    .selectFrom('community.organisation')
    .select(['id', 'name', 'state'])
    .where('slug', '=', slug)
    .forUpdate()
    .executeTakeFirst();
  if (!organisation) throw new AppError('not_found', organisationText.noSuch);
  if (organisation.state === 'merged')
    throw new AppError('conflict', mergeText.mergedAlready(organisation.name));
  return organisation;
}
