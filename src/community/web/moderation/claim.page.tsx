import { redirect } from 'react-router';
import { flagText as text } from '#src/community/contract/moderation-page.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { safeBack } from '#src/platform/web/preferences/preferences.ts';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { TextField } from '#src/platform/web/public/form-parts.tsx';
import { EmptyState, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/claim.page.ts';

export const meta = titled(text.claimTitle);

export function loader({ context, request }: Route.LoaderArgs) {
  const url = new URL(request.url);
  if (!context.get(viewerContext).user)
    throw redirect(`/sign-in?back=${encodeURIComponent(url.pathname + url.search)}`);
  const post = url.searchParams.get('post') ?? '';
  return {
    post: /^[1-9]\d{0,14}$/.test(post) ? post : null,
    back: safeBack(url.searchParams.get('back') ?? '/community'),
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const given = { work: fieldOf(form, 'work'), claim: fieldOf(form, 'claim') };
  const answer = await formAnswer(
    context
      .get(apiContext)
      .post('/api/community/takedowns', { ...given, post: Number(fieldOf(form, 'post')) }),
  );
  if ('refused' in answer) return refusedForm(answer.refused, given);
  return { done: true, problem: null, given: {} };
}

export default function ClaimPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { post, back } = loaderData;
  const problem = actionData?.problem;
  const given: Record<string, string> = actionData?.given ?? {};
  if (post === null) return <EmptyState title={t(text.nothing)} />;
  return (
    <PageGrid>
      <PageHead title={t(text.claimTitle)} lead={t(text.claimLead)} />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      {actionData?.done ? (
        <Notice tone="good">
          {t(text.claimed)} <a href={back}>{t(text.back)}</a>
        </Notice>
      ) : (
        <form method="post" className="com-form">
          <input type="hidden" name="post" value={post} />
          <TextField
            label={t(text.work)}
            name="work"
            required
            maxLength={2000}
            rows={3}
            defaultValue={given['work']}
            problem={problem}
          />
          <TextField
            label={t(text.claim)}
            name="claim"
            required
            maxLength={4000}
            rows={6}
            defaultValue={given['claim']}
            problem={problem}
          />
          <div className="com-actions">
            <button className="com-button">{t(text.send)}</button>
            <a href={back}>{t(text.back)}</a>
          </div>
        </form>
      )}
    </PageGrid>
  );
}
