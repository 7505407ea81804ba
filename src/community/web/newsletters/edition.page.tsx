import { data, redirect } from 'react-router';
import { editionPath, postPath } from '#src/community/contract/addresses.ts';
import { Edition } from '#src/community/contract/newsletters.ts';
import { newsletterText as text } from '#src/community/contract/newsletters.text.ts';
import { apiContext, localeContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { Refusal } from '#src/platform/web/public/form-parts.tsx';
import { MarkdownField } from '../editor/markdown-field.tsx';
import { Facets } from '../site/facets.tsx';
import { headOf, siteOf } from '../site/head.ts';
import { Box, Breadcrumb, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import '../articles/articles.css';
import type { Route } from './+types/edition.page.ts';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const edition = args.loaderData?.edition;
  if (!edition) return [];
  return headOf(args, {
    title: text.edition(edition.week)[siteOf(args).locale],
    path: editionPath(edition.id),
    kind: 'article',
    publishedAt: edition.sentAt,
  });
}

export async function loader({ context, params }: Route.LoaderArgs) {
  if (!/^[1-9]\d{0,15}$/.test(params.edition))
    throw data(text.noSuch[context.get(localeContext)], { status: 404 });
  return {
    edition: await context.get(apiContext).get(`/api/community/newsletters/${params.edition}`, Edition),
  };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const markdown = fieldOf(await request.formData(), 'markdown');
  const address = `/api/community/newsletters/${encodeURIComponent(params.edition)}/corrections`;
  const answer = await formAnswer(context.get(apiContext).post(address, { markdown }, Edition));
  if ('refused' in answer) return refusedForm(answer.refused, { markdown });
  throw redirect(`${editionPath(answer.done.id)}#corrections`);
}

export default function EditionPage({ loaderData: { edition }, actionData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const title = t(text.edition(format.date(edition.week)));
  return (
    <PageGrid>
      <Breadcrumb steps={[{ href: '/newsletters', label: t(text.title) }, { label: title }]} />
      <PageHead title={title} />
      <p className="com-meta">
        <span>
          {t(text.sent)} <time dateTime={edition.sentAt}>{format.fullTime(edition.sentAt)}</time>
        </span>
        {edition.corrections.length > 0 && (
          <a href="#corrections">{t(text.correctionCount(edition.corrections.length))}</a>
        )}
      </p>
      <ol className="com-series">
        {edition.entries.map(({ position, post, industries, roles }) => (
          <li key={position}>
            {post === null ? (
              <p className="com-dim">{t(text.noLonger)}</p>
            ) : (
              <>
                <a href={postPath(post)} lang={post.locale}>
                  {post.title}
                </a>
                <p className="com-excerpt" lang={post.locale}>
                  {post.excerpt}
                </p>
                <div className="com-meta">
                  <MemberLink member={post.author} size={20} />
                </div>
                <Facets industries={industries} roles={roles} />
              </>
            )}
          </li>
        ))}
      </ol>
      {edition.corrections.length > 0 && (
        <section id="corrections" aria-labelledby="corrections-title">
          <h2 id="corrections-title">{t(text.corrections)}</h2>
          {edition.corrections.map((one) => (
            <article key={one.id}>
              <div className="com-meta">
                <time dateTime={one.at}>{format.date(one.at)}</time>
                <MemberLink member={one.author} size={20} />
              </div>
              <PostBody html={one.html} lang={edition.locale} />
            </article>
          ))}
        </section>
      )}
      {edition.mayCorrect && (
        <Box title={t(text.correct)}>
          <Refusal problem={actionData?.problem} />
          <form method="post" className="com-form">
            <p className="com-dim">{t(text.correctionHint)}</p>
            <MarkdownField
              label={t(text.correction)}
              rows={5}
              {...(actionData?.given['markdown'] !== undefined && {
                defaultValue: actionData.given['markdown'],
              })}
              problem={actionData?.problem}
            />
            <div className="com-actions">
              <button type="submit" className="com-button">
                {t(text.correct)}
              </button>
            </div>
          </form>
        </Box>
      )}
    </PageGrid>
  );
}
