import { z } from 'zod';
import { articleText as text } from '#src/community/contract/articles.text.ts';
import { PostSummary } from '#src/community/contract/posts.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { headOf, siteOf } from '../site/head.ts';
import { EmptyState, PageHead, Pager, Tabs } from '../site/parts.tsx';
import { PostList } from '../site/posts.tsx';
import type { Route } from './+types/articles.page.ts';

export const handle = { cacheSeconds: 3 };

export function meta(args: Route.MetaArgs) {
  const { locale } = siteOf(args);
  return headOf(args, {
    title: text.articles[locale],
    description: text.lead[locale],
    path: '/articles',
    hidden: args.loaderData?.isFirst === false,
    feed: { path: '/feeds/articles', title: text.articles[locale] },
  });
}

const sorts = ['new', 'top', 'featured'] as const;
const Sort = z.enum(sorts).catch('new');

export async function loader({ context, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const sort = Sort.parse(searchParams.get('sort'));
  const cursor = searchParams.get('cursor');
  const query = new URLSearchParams({ sort, limit: '20', ...(cursor !== null && { cursor }) });
  const list = await context.get(apiContext).get(`/api/community/articles?${query}`, page(PostSummary));
  return { list, sort, isFirst: cursor === null };
}

export default function ArticlesPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { list, sort, isFirst } = loaderData;
  const names = { new: text.newest, top: text.top, featured: text.featured };
  const hrefOf = (one: string) => (one === 'new' ? '/articles' : `/articles?sort=${one}`);
  return (
    <>
      <PageHead title={t(text.articles)} lead={t(text.lead)}>
        <a className="com-button" href="/articles/write">
          {t(text.write)}
        </a>
      </PageHead>
      <Tabs
        label={t(text.articles)}
        tabs={sorts.map((one) => ({ href: hrefOf(one), label: t(names[one]), current: one === sort }))}
      />
      <PostList posts={list.items} empty={<EmptyState title={t(text.none)} />} />
      <Pager
        next={
          list.nextCursor === null
            ? null
            : `/articles?sort=${sort}&cursor=${encodeURIComponent(list.nextCursor)}`
        }
        first={isFirst ? null : hrefOf(sort)}
      />
    </>
  );
}
