import { flagKinds, Subject } from '#src/community/contract/moderation.ts';
import { flagText as text } from '#src/community/contract/moderation-page.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { safeBack } from '#src/platform/web/preferences/preferences.ts';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { TextField } from '#src/platform/web/public/form-parts.tsx';
import { redirect } from 'react-router';
import { EmptyState, Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/flag.page.ts';
import './moderation.css';

export const meta = titled(text.title);

/** `/flag?subject=post:12&back=/questions/12`: what is flagged, and where the reader came from. */
export function loader({ context, request }: Route.LoaderArgs) {
  const url = new URL(request.url);
  if (!context.get(viewerContext).user)
    throw redirect(`/sign-in?back=${encodeURIComponent(url.pathname + url.search)}`);
  const subject = Subject.safeParse(url.searchParams.get('subject')).data ?? null;
  return { subject, back: safeBack(url.searchParams.get('back') ?? '/community') };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const given = { note: fieldOf(form, 'note') };
  const answer = await formAnswer(
    context.get(apiContext).post('/api/community/flags', {
      ...given,
      subject: fieldOf(form, 'subject'),
      kind: fieldOf(form, 'kind'),
    }),
  );
  if ('refused' in answer) return refusedForm(answer.refused, given);
  return { done: true, problem: null, given: {} };
}

export default function FlagPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { subject, back } = loaderData;
  const given: Record<string, string> = actionData?.given ?? {};
  if (subject === null) return <EmptyState title={t(text.nothing)} />;
  const post = /^post:(\d+)$/.exec(subject)?.[1];
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {actionData?.done ? (
        <Notice tone="good">
          {t(text.sent)} <a href={back}>{t(text.back)}</a>
        </Notice>
      ) : (
        <form method="post" className="com-form">
          <input type="hidden" name="subject" value={subject} />
          <fieldset>
            <legend>{t(text.kind)}</legend>
            {flagKinds.map((kind) => (
              <label key={kind} className="pub-check">
                <input type="radio" name="kind" value={kind} required /> {t(text[kind])}
              </label>
            ))}
          </fieldset>
          <TextField
            label={t(text.note)}
            name="note"
            maxLength={2000}
            rows={3}
            defaultValue={given['note']}
            problem={actionData?.problem}
          />
          <div className="com-actions">
            <button className="com-button">{t(text.send)}</button>
            <a href={back}>{t(text.back)}</a>
          </div>
          {post !== undefined && (
            <p className="com-dim">
              <a href={`/copyright-claim?post=${post}&back=${encodeURIComponent(back)}`}>{t(text.isMine)}</a>
            </p>
          )}
        </form>
      )}
    </PageGrid>
  );
}
