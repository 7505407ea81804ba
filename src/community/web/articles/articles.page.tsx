import { z } from 'zod';
import { articleText as text } from '#src/community/contract/articles.text.ts';
import { caseStudyText } from '#src/community/contract/case-studies.text.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { Industry } from '#src/community/contract/industries.ts';
import { facetText, industryText } from '#src/community/contract/industries.text.ts';
import { MemberRole } from '#src/community/contract/members.ts';
import { memberText } from '#src/community/contract/members.text.ts';
import { PostSummary } from '#src/community/contract/posts.ts';
import { BegunSeries } from '#src/community/contract/series.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { FacetFilter } from '../site/facets.tsx';
import { headOf, siteOf } from '../site/head.ts';
import { BegunBox } from '../series/progress.tsx';
import { EmptyState, PageGrid, PageHead, Pager, Tabs } from '../site/parts.tsx';
import { PostList } from '../site/posts.tsx';
import type { Route } from './+types/articles.page.ts';
import './articles.css';

export const handle = { isKept: true };

export function meta(args: Route.MetaArgs) {
  const { locale } = siteOf(args);
  const { industry, role } = args.loaderData ?? {};
  return headOf(args, {
    title: text.articles[locale],
    description: text.lead[locale],
    path: '/articles',
    hidden: args.loaderData?.isFirst === false || industry !== undefined || role !== undefined,
    feed:
      industry !== undefined
        ? {
            path: feedPath('industries', industry),
            title: facetText.feedIndustry(industryText[industry][locale])[locale],
          }
        : role !== undefined
          ? { path: feedPath('roles', role), title: facetText.feedRole(memberText[role][locale])[locale] }
          : { path: feedPath('articles'), title: text.articles[locale] },
  });
}

const sorts = ['new', 'top', 'featured'] as const;
const Sort = z.enum(sorts).catch('new');

export async function loader({ context, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const sort = Sort.parse(searchParams.get('sort'));
  const cursor = searchParams.get('cursor');
  // What is none filters nothing.
  const industry = Industry.safeParse(searchParams.get('industry')).data;
  const role = MemberRole.safeParse(searchParams.get('role')).data;
  const filter = { ...(industry && { industry }), ...(role && { role }) };
  const query = new URLSearchParams({ sort, limit: '20', ...filter, ...(cursor !== null && { cursor }) });
  const api = context.get(apiContext);
  const [list, begun] = await Promise.all([
    api.get(`/api/community/articles?${query}`, page(PostSummary)),
    context.get(viewerContext).user ? api.get('/api/community/series/readings', z.array(BegunSeries)) : [],
  ]);
  return { list, begun, sort, industry, role, isFirst: cursor === null };
}

export default function ArticlesPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { list, begun, sort, industry, role, isFirst } = loaderData;
  const names = { new: text.newest, top: text.top, featured: text.featured };
  const hrefOf = (one: string, cursor: string | null = null) => {
    const query = new URLSearchParams({
      ...(one !== 'new' && { sort: one }),
      ...(industry && { industry }),
      ...(role && { role }),
      ...(cursor !== null && { cursor }),
    });
    return query.size === 0 ? '/articles' : `/articles?${query}`;
  };
  return (
    <PageGrid aside={begun.length > 0 && <BegunBox begun={begun} />}>
      <PageHead title={t(text.articles)} lead={t(text.lead)}>
        <a href="/case-studies">{t(caseStudyText.title)}</a>
        <a className="com-button" href="/articles/write">
          {t(text.write)}
        </a>
      </PageHead>
      <Tabs
        label={t(text.articles)}
        tabs={sorts.map((one) => ({ href: hrefOf(one), label: t(names[one]), current: one === sort }))}
      />
      <FacetFilter
        action="/articles"
        industry={industry}
        role={role}
        hidden={sort === 'new' ? {} : { sort }}
      />
      <PostList posts={list.items} empty={<EmptyState title={t(text.none)} />} />
      <Pager
        next={list.nextCursor === null ? null : hrefOf(sort, list.nextCursor)}
        first={isFirst ? null : hrefOf(sort)}
      />
    </PageGrid>
  );
}
