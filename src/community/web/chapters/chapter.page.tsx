import { redirect } from 'react-router';
import { chapterPath, organisationPath } from '#src/community/contract/addresses.ts';
import { Chapter } from '#src/community/contract/chapters.ts';
import { chapterPageText as text } from '#src/community/contract/chapters.text.ts';
import { countryNameOf } from '#src/community/contract/countries.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { PublishedPost } from '#src/community/contract/published.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { fieldOf, formAnswer, refusedForm } from '#src/platform/web/public/form-answer.ts';
import { addressWith } from '../organisations/address-with.ts';
import { PublishedList } from '../organisations/parts.tsx';
import { RefuseForm } from '../organisations/refuse-form.tsx';
import { groupHead } from '../site/head.ts';
import { chapterData } from '../site/json-ld.ts';
import { Box, Breadcrumb, Notice, PageGrid, PageHead, Pager } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import { PostBody } from '../site/posts.tsx';
import type { Route } from './+types/chapter.page.ts';
import '../organisations/organisations.css';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const chapter = args.loaderData?.chapter;
  if (!chapter) return [];
  return groupHead(args, {
    ...chapter,
    path: chapterPath(chapter.slug),
    isPublic: chapter.state === 'approved',
    feed: feedPath('chapters', chapter.slug),
    data: () => chapterData(chapter),
  });
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const address = `/api/community/chapters/${encodeURIComponent(params.slug)}`;
  const { searchParams } = new URL(request.url);
  const cursor = searchParams.get('cursor') ?? undefined;
  const api = context.get(apiContext);
  const [chapter, posts] = await Promise.all([
    api.get(address, Chapter),
    api.get(addressWith(`${address}/posts`, { cursor }), page(PublishedPost)),
  ]);
  return { chapter, posts, isFirst: cursor === undefined };
}

export async function action({ context, params, request }: Route.ActionArgs) {
  const form = await request.formData();
  const api = context.get(apiContext);
  const address = `/api/community/chapters/${encodeURIComponent(params.slug)}`;
  const leader = `${address}/leaders/${encodeURIComponent(fieldOf(form, 'handle'))}`;
  const works: Record<string, () => Promise<void>> = {
    join: () => api.put(`${address}/membership`),
    leave: () => api.delete(`${address}/membership`),
    approve: () => api.post(`${address}/approve`),
    refuse: () => api.post(`${address}/refuse`, { reason: fieldOf(form, 'reason') }),
    appoint: () => api.put(leader),
    'step-back': () => api.delete(leader),
  };
  const work = works[fieldOf(form, 'intent')];
  const answer = await formAnswer(work?.() ?? Promise.resolve());
  return 'refused' in answer ? refusedForm(answer.refused) : redirect(`/chapters/${params.slug}`);
}

export default function ChapterPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useText();
  const locale = useLocale();
  const format = useFormat();
  const { chapter, posts, isFirst } = loaderData;
  const { slug, viewer, state } = chapter;
  const path = `/chapters/${slug}`;
  return (
    <PageGrid aside={<Aside chapter={chapter} />}>
      <Breadcrumb steps={[{ href: '/chapters', label: t(text.title) }, { label: chapter.name }]} />
      <PageHead
        title={<bdi>{chapter.name}</bdi>}
        lead={`${[chapter.city, countryNameOf(chapter.country, locale)].filter(Boolean).join(', ')} · ${t(text.members(format.number(chapter.members)))}`}
      >
        {(state === 'approved' || viewer.isMember) && (
          <form method="post" className="com-actions">
            {viewer.isLeader && (
              <a className="com-button" data-kind="quiet" href={`${path}/edit`}>
                {t(text.edit)}
              </a>
            )}
            <button
              type="submit"
              className="com-button"
              data-kind={viewer.isMember ? 'quiet' : undefined}
              name="intent"
              value={viewer.isMember ? 'leave' : 'join'}
            >
              {t(viewer.isMember ? text.leave : text.join)}
            </button>
          </form>
        )}
      </PageHead>
      {actionData?.problem && <Notice tone="bad">{actionData.problem.detail}</Notice>}
      {state === 'pending' && <Notice tone="warn">{t(text.isPending)}</Notice>}
      {state === 'refused' && <Notice tone="bad">{t(text.isRefused(chapter.refusedReason ?? ''))}</Notice>}
      {state === 'pending' && viewer.mayApprove && (
        <RefuseForm subject={slug} approve="approve" label={t(text.approve)} />
      )}
      {chapter.aboutHtml !== '' && <PostBody html={chapter.aboutHtml} />}
      <Box title={t(text.latest)}>
        <PublishedList posts={posts.items} />
      </Box>
      <Pager
        next={posts.nextCursor === null ? null : addressWith(path, { cursor: posts.nextCursor })}
        first={isFirst ? null : path}
      />
    </PageGrid>
  );
}

function Aside({ chapter }: { chapter: Chapter }) {
  const t = useText();
  const { organisation, website, leaders, newest, viewer } = chapter;
  return (
    <>
      <Box title={t(text.leaders)}>
        <ul className="com-plain">
          {leaders.map((one) => (
            <li key={one.handle}>
              <form method="post" className="com-actions">
                <MemberLink member={one} size={24} />
                <input type="hidden" name="handle" value={one.handle ?? ''} />
                {viewer.isLeader && leaders.length > 1 && (
                  <button
                    type="submit"
                    className="com-button"
                    data-kind="link"
                    name="intent"
                    value="step-back"
                  >
                    {t(text.stepBack)}
                  </button>
                )}
              </form>
            </li>
          ))}
        </ul>
        {viewer.isLeader && (
          <form method="post" className="com-form com-row">
            <label>
              {t(text.handle)}
              <input name="handle" maxLength={40} required />
            </label>
            <button type="submit" className="com-button" data-kind="quiet" name="intent" value="appoint">
              {t(text.makeLeader)}
            </button>
          </form>
        )}
      </Box>
      {(organisation || website !== '') && (
        <Box>
          <dl className="com-facts">
            {organisation && (
              <>
                <dt>{t(text.organisation)}</dt>
                <dd>
                  <a href={organisationPath(organisation.slug)}>
                    <bdi>{organisation.name}</bdi>
                  </a>
                </dd>
              </>
            )}
            {website !== '' && (
              <>
                <dt>{t(text.website)}</dt>
                <dd>
                  <a href={website} rel="ugc nofollow noopener">
                    {new URL(website).hostname}
                  </a>
                </dd>
              </>
            )}
          </dl>
        </Box>
      )}
      <Box title={t(text.membersTitle)}>
        <p className="com-meta">
          {newest.map((one) => (
            <MemberLink key={one.handle} member={one} />
          ))}
        </p>
      </Box>
    </>
  );
}
