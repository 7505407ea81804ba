import { redirect } from 'react-router';
import { WrittenArticle } from '#src/community/contract/articles.ts';
import { articleText as text } from '#src/community/contract/articles.text.ts';
import { NewArticleForm, SavedDraft } from '#src/community/contract/drafts.ts';
import { draftText } from '#src/community/contract/drafts.text.ts';
import { mediaText } from '#src/community/contract/media.text.ts';
import { postPath } from '#src/community/contract/addresses.ts';
import { fromWallTime } from '#src/platform/contract/time-zone.ts';
import { apiContext, displayContext, localeContext, viewerContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { formAnswer } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Notice, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/write-article.page.ts';
import { ArticleFields, articleOf, refusedArticle, textsOf } from './article-fields.tsx';

export const meta = titled(text.write);

export async function loader({ context, request }: Route.LoaderArgs) {
  if (!context.get(viewerContext).user) throw redirect('/sign-in?back=/articles/write');
  const { draft, ownSeries } = await context
    .get(apiContext)
    .get('/api/community/articles/new', NewArticleForm);
  const isSaved = new URL(request.url).searchParams.has('saved');
  return {
    draft,
    ownSeries,
    isSaved,
    locale: context.get(localeContext),
    timeZone: context.get(displayContext).timeZone,
  };
}

export async function action({ context, request }: Route.ActionArgs) {
  const api = context.get(apiContext);
  const { intent, ...form } = textsOf(await request.formData());
  if (intent === 'draft') {
    const answer = await formAnswer(api.put('/api/community/drafts/article', { fields: form }, SavedDraft));
    if ('refused' in answer) return refusedArticle(answer.refused, form);
    throw redirect('/articles/write?saved=1');
  }
  const at = form['publishAt'] ?? '';
  const instant = fromWallTime(at, context.get(displayContext).timeZone);
  const publishAt = at === '' ? null : instant === null ? at : new Date(instant).toISOString();
  const answer = await formAnswer(
    api.post(
      '/api/community/articles',
      { ...articleOf(form, context.get(displayContext).timeZone), publishAt },
      WrittenArticle,
    ),
  );
  if ('refused' in answer) return refusedArticle(answer.refused, form);
  throw redirect(postPath({ kind: 'article', ...answer.done }));
}

export default function WriteArticlePage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { draft, isSaved } = loaderData;
  const values = actionData?.form ?? draft?.fields ?? { locale: loaderData.locale };
  return (
    <>
      <PageHead title={t(text.write)}>
        <a href="/articles/from-transcript">{t(mediaText.importTitle)}</a>
        <a href="/drafts">{t(draftText.drafts)}</a>
      </PageHead>
      {!actionData && draft !== null && (
        <Notice tone={isSaved ? 'good' : 'info'}>
          {t(isSaved ? draftText.saved : draftText.wentOn(format.fullTime(draft.savedAt)))}
        </Notice>
      )}
      <Refusal problem={actionData?.problem} />
      <form method="post" className="com-form" data-wide="">
        <ArticleFields
          values={values}
          draft="article"
          hasCase
          series={loaderData.ownSeries.map(({ title }) => title)}
          problem={actionData?.problem ?? null}
        />
        <div className="com-fields">
          <Field
            label={t(text.publishAt)}
            hint={t(text.publishAtHint(loaderData.timeZone))}
            name="publishAt"
            type="datetime-local"
            defaultValue={values['publishAt']}
            problem={actionData?.problem}
          />
        </div>
        <div className="com-actions">
          <button type="submit" className="com-button">
            {t(text.publish)}
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
