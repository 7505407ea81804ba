import { Action } from '#src/community/contract/moderation.ts';
import { moderationPageText as text } from '#src/community/contract/moderation-page.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Ago, EmptyState, Notice, Pager } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/log.page.ts';
import { actionName } from './action-name.ts';
import { ModerationFrame } from './moderation-frame.tsx';

export const meta = titled(text.log);

export async function loader({ context, request }: Route.LoaderArgs) {
  const cursor = new URL(request.url).searchParams.get('cursor');
  const query = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  const log = await context
    .get(apiContext)
    .get(`/api/community/moderation/actions?limit=40${query}`, page(Action));
  return { ...log, isFirst: cursor === null };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const answer = await formAnswer(
    context
      .get(apiContext)
      .post('/api/community/moderation/undo', { action: Number(fieldOf(form, 'action')) }),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  return { done: true, problem: null };
}

export default function LogPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { items, nextCursor, isFirst } = loaderData;
  return (
    <ModerationFrame here="/moderation/log" title={t(text.log)} lead={t(text.logLead)}>
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {actionData?.done && <Notice tone="good">{t(text.undone)}</Notice>}
      {items.length === 0 ? (
        <EmptyState title={t(text.logEmpty)} />
      ) : (
        <ul className="com-mod-log">
          {items.map((one) => (
            <li key={one.id} data-undone={one.isUndone ? '' : undefined}>
              <div>
                <p>
                  {one.actor ? <MemberLink member={one.actor} /> : <em>{t(text.byRules)}</em>}{' '}
                  <strong>{t(actionName(one.kind))}</strong>{' '}
                  {one.href === null ? one.title : <a href={one.href}>{one.title}</a>}{' '}
                  {one.isUndone && <span className="com-mark">{t(text.wasUndone)}</span>}
                </p>
                {one.reason !== '' && <p className="com-dim">{one.reason}</p>}
                <p className="com-meta">
                  {one.member && <MemberLink member={one.member} />}
                  <Ago at={one.at} />
                </p>
              </div>
              {one.canUndo && (
                <form method="post">
                  <input type="hidden" name="action" value={one.id} />
                  <button className="com-button" data-kind="quiet">
                    {t(text.undo)}
                  </button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      <Pager
        next={nextCursor === null ? null : `/moderation/log?cursor=${encodeURIComponent(nextCursor)}`}
        first={isFirst ? null : '/moderation/log'}
      />
    </ModerationFrame>
  );
}
