import { redirect } from 'react-router';
import { organisationPath } from '#src/community/contract/addresses.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { OrganisationPage as Page } from '#src/community/contract/organisation-pages.ts';
import {
  organisationPageText as text,
  organisationSizeText,
} from '#src/community/contract/organisations.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { facetText, industryText } from '#src/community/contract/industries.text.ts';
import { groupHead } from '../site/head.ts';
import { organisationData } from '../site/json-ld.ts';
import { Ago, Box, Notice, PageGrid, Stat, Wide } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/organisation.page.ts';
import { OfferingLinks } from './offering-links.tsx';
import { OrganisationHead, PublishedList, StateNotice } from './parts.tsx';
import { formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import './organisations.css';

export const handle = {
  hydrate: false,
  isKept: true,
  read: (params: Record<string, string>) => `organisation ${params['slug']}`,
};

export function meta(args: Route.MetaArgs) {
  const organisation = args.loaderData?.page.organisation;
  if (!organisation) return [];
  return groupHead(args, {
    ...organisation,
    path: organisationPath(organisation.slug),
    isPublic: organisation.state === 'verified',
    picture: organisation.logo,
    feed: feedPath('organisations', organisation.slug),
    data: () => organisationData(organisation),
  });
}

export async function loader({ context, params }: Route.LoaderArgs) {
  const slug = encodeURIComponent(params.slug);
  const page = await context.get(apiContext).get(`/api/community/organisations/${slug}/page`, Page);
  const { mergedInto } = page.organisation;
  if (mergedInto !== null) throw redirect(organisationPath(mergedInto), 301);
  return { page };
}

export async function action({ context, params }: Route.ActionArgs) {
  const slug = encodeURIComponent(params.slug);
  const answer = await formAnswer(
    context.get(apiContext).post(`/api/community/organisations/${slug}/confirm`),
  );
  return 'refused' in answer ? refusedForm(answer.refused) : redirect(organisationPath(params.slug));
}

export default function OrganisationPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const { organisation, level, figures, people, posts, products, services } = loaderData.page;
  const path = organisationPath(organisation.slug);
  return (
    <PageGrid aside={<Aside page={loaderData.page} />}>
      <OrganisationHead organisation={organisation} current="overview" level={level} />
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      <StateNotice organisation={organisation} />
      {organisation.aboutHtml !== '' && <PostBody html={organisation.aboutHtml} />}
      <div className="com-box com-stats">
        <Stat value={figures.people} label={t(text.currentPeople)} href={`${path}/people`} />
        <Stat value={figures.formerPeople} label={t(text.formerPeople)} href={`${path}/people`} />
        <Stat value={figures.posts} label={t(text.postCount)} href={`${path}/posts`} />
        <Stat
          value={figures.acceptedAnswers}
          label={t(text.acceptedCount)}
          href={`${path}/posts?accepted=true`}
        />
      </div>
      <OfferingLinks title={t(text.products)} kind="product" offered={products} />
      <OfferingLinks title={t(text.services)} kind="service" offered={services} />
      <Box title={t(text.newest)} more={{ href: `${path}/posts`, label: t(text.more) }}>
        <PublishedList posts={posts} />
      </Box>
      {people.length > 0 && (
        <Box title={t(text.peopleTab)} more={{ href: `${path}/people`, label: t(text.more) }}>
          <ul className="com-plain">
            {people.map((one) => (
              <li key={one.employmentId} className="com-meta">
                <MemberLink member={one.member} size={24} />
                {one.title !== '' && <bdi>{one.title}</bdi>}
                {one.standing === 'confirmed' && (
                  <span className="com-mark" data-tone="good">
                    {t(text.confirmedByThem)}
                  </span>
                )}
              </li>
            ))}
          </ul>
        </Box>
      )}
    </PageGrid>
  );
}

function Aside({ page: { organisation, figures } }: { page: Page }) {
  const t = useText();
  const format = useFormat();
  const path = organisationPath(organisation.slug);
  return (
    <>
      <Box>
        <dl className="com-facts">
          {organisation.website !== '' && (
            <>
              <dt>{t(text.website)}</dt>
              <dd>
                <a href={organisation.website} rel="ugc nofollow noopener">
                  {new URL(organisation.website).hostname}
                </a>
              </dd>
            </>
          )}
          {organisation.industry !== '' && (
            <>
              <dt>{t(facetText.industry)}</dt>
              <dd>
                <a href={`/organisations?industry=${organisation.industry}`}>
                  {t(industryText[organisation.industry])}
                </a>
              </dd>
            </>
          )}
          {organisation.size !== '' && (
            <>
              <dt>{t(text.size)}</dt>
              <dd>{t(organisationSizeText[organisation.size])}</dd>
            </>
          )}
          {organisation.managers.length > 0 && (
            <>
              <dt>{t(text.managers)}</dt>
              <dd>
                {organisation.managers.slice(0, 5).map((one) => (
                  <MemberLink key={one.handle} member={one} />
                ))}
              </dd>
            </>
          )}
          <dt>{t(text.confirmedLabel)}</dt>
          <dd>
            <Ago at={organisation.confirmedAt} />
          </dd>
        </dl>
        {organisation.state === 'verified' && (
          <p>
            <a
              className="com-button"
              data-kind="quiet"
              href={`/settings/employment?organisation=${organisation.slug}`}
            >
              {t(text.workThere)}
            </a>
          </p>
        )}
      </Box>
      {figures.years.length > 0 && (
        <Box title={t(text.byYear)}>
          <Wide>
            <table className="com-table">
              <thead>
                <tr>
                  <th scope="col">{t(text.year)}</th>
                  <th scope="col" className="com-number">
                    {t(text.articles)}
                  </th>
                  <th scope="col" className="com-number">
                    {t(text.answers)}
                  </th>
                  <th scope="col" className="com-number">
                    {t(text.accepted)}
                  </th>
                </tr>
              </thead>
              <tbody>
                {figures.years.map((one) => (
                  <tr key={one.year}>
                    <th scope="row">
                      <a href={`${path}/posts?year=${one.year}`}>{one.year}</a>
                    </th>
                    <td className="com-number">{format.number(one.articles)}</td>
                    <td className="com-number">{format.number(one.answers)}</td>
                    <td className="com-number">{format.number(one.acceptedAnswers)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Wide>
          <p className="com-dim">{t(text.sums)}</p>
        </Box>
      )}
    </>
  );
}
