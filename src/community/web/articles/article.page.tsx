import { data, redirect } from 'react-router';
import { organisationPath, postPath } from '#src/community/contract/addresses.ts';
import { Article } from '#src/community/contract/articles.ts';
import { articleText as text } from '#src/community/contract/articles.text.ts';
import { commentText } from '#src/community/contract/comments.text.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import { questionPageText } from '#src/community/contract/questions.text.ts';
import { revisionText } from '#src/community/contract/revisions.text.ts';
import { apiContext, localeContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { Comments } from '../comments/comments.tsx';
import { sendComment } from '../comments/send-comment.ts';
import { MediaBox } from '../media/media-box.tsx';
import { FlagLink } from '../site/flag-link.tsx';
import { runsOf } from '../runs/runs-of.ts';
import { headOf } from '../site/head.ts';
import { articleData } from '../site/json-ld.ts';
import { Ago, Breadcrumb, Notice, Tags } from '../site/parts.tsx';
import { AuthorCard } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/article.page.ts';
import './articles.css';
import { Licence } from './licence.tsx';
import { Neighbours, SeriesBox } from './series-box.tsx';

export const handle = { hydrate: false, cacheSeconds: 3 };

export function meta(args: Route.MetaArgs) {
  const article = args.loaderData?.article;
  if (!article) return [];
  return headOf(args, {
    title: article.title,
    description: article.excerpt,
    path: postPath(article),
    kind: 'article',
    publishedAt: article.publishedAt,
    author: article.author.name,
    hidden: article.state !== 'published',
    ...(article.author.handle !== null && {
      feed: { path: `/feeds/members/${article.author.handle}`, title: article.author.name },
    }),
    data: () => articleData(article),
  });
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  if (!/^[1-9]\d{0,15}$/.test(params.id))
    throw data(postText.noSuchPost[context.get(localeContext)], { status: 404 });
  const article = await context.get(apiContext).get(`/api/community/articles/${params.id}`, Article);
  const path = postPath(article);
  // One address a page, whatever the title was when somebody wrote the link down.
  if (new URL(request.url).pathname !== path) throw redirect(path, 301);
  return { article, runs: await runsOf(context.get(apiContext), [article]) };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const id = encodeURIComponent(params.id);
  const intent = fieldOf(form, 'intent');
  if (intent === 'comment' || intent === 'remove-comment') {
    const said = await formAnswer(sendComment(api, form));
    if ('refused' in said) return refusedForm(said.refused, { comment: fieldOf(form, 'comment') });
    throw redirect(`/articles/${id}${said.done}`);
  }
  const featured = `/api/community/articles/${id}/featured`;
  const answer = await formAnswer(
    intent === 'feature'
      ? api.put(featured)
      : intent === 'unfeature'
        ? api.delete(featured)
        : intent === 'remind'
          ? api.put(`/api/community/media/${id}/reminder`)
          : intent === 'remind-not'
            ? api.delete(`/api/community/media/${id}/reminder`)
            : api.put(`/api/community/votes/${id}`, { value: Number(fieldOf(form, 'value')) }),
  );
  if ('refused' in answer) return refusedForm(answer.refused);
  throw redirect(`/articles/${id}`);
}

export default function ArticlePage({ loaderData: { article, runs }, actionData }: Route.ComponentProps) {
  const t = useText();
  const { series } = article;
  return (
    <article className="com-article">
      <Breadcrumb steps={[{ href: '/articles', label: t(text.articles) }, { label: article.title }]} />
      <Refusal problem={actionData?.problem} />
      <Standing article={article} />
      <header className="com-article-head">
        <h1 lang={article.locale}>{article.title}</h1>
        <AuthorCard member={article.author}>
          {article.organisation && (
            <a className="com-dim" href={organisationPath(article.organisation.slug)}>
              <bdi>{article.organisation.name}</bdi>
            </a>
          )}
        </AuthorCard>
        <p className="com-meta">
          <Ago at={article.publishedAt} />
          {article.editedAt !== null && (
            <span>
              {t(text.edited)} <Ago at={article.editedAt} />
            </span>
          )}
          {article.isFeatured && <span className="com-mark">{t(text.featured)}</span>}
          <Origin article={article} />
          {article.revision > 1 && (
            <a href={`/posts/${article.id}/history`} rel="nofollow">
              {t(revisionText.history)}
            </a>
          )}
          {article.may.edit && <a href={`/articles/${article.id}/edit`}>{t(text.edit)}</a>}
          {article.may.suggest && !article.may.edit && (
            <a href={`/articles/${article.id}/suggest`} rel="nofollow">
              {t(questionPageText.suggestEdit)}
            </a>
          )}
          {article.state === 'published' && !article.isMine && (
            <FlagLink subject={`post:${article.id}`} back={postPath(article)} />
          )}
        </p>
      </header>
      {series && <SeriesBox series={series} />}
      <MediaBox article={article} />
      <PostBody html={article.html} lang={article.locale} runs={runs.get(article.id)} />
      <footer className="com-article-foot">
        <Tags names={article.tags} />
        <form method="post" className="com-actions">
          <Worth article={article} />
          {article.may.feature && (
            <button
              type="submit"
              name="intent"
              value={article.isFeatured ? 'unfeature' : 'feature'}
              className="com-button"
              data-kind="quiet"
            >
              {t(article.isFeatured ? text.unfeature : text.feature)}
            </button>
          )}
        </form>
        <p className="com-meta">
          <Licence name={article.licence} />
        </p>
        {series && <Neighbours series={series} />}
      </footer>
      <Discussion article={article} typed={actionData?.given['comment']} />
    </article>
  );
}

/** What readers say about the article. */
function Discussion({ article, typed }: { article: Article; typed: string | undefined }) {
  const t = useText();
  const format = useFormat();
  const { user } = useViewer();
  const { comments, may } = article;
  if (article.state !== 'published' && comments.length === 0) return null;
  const path = postPath(article);
  return (
    <section id="comments" className="com-comments-below" aria-labelledby="comments-title">
      <h2 id="comments-title">
        {t(commentText.comments)}
        {comments.length > 0 && <span className="com-dim"> {format.number(comments.length)}</span>}
      </h2>
      {comments.length === 0 && <p className="com-dim">{t(commentText.none)}</p>}
      <Comments post={article} path={path} mayComment={may.comment} form={{ isOpen: true, typed }} />
      {article.state === 'published' && user === null && (
        <p>
          <a
            className="com-button"
            data-kind="quiet"
            href={`/sign-in?back=${encodeURIComponent(`${path}#comments`)}`}
          >
            {t(commentText.signIn)}
          </a>
        </p>
      )}
      {article.state === 'published' && user !== null && !may.comment && (
        <p className="com-dim">{t(commentText.from(format.number(article.commentsFrom)))}</p>
      )}
    </section>
  );
}

/** What only the author and moderators see: why readers do not see it. */
function Standing({ article }: { article: Article }) {
  const t = useText();
  const format = useFormat();
  if (article.state === 'scheduled' && article.publishAt !== null)
    return <Notice>{t(text.waitsUntil(format.fullTime(article.publishAt)))}</Notice>;
  if (article.state === 'pending') return <Notice>{t(text.waitsForReview)}</Notice>;
  if (article.state !== 'published') return <Notice tone="warn">{t(text.isHidden)}</Notice>;
  return null;
}

function Origin({ article }: { article: Article }) {
  const t = useText();
  const names = { original: text.original, reposted: text.reposted, translated: text.translated };
  return (
    <>
      <span className="com-mark" data-tone={article.origin === 'original' ? 'good' : 'idle'}>
        {t(names[article.origin])}
      </span>
      {article.sourceUrl !== null && (
        <a href={article.sourceUrl} rel="ugc nofollow noopener">
          {t(article.sourceAuthor === null ? text.source : text.sourceOf(article.sourceAuthor))}
        </a>
      )}
    </>
  );
}

/** How many found it worth reading, and the button of those who may say so. */
function Worth({ article }: { article: Article }) {
  const t = useText();
  const format = useFormat();
  const words = `▲ ${format.number(article.score)} · ${t(text.worth)}`;
  if (!article.may.vote) return <span className="com-dim">{words}</span>;
  return (
    <button
      type="submit"
      name="value"
      value={article.vote === 1 ? 0 : 1}
      className="com-button"
      data-kind={article.vote === 1 ? undefined : 'quiet'}
      aria-pressed={article.vote === 1}
    >
      {words}
    </button>
  );
}
