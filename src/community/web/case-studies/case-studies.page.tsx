import { organisationPath, postPath } from '#src/community/contract/addresses.ts';
import { ListCaseStudies, ListedCaseStudy } from '#src/community/contract/case-studies.ts';
import { caseStudyText as text } from '#src/community/contract/case-studies.text.ts';
import { facetText, industryText } from '#src/community/contract/industries.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { IndustryOptions } from '../site/facets.tsx';
import { listHead } from '../site/head.ts';
import { EmptyState, PageGrid, PageHead, Pager } from '../site/parts.tsx';
import type { Route } from './+types/case-studies.page.ts';

export const handle = { hydrate: false, cacheSeconds: 10 };
export const meta = listHead(text.title, '/case-studies');

export async function loader({ context, request }: Route.LoaderArgs) {
  const { industry, cursor } =
    ListCaseStudies.safeParse(Object.fromEntries(new URL(request.url).searchParams)).data ?? {};
  const query = new URLSearchParams({
    ...(industry && { industry }),
    ...(cursor !== undefined && { cursor }),
  });
  const list = await context
    .get(apiContext)
    .get(`/api/community/case-studies?${query}`, page(ListedCaseStudy));
  return { list, industry, isFirst: cursor === undefined };
}

export default function CaseStudiesPage({ loaderData: { list, industry, isFirst } }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const hrefOf = (more: Record<string, string> = {}) => {
    const query = new URLSearchParams({ ...(industry && { industry }), ...more });
    return query.size === 0 ? '/case-studies' : `/case-studies?${query}`;
  };
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      <form action="/case-studies" className="com-filter" role="search">
        <select name="industry" defaultValue={industry ?? ''} aria-label={t(facetText.industry)}>
          <option value="">{t(facetText.anyIndustry)}</option>
          <IndustryOptions />
        </select>
        <button type="submit" className="com-button" data-kind="quiet">
          {t(facetText.show)}
        </button>
      </form>
      {list.items.length === 0 ? (
        <EmptyState title={t(text.none)} hint={t(text.noneHint)} />
      ) : (
        <ul className="com-cards">
          {list.items.map(({ post, customer, figure, ...study }) => (
            <li key={post.id} className="com-card">
              <a href={postPath(post)} lang={post.locale}>
                {post.title}
              </a>
              <p className="com-meta">
                <a href={organisationPath(customer.slug)}>
                  <bdi>{customer.name}</bdi>
                </a>
                <span>{t(industryText[study.industry])}</span>
              </p>
              {figure && (
                <p lang={post.locale}>
                  {figure.measure}: {format.number(figure.before)} → {format.number(figure.after)}{' '}
                  {figure.unit}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      <Pager
        next={list.nextCursor === null ? null : hrefOf({ cursor: list.nextCursor })}
        first={isFirst ? null : hrefOf()}
      />
    </PageGrid>
  );
}
