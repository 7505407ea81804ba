import { redirect } from 'react-router';
import { z } from 'zod';
import { coreApplicationPath } from '#src/community/contract/addresses.ts';
import { boardSlug, ListedCommittee } from '#src/community/contract/committees.ts';
import { coreQuestions } from '#src/community/contract/core-applications.ts';
import {
  applicationPageText as text,
  coreQuestionText,
} from '#src/community/contract/core-applications.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { TextField } from '#src/platform/web/public/form-parts.tsx';
import { CommitteeField } from '../committees/committee-field.tsx';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/apply.page.ts';

export const handle = { hydrate: false };
export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const { pathname, search, searchParams } = new URL(request.url);
  if (!context.get(viewerContext).user)
    throw redirect(`/sign-in?back=${encodeURIComponent(pathname + search)}`);
  const list = z.array(ListedCommittee);
  const committees = await context.get(apiContext).get('/api/community/committees', list);
  return {
    committees: committees.filter(({ slug }) => slug !== boardSlug).map(({ slug, name }) => ({ slug, name })),
    asked: searchParams.get('committee') ?? '',
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const names = ['committee', ...coreQuestions];
  const given = Object.fromEntries(names.map((name) => [name, fieldOf(form, name)]));
  const Made = z.object({ id: z.number().int() });
  const answer = await formAnswer(
    context.get(apiContext).post('/api/community/core-applications', given, Made),
  );
  return 'refused' in answer
    ? refusedForm(answer.refused, given)
    : redirect(coreApplicationPath(answer.done.id));
}

export default function ApplyPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const given: Record<string, string> = actionData?.given ?? { committee: loaderData.asked };
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      <form method="post" className="com-form">
        <CommitteeField committees={loaderData.committees} defaultValue={given['committee']} />
        {coreQuestions.map((question) => (
          <TextField
            key={question}
            label={t(coreQuestionText[question])}
            name={question}
            rows={3}
            maxLength={4000}
            required
            defaultValue={given[question]}
            problem={actionData?.problem}
          />
        ))}
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.send)}
          </button>
        </div>
      </form>
    </PageGrid>
  );
}
