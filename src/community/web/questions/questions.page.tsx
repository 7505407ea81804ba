import { feedPath } from '#src/community/contract/feeds.ts';
import { questionOrders, QuestionsQuery, ResponseBoard } from '#src/community/contract/questions.ts';
import { PostSummary } from '#src/community/contract/posts.ts';
import { questionOrderText, questionPageText as text } from '#src/community/contract/questions.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { headOf, siteOf } from '../site/head.ts';
import { EmptyState, PageGrid, PageHead, Pager, Tabs } from '../site/parts.tsx';
import { PostList } from '../site/posts.tsx';
import type { Route } from './+types/questions.page.ts';
import { ResponseBoardBox } from './response-board.tsx';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const { locale } = siteOf(args);
  const { tag, order, isFirst } = args.loaderData ?? {};
  const feed = tag === undefined ? feedPath('questions') : feedPath('tags', tag);
  return headOf(args, {
    title: tag === undefined ? text.title[locale] : text.byTag(tag)[locale],
    path: tag === undefined ? '/questions' : `/questions?tag=${encodeURIComponent(tag)}`,
    hidden: isFirst === false || (order !== undefined && order !== questionOrders[0]),
    feed: { path: feed, title: tag ?? text.title[locale] },
  });
}

const perPage = 30;

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = new URL(request.url).searchParams;
  // What an address asks that does not exist is the first page, not an error.
  const query = QuestionsQuery.safeParse(Object.fromEntries(asked)).data;
  const { order, tag, cursor } = query ?? { order: 'newest' as const, tag: undefined, cursor: undefined };
  const api = context.get(apiContext);
  const address = `/api/community/questions?${search({ order, tag, cursor, limit: String(perPage) })}`;
  const [list, board] = await Promise.all([
    api.get(address, page(PostSummary)),
    order === 'unanswered' ? api.get('/api/community/questions/board', ResponseBoard) : null,
  ]);
  return { list, board, order, tag, isFirst: cursor === undefined };
}

function search(params: Record<string, string | undefined>): string {
  const given = Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return new URLSearchParams(given).toString();
}

export default function QuestionsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { list, board, order, tag, isFirst } = loaderData;
  const address = (more: Record<string, string | undefined>) =>
    `/questions?${search({ order, tag, ...more })}`;
  return (
    <PageGrid aside={board && <ResponseBoardBox board={board} />}>
      <PageHead title={tag === undefined ? t(text.title) : t(text.byTag(tag))}>
        <a className="com-button" href="/questions/ask">
          {t(text.ask)}
        </a>
      </PageHead>
      <Tabs
        label={t(text.orders)}
        tabs={questionOrders.map((one) => ({
          href: address({ order: one }),
          label: t(questionOrderText[one]),
          current: one === order,
        }))}
      />
      <PostList
        posts={list.items}
        empty={
          <EmptyState title={t(text.none)} hint={t(text.noneLead)}>
            <a className="com-button" href="/questions/ask">
              {t(text.ask)}
            </a>
          </EmptyState>
        }
      />
      <Pager
        next={list.nextCursor === null ? null : address({ cursor: list.nextCursor })}
        first={isFirst ? null : address({})}
      />
    </PageGrid>
  );
}
