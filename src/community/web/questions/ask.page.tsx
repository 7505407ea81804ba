import { redirect } from 'react-router';
import { Posted } from '#src/community/contract/questions.ts';
import { questionPageText as text } from '#src/community/contract/questions.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, TextField } from '#src/platform/web/public/form-parts.tsx';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/ask.page.ts';

export const meta = titled(text.ask);

export function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=%2Fquestions%2Fask');
  return null;
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const given = {
    title: fieldOf(form, 'title'),
    markdown: fieldOf(form, 'markdown'),
    tags: fieldOf(form, 'tags'),
  };
  const body = { ...given, tags: given.tags.split(/[\s,，、]+/u).filter((name) => name !== '') };
  const answer = await formAnswer(context.get(apiContext).post('/api/community/questions', body, Posted));
  if ('refused' in answer) return refusedForm(answer.refused, given);
  throw redirect(`/questions/${answer.done.id}`);
}

export default function AskPage({ actionData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  const given = actionData?.given;
  return (
    <PageGrid>
      <PageHead title={t(text.ask)} lead={t(text.askLead)} />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      <form method="post" className="com-form">
        <Field
          label={t(text.titleField)}
          name="title"
          minLength={5}
          maxLength={200}
          required
          defaultValue={given?.['title']}
          problem={problem}
        />
        <TextField
          label={t(text.bodyField)}
          hint={t(text.bodyHint)}
          name="markdown"
          rows={14}
          maxLength={200_000}
          required
          defaultValue={given?.['markdown']}
          problem={problem}
        />
        <Field
          label={t(text.tagsField)}
          hint={t(text.tagsHint)}
          name="tags"
          maxLength={300}
          defaultValue={given?.['tags']}
          problem={problem}
        />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.askNow)}
          </button>
        </div>
      </form>
    </PageGrid>
  );
}
