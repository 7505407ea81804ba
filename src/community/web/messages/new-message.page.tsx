import { redirect } from 'react-router';
import { z } from 'zod';
import { memberPath } from '#src/community/contract/addresses.ts';
import { Profile } from '#src/community/contract/members.ts';
import { peopleText as text } from '#src/community/contract/people.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal, TextField } from '#src/platform/web/public/form-parts.tsx';
import { Breadcrumb, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/new-message.page.ts';

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const to = (new URL(request.url).searchParams.get('to') ?? '').slice(0, 40);
  if (!context.get(viewerContext).user) throw redirect(`/sign-in?back=${memberPath(encodeURIComponent(to))}`);
  if (to === '') throw redirect('/messages');
  const { handle, name } = await context
    .get(apiContext)
    .get(`/api/community/members/${encodeURIComponent(to)}?limit=1`, Profile);
  return { to: handle, name };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const body = { handle: fieldOf(form, 'to'), markdown: fieldOf(form, 'markdown') };
  const answer = await formAnswer(
    context.get(apiContext).post('/api/community/messages', body, z.object({ id: z.number() })),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : redirect(`/messages/${answer.done.id}`);
}

export default function NewMessagePage({ loaderData: { to, name }, actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <>
      <Breadcrumb steps={[{ href: '/messages', label: t(text.title) }, { label: name }]} />
      <PageHead title={t(text.newTo(name))} />
      <Refusal problem={actionData?.problem} />
      <form method="post" className="com-form">
        <input type="hidden" name="to" value={to} />
        <TextField
          label={t(text.message)}
          hint={t(text.firstHint)}
          name="markdown"
          rows={6}
          maxLength={10_000}
          required
          problem={actionData?.problem}
        />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.send)}
          </button>
        </div>
      </form>
    </>
  );
}
