import { redirect } from 'react-router';
import { postPath, seriesPath } from '#src/community/contract/addresses.ts';
import { articleText } from '#src/community/contract/articles.text.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { Series } from '#src/community/contract/series.ts';
import { seriesText as text } from '#src/community/contract/series.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Field, Refusal, TextField } from '#src/platform/web/public/form-parts.tsx';
import { headOf } from '../site/head.ts';
import { Ago, Breadcrumb, EmptyState, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import '../articles/articles.css';
import { Progress } from './progress.tsx';
import type { Route } from './+types/series.page.ts';

export const handle = { hydrate: false, isKept: true };
export function meta(args: Route.MetaArgs) {
  const series = args.loaderData;
  if (!series) return [];
  const { id, title, about } = series;
  return headOf(args, {
    title,
    description: about,
    path: seriesPath(id),
    feed: { path: feedPath('series', id), title },
  });
}

export async function loader({ context, params }: Route.LoaderArgs) {
  return context.get(apiContext).get(`/api/community/series/${encodeURIComponent(params.id)}`, Series);
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  // Places as they were typed: equal ones stay in the order they had.
  const order = [...form.keys()]
    .filter((name) => name.startsWith('place-'))
    .map((name) => ({ id: Number(name.slice(6)), place: Number(fieldOf(form, name)) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ id }) => id);
  const path = `/api/community/series/${encodeURIComponent(params.id)}`;
  const body = { title: fieldOf(form, 'title'), about: fieldOf(form, 'about'), order };
  const answer = await formAnswer(context.get(apiContext).put(path, body));
  if ('refused' in answer) return refusedForm(answer.refused);
  throw redirect(seriesPath(params.id));
}

export default function SeriesPage({ loaderData: series, actionData }: Route.ComponentProps) {
  const t = useText();
  return (
    <>
      <Breadcrumb steps={[{ href: '/articles', label: t(articleText.articles) }, { label: series.title }]} />
      <PageHead title={<bdi>{series.title}</bdi>} lead={series.about}>
        <MemberLink member={series.author} size={24} />
      </PageHead>
      {series.articles.length === 0 && <EmptyState title={t(text.empty)} />}
      {series.progress && <Progress progress={series.progress} />}
      <ol className="com-series">
        {series.articles.map((article) => (
          <li key={article.id}>
            <a href={postPath(article)} lang={article.locale}>
              {article.title}
            </a>
            <p className="com-excerpt" lang={article.locale}>
              {article.excerpt}
            </p>
            <p className="com-meta">
              <Ago at={article.publishedAt} />
              {article.isRead && (
                <span className="com-mark" data-tone="good">
                  ✓ {t(text.isRead)}
                </span>
              )}
            </p>
          </li>
        ))}
      </ol>
      {series.isMine && (
        <details className="com-more">
          <summary>{t(text.edit)}</summary>
          <Refusal problem={actionData?.problem} />
          <form method="post" className="com-form">
            <Field label={t(text.title)} name="title" maxLength={200} required defaultValue={series.title} />
            <TextField
              label={t(text.about)}
              name="about"
              maxLength={2000}
              rows={4}
              defaultValue={series.about}
            />
            {series.articles.map((article, at) => (
              <Field
                key={article.id}
                label={t(text.position(article.title))}
                name={`place-${article.id}`}
                type="number"
                min={1}
                max={500}
                required
                defaultValue={at + 1}
              />
            ))}
            <div className="com-actions">
              <button type="submit" className="com-button">
                {t(text.save)}
              </button>
            </div>
          </form>
        </details>
      )}
    </>
  );
}
