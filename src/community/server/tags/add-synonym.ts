import { sql } from 'kysely';
import { tagText } from '#src/community/contract/tags.text.ts';
import { audit } from '#src/platform/server/audit.ts';
import { type Context, inTransaction } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { requireStaff } from '../members/require-staff.ts';
import { lockWeights } from '../points/lock-members.ts';
import { settleTag } from '../points/settle-tag.ts';
import { indexPost } from '../search/index-post.ts';

/**
 * Makes a name lead to a tag; by staff. A tag that has this name is merged into the other: its posts carry that one from
 * now on, its own synonyms lead there, and it is gone.
 */
export async function addSynonym(ctx: Context, name: string, synonym: string): Promise<void> {
  await requireStaff(ctx, 'community.tag.manage');
  await inTransaction(ctx, async (tx) => {
    if (name === synonym) throw new AppError('conflict', tagText.ownName(name));
    await lockWeights(tx);
    const tags = await tx.db
      .selectFrom('community.tag')
      .select(['id', 'name'])
      .where('name', 'in', [name, synonym])
      .orderBy('id')
      .forUpdate()
      .execute();
    const tag = tags.find((one) => one.name === name);
    if (!tag) throw new AppError('not_found', tagText.noSuchTag);
    const other = await tx.db
      .selectFrom('community.tag_synonym as s')
      .innerJoin('community.tag as t', 't.id', 's.tag_id')
      .select(['t.id', 't.name'])
      .where('s.name', '=', synonym)
      .executeTakeFirst();
    if (other !== undefined && other.id !== tag.id)
      throw new AppError('conflict', tagText.otherSynonym(synonym, other.name));
    const merged = tags.find((one) => one.name === synonym);
    const moved = merged === undefined ? [] : await mergeTag(tx, merged.id, tag.id);
    await tx.db
      .insertInto('community.tag_synonym')
      .values({ name: synonym, tag_id: tag.id })
      .onConflict((oc) => oc.doNothing())
      .execute();
    for (const id of moved) await indexPost(tx, id);
    if (moved.length > 0) await settleTag(tx, tag.id);
    await audit(tx, 'community.tag.add-synonym', name, { synonym, movedPosts: moved.length });
  });
}

/** Takes a name away from a tag; nothing that is tagged changes. */
export async function removeSynonym(ctx: Context, name: string, synonym: string): Promise<void> {
  await requireStaff(ctx, 'community.tag.manage');
  await inTransaction(ctx, async (tx) => {
    const row = await tx.db
      .deleteFrom('community.tag_synonym')
      .where('name', '=', synonym)
      .where('tag_id', '=', (eb) => eb.selectFrom('community.tag').select('id').where('name', '=', name))
      .returning('name')
      .executeTakeFirst();
    if (!row) throw new AppError('not_found', tagText.noSuchTag);
    await audit(tx, 'community.tag.remove-synonym', name, { synonym });
  });
}

async function mergeTag(tx: Context, from: number, to: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with old as (delete from community.post_tag where tag_id = ${from} returning post_id),
    added as (insert into community.post_tag (post_id, tag_id) select post_id, ${to} from old on conflict do nothing)
    select post_id as id from old`.execute(tx.db);
  await sql`update community.tag_synonym set tag_id = ${to} where tag_id = ${from}`.execute(tx.db);
  await sql`delete from community.tag where id = ${from}`.execute(tx.db);
  await sql`update community.tag set post_count = (select count(*) from community.post_tag pt
    join community.post p on p.id = pt.post_id where pt.tag_id = ${to} and p.state = 'published') where id = ${to}`.execute(
    tx.db,
  );
  return rows.map((row) => row.id);
}
