import { data, redirect } from 'react-router';
import { organisationPath, postPath } from '#src/community/contract/addresses.ts';
import { Article } from '#src/community/contract/articles.ts';
import { articleText as text } from '#src/community/contract/articles.text.ts';
import { commentText } from '#src/community/contract/comments.text.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { postText } from '#src/community/contract/posts.text.ts';
import { questionPageText } from '#src/community/contract/questions.text.ts';
import { revisionText } from '#src/community/contract/revisions.text.ts';
import { apiContext, localeContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { CaseStudyBox } from '../case-studies/case-study-box.tsx';
import { Discussion } from '../comments/discussion.tsx';
import { sendComment } from '../comments/send-comment.ts';
import { MediaBox } from '../media/media-box.tsx';
import { Facets } from '../site/facets.tsx';
import { FlagLink } from '../site/flag-link.tsx';
import { runsOf } from '../runs/runs-of.ts';
import { FollowButton } from '../site/follow-button.tsx';
import { firstPicture } from '../site/first-picture.ts';
import { headOf } from '../site/head.ts';
import { articleData, sessionData } from '../site/json-ld.ts';
import { Ago, Breadcrumb, Notice, Tags } from '../site/parts.tsx';
import { AuthorCard } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/article.page.ts';
import './articles.css';
import { Licence } from './licence.tsx';
import { Neighbours, ReadMark, SeriesBox } from './series-box.tsx';

export const handle = {
  hydrate: false,
  isKept: true,
  read: (params: Record<string, string>) => `post ${params['id']}`,
};

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
      feed: { path: feedPath('members', article.author.handle), title: article.author.name },
    }),
    picture: firstPicture(article.html),
    data: () =>
      article.media?.kind === 'session'
        ? [articleData(article), sessionData(article, article.media)]
        : articleData(article),
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
  if (intent === 'read' || intent === 'read-on' || intent === 'unread') {
    const reading = `/api/community/series/readings/${id}`;
    const kept = await formAnswer(intent === 'unread' ? api.delete(reading) : api.put(reading));
    if ('refused' in kept) return refusedForm(kept.refused);
    const next =
      intent === 'read-on'
        ? (await api.get(`/api/community/articles/${id}`, Article)).series?.next?.id
        : undefined;
    throw redirect(`/articles/${next ?? id}`);
  }
  if (intent === 'approve-case' || intent === 'withdraw-case') {
    const approval = `/api/community/case-studies/${id}/approval`;
    const said = await formAnswer(
      intent === 'approve-case'
        ? api.put(approval, {
            revision: Number(fieldOf(form, 'revision')),
            file: fieldOf(form, 'file') || null,
          })
        : api.delete(approval),
    );
    if ('refused' in said) return refusedForm(said.refused);
    // Who withdrew may still read the draft.
    throw redirect(`/articles/${id}`);
  }
  const follow = `/api/community/follows/post/${id}`;
  const featured = `/api/community/articles/${id}/featured`;
  const reminder = `/api/community/media/${id}/reminder`;
  const sending = new Map([
    ['feature', () => api.put(featured)],
    ['unfeature', () => api.delete(featured)],
    ['follow', () => api.put(follow)],
    ['unfollow', () => api.delete(follow)],
    ['remind', () => api.put(reminder)],
    ['remind-not', () => api.delete(reminder)],
  ]);
  const vote = () => api.put(`/api/community/votes/${id}`, { value: Number(fieldOf(form, 'value')) });
  const answer = await formAnswer((sending.get(intent) ?? vote)());
  if ('refused' in answer) return refusedForm(answer.refused);
  throw redirect(`/articles/${id}`);
}

export default function ArticlePage({ loaderData: { article, runs }, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
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
      <CaseStudyBox article={article} />
      <MediaBox article={article} />
      <PostBody html={article.html} lang={article.locale} runs={runs.get(article.id)} />
      <ReadMark article={article} />
      <footer className="com-article-foot">
        <Tags names={article.tags} />
        <Facets industries={article.industries} roles={article.roles} />
        <form method="post" className="com-actions">
          <Worth article={article} />
          {article.follows !== null && <FollowButton follows={article.follows} kind="quiet" />}
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
      <Discussion
        post={article}
        path={postPath(article)}
        mayComment={article.may.comment}
        otherwise={commentText.from(format.number(article.commentsFrom))}
        typed={actionData?.given['comment']}
      />
    </article>
  );
}

/** What only the author and moderators see: why readers do not see it. */
function Standing({ article }: { article: Article }) {
  const t = useText();
  const format = useFormat();
  if (article.state === 'scheduled' && article.publishAt !== null)
    return <Notice>{t(text.waitsUntil(format.fullTime(article.publishAt)))}</Notice>;
  if (article.state === 'pending') return <Notice>{t(text.waitsForReview)}</Notice>;
  // The box of a case study says for whom it waits.
  if (article.state === 'draft' && article.caseStudy !== null) return null;
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
