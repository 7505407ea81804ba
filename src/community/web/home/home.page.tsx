import { organisationPath, postPath } from '#src/community/contract/addresses.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { homeText as text } from '#src/community/contract/home.text.ts';
import { CommunityHome } from '#src/community/contract/site.ts';
import { siteText } from '#src/community/contract/site.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import { headOf, siteOf } from '../site/head.ts';
import { Box, EmptyState, PageGrid, Stat, TagChip } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostList } from '../site/posts.tsx';
import type { Route } from './+types/home.page.ts';

export const handle = { isKept: true };

export function meta(args: Route.MetaArgs) {
  const { locale } = siteOf(args);
  return headOf(args, {
    title: siteText.brand[locale],
    description: text.lead[locale],
    path: '/community',
    feed: { path: feedPath('all'), title: siteText.brand[locale] },
    data: () => ({
      '@type': 'WebSite',
      name: siteText.brand[locale],
      url: '/community',
      inLanguage: locale,
      potentialAction: {
        '@type': 'SearchAction',
        target: { '@type': 'EntryPoint', urlTemplate: `${siteOf(args).publicUrl}/search?q={query}` },
        'query-input': 'required name=query',
      },
    }),
  });
}

export async function loader({ context }: Route.LoaderArgs) {
  return context.get(apiContext).get('/api/community/site/home', CommunityHome);
}

export default function HomePage({ loaderData: home }: Route.ComponentProps) {
  const t = useText();
  const all = (href: string) => ({ href, label: t(text.all) });
  return (
    <>
      <Welcome totals={home.totals} />
      <PageGrid aside={<Aside home={home} />}>
        {home.featured.length > 0 && (
          <Box title={t(text.featured)} more={all('/articles?sort=featured')}>
            <PostList posts={home.featured} />
          </Box>
        )}
        <Box title={t(text.active)} more={all('/questions')}>
          <PostList
            posts={home.questions}
            empty={
              <EmptyState title={t(text.noQuestions)} hint={t(text.noQuestionsHint)}>
                <a className="com-button" href="/questions/ask">
                  {t(siteText.ask)}
                </a>
              </EmptyState>
            }
          />
        </Box>
        <Box title={t(text.newArticles)} more={all('/articles')}>
          <PostList
            posts={home.articles}
            empty={
              <EmptyState title={t(text.noArticles)} hint={t(text.noArticlesHint)}>
                <a className="com-button" href="/articles/write">
                  {t(siteText.writeArticle)}
                </a>
              </EmptyState>
            }
          />
        </Box>
      </PageGrid>
    </>
  );
}

function Welcome({ totals }: Pick<CommunityHome, 'totals'>) {
  const t = useText();
  const { user } = useViewer();
  const figures = [
    { value: totals.questions, label: t(text.countQuestions), href: '/questions' },
    { value: totals.articles, label: t(text.countArticles), href: '/articles' },
    { value: totals.members, label: t(text.countMembers), href: '/members' },
    { value: totals.organisations, label: t(text.countOrganisations), href: '/organisations' },
  ].filter(({ value }) => value > 0);
  return (
    <section className="com-welcome">
      <div>
        <h1>{t(text.title)}</h1>
        <p className="com-lead">{t(text.lead)}</p>
        <div className="com-actions">
          <a className="com-button" href="/questions/ask">
            {t(siteText.ask)}
          </a>
          <a className="com-button" data-kind="quiet" href="/articles/write">
            {t(siteText.writeArticle)}
          </a>
          {user === null && <a href="/sign-in?back=%2Fcommunity">{t(text.join)}</a>}
        </div>
      </div>
      {figures.length > 0 && (
        <div className="com-stats">
          {figures.map((figure) => (
            <Stat key={figure.href} {...figure} />
          ))}
        </div>
      )}
    </section>
  );
}

function Aside({ home }: { home: CommunityHome }) {
  const t = useText();
  return (
    <>
      {home.unanswered.length > 0 && (
        <Box title={t(text.unanswered)} more={{ href: '/questions?order=unanswered', label: t(text.all) }}>
          <ul className="com-plain">
            {home.unanswered.map((post) => (
              <li key={post.id} lang={post.locale}>
                <a href={postPath(post)}>{post.title}</a>
              </li>
            ))}
          </ul>
        </Box>
      )}
      {home.tags.length > 0 && (
        <Box title={t(text.tags)} more={{ href: '/tags', label: t(text.all) }}>
          <ul className="com-tags">
            {home.tags.map(({ name, postCount }) => (
              <li key={name}>
                <TagChip name={name} count={postCount} />
              </li>
            ))}
          </ul>
        </Box>
      )}
      {home.organisations.length > 0 && (
        <Box title={t(text.organisations)} more={{ href: '/organisations', label: t(text.all) }}>
          <ul className="com-plain">
            {home.organisations.map(({ slug, name }) => (
              <li key={slug}>
                <a href={organisationPath(slug)}>
                  <bdi>{name}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </Box>
      )}
      {home.newcomers.length > 0 && (
        <Box title={t(text.newcomers)} more={{ href: '/members', label: t(text.all) }}>
          <ul className="com-people">
            {home.newcomers.map((member) => (
              <li key={member.handle}>
                <MemberLink member={member} size={24} />
              </li>
            ))}
          </ul>
        </Box>
      )}
    </>
  );
}
