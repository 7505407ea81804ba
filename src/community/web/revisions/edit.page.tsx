import { redirect } from 'react-router';
import { editPath } from '#src/community/contract/addresses.ts';
import { EditToReview } from '#src/community/contract/edits.ts';
import { editText as text } from '#src/community/contract/edits.text.ts';
import { Decision } from '#src/community/contract/moderation.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field } from '#src/platform/web/public/form-parts.tsx';
import { ConflictNote } from '../moderation/moderation-frame.tsx';
import { Ago, Breadcrumb, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/edit.page.ts';
import { DifferenceView } from './difference.tsx';

export const meta = titled(text.title);

export async function loader({ context, params }: Route.LoaderArgs) {
  const id = encodeURIComponent(params.id);
  if (!context.get(viewerContext).user) throw redirect(`/sign-in?back=${encodeURIComponent(`/edits/${id}`)}`);
  return context.get(apiContext).get(`/api/community/edits/${id}`, EditToReview);
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const api = context.get(apiContext);
  const form = await request.formData();
  const verdict = fieldOf(form, 'intent');
  const answer = await formAnswer<Decision | null>(
    verdict === 'withdraw'
      ? api.post('/api/community/edits/withdraw', { edit: Number(params.id) }).then(() => null)
      : api.post(
          '/api/community/moderation/decisions',
          { subject: `edit:${params.id}`, verdict, reason: fieldOf(form, 'reason') },
          Decision,
        ),
  );
  if ('refused' in answer) return refusedForm(answer.refused, { reason: fieldOf(form, 'reason') });
  if (answer.done?.outcome === 'waiting') return { problem: null, waits: true, given: { reason: '' } };
  throw redirect(editPath(Number(params.id)));
}

const tones = { pending: 'busy', approved: 'good', declined: 'bad', withdrawn: 'idle' } as const;

export default function EditPage({ loaderData: edit, actionData }: Route.ComponentProps) {
  const t = useText();
  const { post, state } = edit;
  const isOpen = state === 'pending';
  return (
    <PageGrid>
      <Breadcrumb steps={[{ href: post.path, label: post.title }, { label: t(text.title) }]} />
      <PageHead title={t(text.title)} lead={edit.note === '' ? undefined : edit.note} />
      <p className="com-meta">
        <span className="com-mark" data-tone={tones[state]}>
          {t(text[state])}
        </span>
        <MemberLink member={edit.editor} />
        <Ago at={edit.at} />
        {isOpen && edit.approvals > 0 && <span>{t(text.approvals(edit.approvals, edit.needed))}</span>}
        <a href={post.path}>{t(text.open)}</a>
      </p>
      <div className="com-edit">
        {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
        {actionData && 'waits' in actionData && <Notice tone="good">{t(text.waitsForSecond)}</Notice>}
        {isOpen && edit.isMine && <Notice>{t(text.thanks)}</Notice>}
        {edit.isStale && <Notice tone="warn">{t(text.stale)}</Notice>}
        <DifferenceView difference={edit.difference} />
        {isOpen && edit.isMine && (
          <form method="post" className="com-actions">
            <button className="com-button" data-kind="quiet" name="intent" value="withdraw">
              {t(text.withdraw)}
            </button>
          </form>
        )}
        {isOpen && edit.mayReview && edit.conflict !== null && !edit.isMine && (
          <ConflictNote conflict={edit.conflict} />
        )}
        {isOpen && edit.mayReview && edit.conflict === null && (
          <form method="post" className="com-form">
            <Field
              label={t(text.reason)}
              name="reason"
              maxLength={2000}
              defaultValue={actionData?.given.reason}
              problem={actionData?.problem}
            />
            <div className="com-actions">
              {!edit.isStale && (
                <button className="com-button" name="intent" value="approve">
                  {t(text.take)}
                </button>
              )}
              <button className="com-button" data-kind="bad" name="intent" value="decline">
                {t(text.decline)}
              </button>
            </div>
          </form>
        )}
      </div>
    </PageGrid>
  );
}
