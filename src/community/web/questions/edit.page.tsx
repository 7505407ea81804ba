import { redirect } from 'react-router';
import { Posted, PostSource } from '#src/community/contract/questions.ts';
import { questionPageText as text } from '#src/community/contract/questions.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field } from '#src/platform/web/public/form-parts.tsx';
import { MarkdownField } from '../editor/markdown-field.tsx';
import { Notice, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/edit.page.ts';
import { tagsOf } from './tags-of.ts';

export const meta = titled(text.edit);

const sourceOf = (id: string) => `/api/community/thread-posts/${encodeURIComponent(id)}`;

export async function loader({ context, params, request }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user)
    throw redirect(`/sign-in?back=${encodeURIComponent(new URL(request.url).pathname)}`);
  return context.get(apiContext).get(`${sourceOf(params.id)}/source`, PostSource);
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const api = context.get(apiContext);
  const form = await request.formData();
  const field = (name: string) => fieldOf(form, name);
  const given = {
    title: field('title'),
    markdown: field('markdown'),
    tags: field('tags'),
    note: field('note'),
  };
  const isQuestion = field('kind') === 'question';
  const body = {
    markdown: given.markdown,
    note: given.note,
    revision: Number(field('revision')),
    ...(isQuestion && { title: given.title, tags: tagsOf(given.tags) }),
  };
  const answer = await formAnswer<unknown>(
    field('direct') === 'true'
      ? api.patch(sourceOf(params.id), body, Posted)
      : api.post('/api/community/edits', { post: Number(params.id), ...body }),
  );
  if ('refused' in answer) return refusedForm(answer.refused, given);
  const place = isQuestion ? '' : `#answer-${params.id}`;
  throw redirect(`/questions/${encodeURIComponent(field('question'))}${place}`);
}

export default function EditPage({ loaderData: source, actionData }: Route.ComponentProps) {
  const t = useText();
  const given = actionData?.given;
  const problem = actionData?.problem;
  const isQuestion = source.kind === 'question';
  return (
    <PageGrid>
      <PageHead
        title={t(source.isDirect ? text.edit : text.suggestEdit)}
        lead={source.isDirect ? undefined : t(text.suggestLead)}
      />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      <form method="post" className="com-form">
        <input type="hidden" name="kind" value={source.kind} />
        <input type="hidden" name="question" value={source.questionId} />
        <input type="hidden" name="revision" value={source.revision} />
        <input type="hidden" name="direct" value={String(source.isDirect)} />
        {isQuestion && (
          <Field
            label={t(text.titleField)}
            name="title"
            minLength={5}
            maxLength={200}
            required
            defaultValue={given?.['title'] ?? source.title}
            problem={problem}
          />
        )}
        <MarkdownField
          label={t(text.bodyField)}
          rows={14}
          defaultValue={given?.['markdown'] ?? source.markdown}
          problem={problem}
        />
        {isQuestion && (
          <Field
            label={t(text.tagsField)}
            hint={t(text.tagsHint)}
            name="tags"
            maxLength={300}
            defaultValue={given?.['tags'] ?? source.tags.join(' ')}
            problem={problem}
          />
        )}
        <Field
          label={t(text.noteField)}
          name="note"
          maxLength={200}
          defaultValue={given?.['note']}
          problem={problem}
        />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(source.isDirect ? text.save : text.suggestEdit)}
          </button>
          <a href={`/questions/${source.questionId}`}>{t(text.back)}</a>
        </div>
      </form>
    </PageGrid>
  );
}
