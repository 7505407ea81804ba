import { sql } from 'kysely';
import { ApplyAsExpert } from '#src/community/contract/experts.ts';
import { expertText } from '#src/community/contract/experts.text.ts';
import { inTransaction, type Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { requireWriter } from '../members/require-member.ts';
import { indexDocument } from '../search/index-document.ts';

/**
 * Offers oneself as an expert, or offers oneself anew with other words: the committee decides, until then one is not listed.
 * Refuses evidence that is not one's own public post.
 */
export async function applyAsExpert(ctx: Context, given: ApplyAsExpert): Promise<void> {
  const wish = ApplyAsExpert.parse(given);
  await inTransaction(ctx, async (tx) => {
    // not audited: the application is the trace, and the decision is audited
    const member = await requireWriter(tx);
    await refuseForeignPosts(tx, member.id, wish);
    const content = {
      state: 'applied' as const,
      about_markdown: wish.about,
      about_html: renderMarkdown(wish.about).html,
      skills: [...new Set(wish.skills)],
      languages: [...new Set(wish.languages)],
      availability: wish.availability,
      rate_minor: wish.rate?.minor ?? null,
      rate_currency: wish.rate?.currency ?? null,
      rate_unit: wish.rate?.unit ?? null,
      applied_at: sql<Date>`now()`,
      refused_reason: null,
    };
    await tx.db
      .insertInto('community.expert')
      .values({ member_id: member.id, ...content })
      .onConflict((oc) => oc.column('member_id').doUpdateSet(content))
      .execute();
    await indexDocument(tx, 'expert', member.id);
    await tx.db.deleteFrom('community.expert_evidence').where('member_id', '=', member.id).execute();
    await tx.db
      .insertInto('community.expert_evidence')
      .values(
        wish.evidence.map(({ postId, url, note }, position) => ({
          member_id: member.id,
          position,
          post_id: postId,
          url: url === '' ? null : url,
          note,
        })),
      )
      .execute();
  });
}

async function refuseForeignPosts(
  tx: Context,
  memberId: string,
  { evidence }: ReturnType<typeof ApplyAsExpert.parse>,
): Promise<void> {
  const ids = evidence.flatMap(({ postId }) => postId ?? []);
  if (ids.length === 0) return;
  const own = await tx.db
    .selectFrom('community.post')
    .select('id')
    .where('id', 'in', ids)
    .where('author_id', '=', memberId)
    .where('state', '=', 'published')
    .execute();
  const missing = ids.find((id) => !own.some((one) => one.id === id));
  if (missing !== undefined) throw new AppError('conflict', expertText.notOwnPost(missing));
}
