import type { OwnMember } from '#src/community/server/members/queries.ts';
import { requireMember } from '#src/community/server/members/require-member.ts';
import { insertPost, type Writing } from '#src/community/server/posts/insert-post.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { testContext } from './context.ts';

export type Somebody = { ctx: Context; member: OwnMember };

/** A member with the given columns; with a role, in the staff. */
export async function somebody(
  columns: { trust_level?: number; reputation?: number; joined_at?: Date; name?: string } = {},
  role?: 'moderator' | 'editor' | 'administrator',
): Promise<Somebody> {
  const ctx = await testContext({ may: [] });
  const { id } = await requireMember(ctx);
  await ctx.db.updateTable('identity.account').set({ locale: 'en' }).where('id', '=', ctx.actor.id).execute();
  await ctx.db
    .updateTable('community.member')
    .set({ trust_level: 1, joined_at: new Date(Date.now() - 90 * 24 * 3600_000), ...columns })
    .where('id', '=', id)
    .execute();
  if (role) await ctx.db.insertInto('community.staff').values({ member_id: id, role }).execute();
  return { ctx, member: await requireMember(ctx) };
}

/** A post of somebody, as it would be after they wrote it. */
export const writePost = ({ ctx, member }: Somebody, writing: Partial<Writing> = {}) =>
  inTransaction(ctx, (tx) =>
    insertPost(tx, member, {
      kind: 'question',
      ...(writing.kind !== 'answer' && { title: 'Why does my query wait?' }),
      markdown: 'It waits for a lock.',
      locale: 'en',
      state: 'published',
      ...writing,
    }),
  );

/** Makes somebody work for a new organisation, from a hundred days ago on; answers its id. */
export async function newEmployer(who: readonly Somebody[], name: string, website = ''): Promise<string> {
  const [first] = who;
  if (!first) throw new Error('somebody must work there');
  const { db } = first.ctx;
  const slug = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const { id } = await db
    .insertInto('community.organisation')
    .values({ slug, name, kind: 'database-vendor', website, state: 'verified' })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const { member } of who) await employ(first.ctx, member.id, id);
  return id;
}

/** Makes a member work for an organisation from a hundred days ago on. */
export async function employ({ db }: Context, memberId: string, organisationId: string): Promise<void> {
  const from = new Date(Date.now() - 100 * 24 * 3600_000).toISOString().slice(0, 10);
  await db
    .insertInto('community.employment')
    .values({ member_id: memberId, organisation_id: organisationId, period: `[${from},)` })
    .execute();
}
