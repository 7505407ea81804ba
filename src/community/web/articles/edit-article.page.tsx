import { data, redirect } from 'react-router';
import { postPath } from '#src/community/contract/addresses.ts';
import { ArticleSource, WrittenArticle } from '#src/community/contract/articles.ts';
import { articleText as text } from '#src/community/contract/articles.text.ts';
import { SavedDraft } from '#src/community/contract/drafts.ts';
import { draftText } from '#src/community/contract/drafts.text.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import { apiContext, displayContext, localeContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { formAnswer } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { caseStudyTexts } from '../case-studies/case-study-fields.tsx';
import { mediaTexts } from '../media/media-fields.tsx';
import { Breadcrumb, Notice, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/edit-article.page.ts';
import { ArticleFields, articleOf, refusedArticle, textsOf } from './article-fields.tsx';

export const meta = titled(text.edit);

export async function loader({ context, params }: Route.LoaderArgs) {
  const id = numberOf(params.id, context.get(localeContext));
  if (!context.get(viewerContext).user) throw redirect(`/sign-in?back=/articles/${id}/edit`);
  const article = await context.get(apiContext).get(`/api/community/articles/${id}/source`, ArticleSource);
  return { article, timeZone: context.get(displayContext).timeZone };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const id = numberOf(params.id, context.get(localeContext));
  const api = context.get(apiContext);
  const { intent, revision, ...form } = textsOf(await request.formData());
  if (intent === 'draft') {
    const kept = await formAnswer(api.put(`/api/community/drafts/post-${id}`, { fields: form }, SavedDraft));
    if ('refused' in kept) return refusedArticle(kept.refused, form);
    throw redirect(`/articles/${id}/edit`);
  }
  const body = {
    ...articleOf(form, context.get(displayContext).timeZone),
    note: form['note'] ?? '',
    revision: Number(revision),
  };
  const answer = await formAnswer(api.put(`/api/community/articles/${id}`, body, WrittenArticle));
  if ('refused' in answer) return refusedArticle(answer.refused, form);
  throw redirect(postPath({ kind: 'article', ...answer.done }));
}

function numberOf(id: string, locale: 'en' | 'zh-CN'): number {
  if (/^[1-9]\d{0,15}$/.test(id)) return Number(id);
  throw data(postText.noSuchPost[locale], { status: 404 });
}

export default function EditArticlePage({ loaderData, actionData }: Route.ComponentProps) {
  const { article, timeZone } = loaderData;
  const t = useText();
  const format = useFormat();
  const written = {
    title: article.title,
    markdown: article.markdown,
    tags: article.tags.join(' '),
    locale: article.locale,
    origin: article.origin,
    licence: article.licence,
    sourceUrl: article.sourceUrl ?? '',
    sourceAuthor: article.sourceAuthor ?? '',
    series: article.series ?? '',
    industries: article.industries.join(' '),
    roles: article.roles.join(' '),
    ...caseStudyTexts(article.caseStudy),
    ...mediaTexts(article.media, timeZone),
  };
  const { draft } = article;
  const values = actionData?.form ?? { ...written, ...draft?.fields };
  return (
    <>
      <Breadcrumb
        steps={[
          { href: '/articles', label: t(text.articles) },
          { href: `/articles/${article.id}`, label: article.title },
          { label: t(text.edit) },
        ]}
      />
      <PageHead title={t(text.edit)} />
      {!actionData && draft !== null && (
        <Notice>{t(draftText.wentOn(format.fullTime(draft.savedAt)))}</Notice>
      )}
      <Refusal problem={actionData?.problem} />
      <form method="post" className="com-form" data-wide="">
        <input type="hidden" name="revision" value={article.revision} />
        <ArticleFields
          values={values}
          draft={`post-${article.id}`}
          hasCase={article.isMine && article.caseStudy !== null}
          series={article.isMine ? article.ownSeries.map(({ title }) => title) : null}
          problem={actionData?.problem ?? null}
        />
        <Field
          label={t(text.note)}
          name="note"
          maxLength={200}
          defaultValue={values['note']}
          problem={actionData?.problem}
        />
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.save)}
          </button>
          <button
            type="submit"
            className="com-button"
            data-kind="quiet"
            name="intent"
            value="draft"
            formNoValidate
          >
            {t(draftText.save)}
          </button>
        </div>
      </form>
    </>
  );
}
