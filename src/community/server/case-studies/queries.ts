import { sql } from 'kysely';
import type { CaseStudy, ListCaseStudies, ListedCaseStudy } from '#src/community/contract/case-studies.ts';
import type { Page } from '#src/platform/contract/pages.ts';
import type { Context } from '#src/platform/server/context.ts';
import { readNumberCursor, writeCursor } from '#src/platform/server/pages.ts';
import { findDownload } from '../downloads/queries.ts';
import { selectSummaries, summaryOf } from '../posts/queries.ts';

const figures = sql<
  CaseStudy['figures']
>`(select coalesce(json_agg(json_build_object('measure', f.measure, 'before', f.before_value,
  'after', f.after_value, 'unit', f.unit) order by f.position), '[]') from community.case_figure f where f.post_id = s.post_id)`;

/** What makes an article a case study; null for any other article. */
export async function findCaseStudy(
  ctx: Context,
  postId: number,
  readerId: string | undefined,
): Promise<CaseStudy | null> {
  const row = await ctx.db
    .selectFrom('community.case_study as s')
    .innerJoin('community.organisation as o', 'o.id', 's.customer_id')
    .select(['o.slug', 'o.name', 's.industry', 's.company_size', 's.quote', 's.quoted_person'])
    .select(['s.quoted_title', 's.approved_at', figures.as('figures')])
    .select(
      sql<boolean>`exists (select from community.organisation_manager g
        where g.organisation_id = s.customer_id and g.member_id = ${readerId ?? null})`.as('mayApprove'),
    )
    .where('s.post_id', '=', postId)
    .executeTakeFirst();
  if (!row) return null;
  return {
    customer: { slug: row.slug, name: row.name },
    industry: row.industry as CaseStudy['industry'],
    companySize: row.company_size,
    figures: row.figures,
    quote: row.quote,
    quotedPerson: row.quoted_person,
    quotedTitle: row.quoted_title,
    approvedAt: row.approved_at?.toISOString() ?? null,
    mayApprove: row.mayApprove,
    download: await findDownload(ctx, postId, readerId),
  };
}

/** Published case studies, the newest article first. */
export async function listCaseStudies(ctx: Context, query: ListCaseStudies): Promise<Page<ListedCaseStudy>> {
  const before = readNumberCursor(query.cursor);
  const rows = await selectSummaries(ctx.db)
    .innerJoin('community.case_study as s', 's.post_id', 'p.id')
    .innerJoin('community.organisation as o', 'o.id', 's.customer_id')
    .select(['o.slug as customerSlug', 'o.name as customerName', 's.industry', 's.company_size'])
    .select(figures.as('figures'))
    .where('p.state', '=', 'published')
    .$if(query.industry !== undefined, (q) => q.where('s.industry', '=', query.industry!))
    .$if(before !== undefined, (q) => q.where('p.id', '<', before!))
    .orderBy('p.id', 'desc')
    .limit(query.limit + 1)
    .execute();
  const kept = rows.slice(0, query.limit);
  const last = kept.at(-1);
  return {
    items: kept.map((row) => ({
      post: summaryOf(row, ctx.locale),
      customer: { slug: row.customerSlug, name: row.customerName },
      industry: row.industry as ListedCaseStudy['industry'],
      companySize: row.company_size,
      figure: row.figures[0] ?? null,
    })),
    nextCursor: rows.length > query.limit && last ? writeCursor([last.id]) : null,
  };
}
