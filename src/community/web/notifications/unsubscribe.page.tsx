import { Unsubscription } from '#src/community/contract/notifications.ts';
import {
  noticeKindText,
  notificationPageText as text,
} from '#src/community/contract/notification-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/unsubscribe.page.ts';

export const meta = titled(text.unsubscribeTitle);

/** Works signed out: the word in the link says whose mails, and which. */
export async function loader({ context, request }: Route.LoaderArgs) {
  return context.get(apiContext).get(addressOf(request), Unsubscription);
}

export async function action({ context, request }: Route.ActionArgs) {
  const answer = await formAnswer(context.get(apiContext).post(addressOf(request)));
  if ('refused' in answer) return refusedForm(answer.refused);
  return { problem: null };
}

const addressOf = (request: Request) =>
  `/api/community/notifications/unsubscribe?token=${encodeURIComponent(
    new URL(request.url).searchParams.get('token') ?? '',
  )}`;

export default function UnsubscribePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { what, address, isDone } = loaderData;
  const name =
    what === 'all'
      ? text.all
      : what === 'digest'
        ? text.digests
        : what === 'newsletter'
          ? text.newsletters
          : noticeKindText[what];
  return (
    <PageGrid>
      <PageHead title={t(text.unsubscribeTitle)} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {isDone ? (
        <Notice tone="good">
          {t(text.unsubscribed)} <a href="/settings/community/notifications">{t(text.settings)}</a>
        </Notice>
      ) : (
        <form method="post" className="com-form">
          <p>{t(text.unsubscribeAsk(t(name), address))}</p>
          <div className="com-actions">
            <button className="com-button">{t(text.unsubscribe)}</button>
          </div>
        </form>
      )}
    </PageGrid>
  );
}
