import { redirect } from 'react-router';
import { Draft } from '#src/community/contract/drafts.ts';
import { Posted } from '#src/community/contract/questions.ts';
import { questionPageText as text } from '#src/community/contract/questions.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field } from '#src/platform/web/public/form-parts.tsx';
import { CustomElement } from '#src/platform/web/ui/custom-element.tsx';
import { MarkdownField } from '../editor/markdown-field.tsx';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/ask.page.ts';
import { tagsOf } from './tags-of.ts';
import './questions.css';

export const meta = titled(text.ask);

export async function loader({ context }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=%2Fquestions%2Fask');
  return { draft: await context.get(apiContext).get('/api/community/drafts/question', Draft) };
}

export async function action({ context, request }: Route.ActionArgs) {
  const form = await request.formData();
  const given = {
    title: fieldOf(form, 'title'),
    markdown: fieldOf(form, 'markdown'),
    tags: fieldOf(form, 'tags'),
  };
  const body = { ...given, tags: tagsOf(given.tags) };
  const answer = await formAnswer(context.get(apiContext).post('/api/community/questions', body, Posted));
  if ('refused' in answer) return refusedForm(answer.refused, given);
  throw redirect(`/questions/${answer.done.id}`);
}

export default function AskPage({ actionData, loaderData }: Route.ComponentProps) {
  const t = useText();
  const problem = actionData?.problem;
  const given = actionData?.given ?? loaderData.draft?.fields;
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
        <CustomElement name="similar" attributes={{ field: 'title', heading: t(text.similar) }} />
        <MarkdownField
          label={t(text.bodyField)}
          rows={14}
          defaultValue={given?.['markdown'] ?? ''}
          draft="question"
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
