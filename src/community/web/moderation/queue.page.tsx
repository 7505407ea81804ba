import { ApprovedAll, Decision, Queue, QueueView } from '#src/community/contract/moderation.ts';
import { moderationPageText as text } from '#src/community/contract/moderation-page.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { CustomElement } from '#src/platform/web/ui/custom-element.tsx';
import { EmptyState, Notice } from '../site/parts.tsx';
import type { Route } from './+types/queue.page.ts';
import { AppealEntry, TakedownEntry } from './cases.tsx';
import { ModerationFrame, QueueTabs } from './moderation-frame.tsx';
import { QueueEntry } from './queue-item.tsx';

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const view = QueueView.catch('pending').parse(new URL(request.url).searchParams.get('view'));
  return context.get(apiContext).get(`/api/community/moderation/queue?view=${view}`, Queue);
}

type Told = { outcome: 'approved' | 'declined' | 'waiting' | 'done'; action: number | null; left?: number };

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const moderation = '/api/community/moderation';
  const subject = fieldOf(form, 'subject');
  const answer = await formAnswer(
    (async (): Promise<Told> => {
      const intent = fieldOf(form, 'intent');
      switch (intent) {
        case 'approve':
        case 'decline': {
          const days = fieldOf(form, 'suspendDays');
          return api.post(
            `${moderation}/decisions`,
            {
              subject,
              verdict: intent,
              reason: fieldOf(form, 'reason'),
              isSpam: fieldOf(form, 'isSpam') === 'yes',
              ...(days !== '' && { suspendDays: Number(days) }),
            },
            Decision,
          );
        }
        case 'approve-all': {
          const { approved, left } = await api.post(
            `${moderation}/approvals`,
            { member: fieldOf(form, 'member') },
            ApprovedAll,
          );
          return { outcome: 'done', action: approved, left };
        }
        case 'undo':
          await api.post(`${moderation}/undo`, { action: Number(fieldOf(form, 'action')) });
          return { outcome: 'done', action: null };
        case 'grant':
        case 'deny':
          await api.post('/api/community/appeals/decide', {
            appeal: Number(fieldOf(form, 'appeal')),
            verdict: intent,
            answer: fieldOf(form, 'answer'),
          });
          return { outcome: 'done', action: null };
        default:
          await api.post('/api/community/takedowns/decide', {
            takedown: Number(fieldOf(form, 'takedown')),
            verdict: intent === 'remove-post' ? 'remove' : 'refuse',
            reason: fieldOf(form, 'reason'),
          });
          return { outcome: 'done', action: null };
      }
    })(),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  return { told: answer.done, problem: null };
}

export default function QueuePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { view, counts, items, appeals, takedowns } = loaderData;
  const isEmpty = items.length + appeals.length + takedowns.length === 0;
  return (
    <ModerationFrame here="/moderation" title={t(text.title)} lead={t(text.lead)}>
      <QueueTabs view={view} counts={counts} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {actionData && 'told' in actionData && <Told told={actionData.told} view={view} />}
      {isEmpty ? (
        <EmptyState title={t(text.empty)} hint={t(text.emptyHint)} />
      ) : (
        <CustomElement name="review-keys" attributes={{ hint: t(text.keys) }}>
          <div className="com-mod-queue">
            {items.map((item) => (
              <QueueEntry key={item.subject} item={item} view={view} />
            ))}
            {appeals.map((appeal) => (
              <AppealEntry key={appeal.id} appeal={appeal} />
            ))}
            {takedowns.map((takedown) => (
              <TakedownEntry key={takedown.id} takedown={takedown} />
            ))}
          </div>
        </CustomElement>
      )}
    </ModerationFrame>
  );
}

function Told({ told, view }: { told: Told; view: string }) {
  const t = useText();
  if (told.outcome === 'waiting') return <Notice>{t(text.waitsForSecond)}</Notice>;
  if (told.outcome === 'done')
    return (
      <Notice tone="good">
        {told.left === undefined ? t(text.done) : t(text.approvedAll(told.action ?? 0, told.left))}
      </Notice>
    );
  return (
    <Notice tone="good">
      <form method="post" className="com-mod-told">
        <span>{t(told.outcome === 'approved' ? text.doneApproved : text.doneDeclined)}</span>
        {told.action !== null && (
          <>
            <input type="hidden" name="view" value={view} />
            <input type="hidden" name="action" value={told.action} />
            <button className="com-button" data-kind="link" name="intent" value="undo">
              {t(text.undo)}
            </button>
          </>
        )}
      </form>
    </Notice>
  );
}
