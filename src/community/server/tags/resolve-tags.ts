import { postText } from '#src/community/contract/posts.text.ts';
import { Privileges } from '#src/community/contract/privileges.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import type { OwnMember } from '../members/queries.ts';
import { mayAsStaff } from '../members/require-staff.ts';
import { findSetting } from '../settings/queries.ts';

/**
 * The tags that these names mean, each once, synonyms as what they lead to. Refuses reserved ones to all but staff, and
 * new ones to members who may not make any.
 */
export async function resolveTags(
  tx: Context,
  member: OwnMember,
  names: readonly string[],
): Promise<{ id: number; name: string }[]> {
  if (names.length === 0) return [];
  const found = await tx.db
    .selectFrom('community.tag as t')
    .leftJoin('community.tag_synonym as s', (join) =>
      join.onRef('s.tag_id', '=', 't.id').on('s.name', 'in', [...names]),
    )
    .select(['t.id', 't.name', 't.is_reserved as isReserved', 's.name as synonym'])
    .where((eb) => eb.or([eb('t.name', 'in', [...names]), eb('s.name', 'is not', null)]))
    .execute();
  let isStaff: boolean | undefined;
  const mayManage = async () => (isStaff ??= await mayAsStaff(tx, 'community.tag.manage'));
  const tags = new Map<number, string>();
  for (const name of names) {
    const tag =
      found.find((one) => one.name === name) ??
      found.find((one) => one.synonym === name) ??
      (await newTag(tx, member, name, mayManage));
    if (tag.isReserved && !(await mayManage()))
      throw new AppError('conflict', postText.tagReserved(tag.name));
    tags.set(tag.id, tag.name);
  }
  return [...tags].map(([id, name]) => ({ id, name }));
}

async function newTag(tx: Context, member: OwnMember, name: string, mayManage: () => Promise<boolean>) {
  const { createTag } = await findSetting(tx.db, 'privileges', Privileges);
  if (member.reputation < createTag && !(await mayManage()))
    throw new AppError('conflict', postText.tagUnknown(name, createTag));
  return tx.db
    .insertInto('community.tag')
    .values({ name })
    .onConflict((oc) => oc.column('name').doUpdateSet({ name }))
    .returning(['id', 'name', 'is_reserved as isReserved'])
    .executeTakeFirstOrThrow();
}
