import { NoticePage } from '#src/community/contract/notifications.ts';
import { notificationPageText as text } from '#src/community/contract/notification-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { CustomElement } from '#src/platform/web/ui/custom-element.tsx';
import { Ago, EmptyState, Notice, PageGrid, PageHead, Pager } from '../site/parts.tsx';
import { Avatar } from '../site/people.tsx';
import type { Route } from './+types/notifications.page.ts';
import '../moderation/moderation.css';

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get('cursor');
  const query = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  const notices = await context
    .get(apiContext)
    .get(`/api/community/notifications?limit=30${query}`, NoticePage);
  return { ...notices, isFirst: cursor === null };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const [id, upTo] = [fieldOf(form, 'id'), fieldOf(form, 'upTo')];
  const answer = await formAnswer(
    context
      .get(apiContext)
      .post(
        '/api/community/notifications/read',
        upTo === '' ? { ids: [Number(id)] } : { upTo: Number(upTo) },
      ),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  return { problem: null };
}

export default function NotificationsPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { items, unread, nextCursor, isFirst } = loaderData;
  const [newest] = items;
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.unread(unread))}>
        {unread > 0 && newest && (
          <form method="post">
            <input type="hidden" name="upTo" value={newest.id} />
            <button className="com-button" data-kind="quiet">
              {t(text.markAll)}
            </button>
          </form>
        )}
        <a className="com-button" data-kind="quiet" href="/settings/community/notifications">
          {t(text.settings)}
        </a>
      </PageHead>
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {items.length === 0 ? (
        <EmptyState title={t(text.empty)} hint={t(text.emptyHint)} />
      ) : (
        <CustomElement name="notice-list">
          <ul className="com-note-list">
            {items.map((notice) => (
              <li key={notice.id} data-new={notice.isRead ? undefined : ''}>
                <div>
                  <p>
                    {notice.actor && <Avatar member={notice.actor} size={20} />}{' '}
                    <a href={notice.href} data-notice={notice.isRead ? undefined : notice.id}>
                      {notice.words}
                      {notice.title !== '' && <>: {notice.title}</>}
                    </a>
                    {!notice.isRead && <span className="el-hidden"> ({t(text.isNew)})</span>}
                  </p>
                  {notice.excerpt !== '' && <p className="com-excerpt">{notice.excerpt}</p>}
                  <p className="com-meta">
                    <Ago at={notice.at} />
                  </p>
                </div>
                {!notice.isRead && (
                  <form method="post">
                    <input type="hidden" name="id" value={notice.id} />
                    <button className="com-button" data-kind="link">
                      {t(text.markOne)}
                    </button>
                  </form>
                )}
              </li>
            ))}
          </ul>
        </CustomElement>
      )}
      <Pager
        next={nextCursor === null ? null : `/notifications?cursor=${encodeURIComponent(nextCursor)}`}
        first={isFirst ? null : '/notifications'}
      />
    </PageGrid>
  );
}
