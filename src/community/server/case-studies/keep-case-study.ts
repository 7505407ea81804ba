import { postPath } from '#src/community/contract/addresses.ts';
import { WriteCaseStudy } from '#src/community/contract/case-studies.ts';
import { caseStudyText } from '#src/community/contract/case-studies.text.ts';
import type { Context } from '#src/platform/server/context.ts';
import { AppError } from '#src/platform/server/errors.ts';
import { tellManagers } from '../organisations/tell-managers.ts';

/**
 * Keeps what makes an article a case study, in the caller's transaction, which has locked the article, and asks the managers
 * of the customer to approve it. Refuses an organisation that is not verified.
 */
export async function keepCaseStudy(
  tx: Context,
  post: { id: number; authorId: string; revision: number; needsReview: boolean },
  given: WriteCaseStudy,
): Promise<void> {
  const wish = WriteCaseStudy.parse(given);
  const customer = await tx.db
    .selectFrom('community.organisation')
    .select('id')
    .where('slug', '=', wish.customer)
    .where('state', '=', 'verified')
    .executeTakeFirst();
  if (!customer) throw new AppError('invalid', caseStudyText.customerUnknown);
  const said = {
    customer_id: customer.id,
    industry: wish.industry,
    company_size: wish.companySize,
    quote: wish.quote,
    quoted_person: wish.quotedPerson,
    quoted_title: wish.quotedTitle,
    needs_review: post.needsReview,
    approved_revision: null,
    approved_by: null,
    approved_at: null,
  };
  await tx.db
    .insertInto('community.case_study')
    .values({ post_id: post.id, ...said })
    .onConflict((oc) => oc.column('post_id').doUpdateSet(said))
    .execute();
  await tx.db.deleteFrom('community.case_figure').where('post_id', '=', post.id).execute();
  await tx.db
    .insertInto('community.case_figure')
    .values(
      wish.figures.map((one, at) => ({
        post_id: post.id,
        position: at + 1,
        measure: one.measure,
        before_value: one.before,
        after_value: one.after,
        unit: one.unit,
      })),
    )
    .execute();
  await askCustomer(tx, post.id);
}

/** Tells the managers of the customer that this revision, or what was changed beside it, waits for them, once. */
export async function askCustomer(tx: Context, postId: number, change = ''): Promise<void> {
  const row = await tx.db
    .selectFrom('community.case_study as s')
    .innerJoin('community.post as p', 'p.id', 's.post_id')
    .select(['s.customer_id', 'p.id', 'p.slug', 'p.title', 'p.revision', 'p.author_id'])
    .where('s.post_id', '=', postId)
    .executeTakeFirstOrThrow();
  await tellManagers(tx, row.customer_id, {
    kind: 'case-study',
    key: `case-study:${row.id}:${row.revision}${change}`,
    actorId: row.author_id,
    payload: {
      words: caseStudyText.asked,
      title: row.title ?? '',
      href: postPath({ kind: 'article', id: row.id, slug: row.slug }),
    },
  });
}
