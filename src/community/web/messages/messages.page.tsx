import { redirect } from 'react-router';
import { ConversationList } from '#src/community/contract/people.ts';
import { peopleText as text } from '#src/community/contract/people.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { Ago, EmptyState, PageHead, Pager } from '../site/parts.tsx';
import { Avatar } from '../site/people.tsx';
import type { Route } from './+types/messages.page.ts';

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/messages');
  const cursor = new URL(request.url).searchParams.get('cursor');
  const query = new URLSearchParams({ limit: '30', ...(cursor !== null && { cursor }) });
  const list = await context.get(apiContext).get(`/api/community/messages?${query}`, ConversationList);
  return { list, isFirst: cursor === null };
}

export default function MessagesPage({ loaderData: { list, isFirst } }: Route.ComponentProps) {
  const t = useText();
  return (
    <>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {list.items.length === 0 && (
        <EmptyState title={t(text.none)} hint={t(text.noneHint)}>
          <a className="com-button" data-kind="quiet" href="/members">
            {t(text.findMembers)}
          </a>
        </EmptyState>
      )}
      <ul className="com-posts com-letters">
        {list.items.map((one) => (
          <li key={one.id}>
            <a href={`/messages/${one.id}`}>
              <Avatar member={one.other} size={40} />
              <span>
                <strong>
                  <bdi>{one.other.name}</bdi>
                  {one.isUnread && <span className="com-mark">{t(text.unread)}</span>}
                  {one.state !== 'open' && (
                    <span className="com-mark" data-tone="idle">
                      {t(one.isMine ? text.waiting : one.state === 'refused' ? text.refused : text.request)}
                    </span>
                  )}
                </strong>
                <span className="com-dim">{one.excerpt}</span>
              </span>
              <span className="com-dim">
                <Ago at={one.activeAt} />
              </span>
            </a>
          </li>
        ))}
      </ul>
      <Pager
        next={list.nextCursor === null ? null : `/messages?cursor=${encodeURIComponent(list.nextCursor)}`}
        first={isFirst ? null : '/messages'}
      />
    </>
  );
}
