import { redirect } from 'react-router';
import { editPath } from '#src/community/contract/addresses.ts';
import { articleText } from '#src/community/contract/articles.text.ts';
import { SuggestedEdit } from '#src/community/contract/edits.ts';
import { editText } from '#src/community/contract/edits.text.ts';
import { Posted, PostSource } from '#src/community/contract/questions.ts';
import { questionPageText as text } from '#src/community/contract/questions.text.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useText } from '#src/platform/web/i18n.tsx';
import { safeBack } from '#src/platform/web/preferences/preferences.ts';
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
  const source = await context.get(apiContext).get(`${sourceOf(params.id)}/source`, PostSource);
  if (source.kind === 'article' && source.isDirect) throw redirect(`/articles/${source.id}/edit`);
  return source;
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
  const hasTitle = field('kind') !== 'answer';
  const body = {
    markdown: given.markdown,
    note: given.note,
    revision: Number(field('revision')),
    ...(hasTitle && { title: given.title, tags: tagsOf(given.tags) }),
  };
  const answer = await formAnswer(
    field('direct') === 'true'
      ? api.patch(sourceOf(params.id), body, Posted).then(() => null)
      : api.post('/api/community/edits', { post: Number(params.id), ...body }, SuggestedEdit),
  );
  if ('refused' in answer) return refusedForm(answer.refused, given);
  throw redirect(answer.done === null ? safeBack(field('path')) : editPath(answer.done.edit));
}

export default function EditPage({ loaderData: source, actionData }: Route.ComponentProps) {
  const t = useText();
  const given = actionData?.given;
  const problem = actionData?.problem;
  const hasTitle = source.kind !== 'answer';
  return (
    <PageGrid>
      <PageHead
        title={t(source.isDirect ? text.edit : text.suggestEdit)}
        lead={source.isDirect ? undefined : t(text.suggestLead)}
      />
      {problem && <Notice tone="bad">{problem.detail}</Notice>}
      {!source.isDirect && source.waitingEdit !== null && (
        <Notice tone="warn">
          {t(editText.waitsAlready)} <a href={editPath(source.waitingEdit)}>{t(editText.showWaiting)}</a>
        </Notice>
      )}
      <form method="post" className="com-form">
        <input type="hidden" name="kind" value={source.kind} />
        <input type="hidden" name="path" value={source.path} />
        <input type="hidden" name="revision" value={source.revision} />
        <input type="hidden" name="direct" value={String(source.isDirect)} />
        {hasTitle && (
          <Field
            label={t(source.kind === 'article' ? articleText.title : text.titleField)}
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
        {hasTitle && (
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
          <a href={source.path}>{t(text.back)}</a>
        </div>
      </form>
    </PageGrid>
  );
}
