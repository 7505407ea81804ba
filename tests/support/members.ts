import { requireMember } from '#src/community/server/members/require-member.ts';
import { insertPost } from '#src/community/server/posts/insert-post.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { database, testContext } from './context.ts';

export type TestMember = { ctx: Context; id: string; handle: string };

/** A member with a standing of their own; of trust level 2 unless told otherwise, so that nothing they write waits. */
export async function testMember(
  standing: { reputation?: number; trustLevel?: number } = {},
): Promise<TestMember> {
  // The first organisation runs this Elepherd; what its people may is no measure for members.
  await theHouse();
  const ctx = await testContext({ may: [] });
  const { id, handle } = await requireMember(ctx);
  await database.db
    .updateTable('community.member')
    .set({
      reputation: standing.reputation ?? 1,
      points: standing.reputation ?? 1,
      trust_level: standing.trustLevel ?? 2,
    })
    .where('id', '=', id)
    .execute();
  return { ctx, id, handle };
}

let house: Promise<Context> | undefined;
/** A person of the organisation that runs this Elepherd. */
export const theHouse = () => (house ??= testContext({ may: ['*'] }));

/** What a member wrote some time ago, past all limits of pace. */
export function testPost(
  { ctx }: TestMember,
  writing: { kind: 'article' | 'question' | 'answer'; title?: string; parentId?: number; markdown?: string },
): Promise<number> {
  return inTransaction(ctx, async (tx) =>
    insertPost(tx, await requireMember(tx), {
      locale: 'en',
      state: 'published',
      ...(writing.kind !== 'answer' && { title: 'How does this work?' }),
      markdown: 'Words.',
      ...writing,
    }),
  );
}
