import { z } from 'zod';
import { TagSummary } from '#src/community/contract/tags.ts';
import { tagText as text } from '#src/community/contract/tags.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { headOf, siteOf } from '../site/head.ts';
import { EmptyState, PageHead, Pager, TagChip, Tabs } from '../site/parts.tsx';
import type { Route } from './+types/tags.page.ts';
import './tags.css';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const { locale } = siteOf(args);
  const { q, isFirst } = args.loaderData ?? {};
  return headOf(args, {
    title: text.tags[locale],
    description: text.lead[locale],
    path: '/tags',
    hidden: isFirst === false || (q ?? '') !== '',
  });
}

const sorts = ['popular', 'name'] as const;
const Sort = z.enum(sorts).catch('popular');

export async function loader({ context, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const sort = Sort.parse(searchParams.get('sort'));
  const q = (searchParams.get('q') ?? '').trim().slice(0, 40);
  const cursor = searchParams.get('cursor');
  const query = new URLSearchParams({ sort, ...(q && { q }), ...(cursor !== null && { cursor }) });
  const list = await context.get(apiContext).get(`/api/community/tags?${query}`, page(TagSummary));
  return { list, sort, q, isFirst: cursor === null };
}

export default function TagsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { list, sort, q, isFirst } = loaderData;
  const names = { popular: text.popular, name: text.byName };
  const hrefOf = (one: string, more = '') => `/tags?sort=${one}${q && `&q=${encodeURIComponent(q)}`}${more}`;
  return (
    <>
      <PageHead title={t(text.tags)} lead={t(text.lead)}>
        <form className="com-form com-row" role="search" action="/tags">
          <input type="hidden" name="sort" value={sort} />
          <input
            type="search"
            name="q"
            maxLength={40}
            defaultValue={q}
            aria-label={t(text.find)}
            placeholder={t(text.find)}
          />
        </form>
      </PageHead>
      <Tabs
        label={t(text.tags)}
        tabs={sorts.map((one) => ({ href: hrefOf(one), label: t(names[one]), current: one === sort }))}
      />
      {list.items.length === 0 ? (
        <EmptyState title={t(text.none)} />
      ) : (
        <ul className="com-taglist">
          {list.items.map((tag) => (
            <li key={tag.name}>
              <TagChip name={tag.name} count={tag.postCount} />
              {tag.isReserved && <span className="com-dim"> {t(text.reserved)}</span>}
              {tag.about !== '' && <p className="com-excerpt">{tag.about}</p>}
            </li>
          ))}
        </ul>
      )}
      <Pager
        next={
          list.nextCursor === null ? null : hrefOf(sort, `&cursor=${encodeURIComponent(list.nextCursor)}`)
        }
        first={isFirst ? null : hrefOf(sort)}
      />
    </>
  );
}
