import { organisationPath } from '#src/community/contract/addresses.ts';
import { Organisation } from '#src/community/contract/organisations.ts';
import { organisationPageText as text } from '#src/community/contract/organisations.text.ts';
import { PublishedPost, PublishedQuery } from '#src/community/contract/published.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { localeOf, titleIn, useText } from '#src/platform/web/i18n.tsx';
import { PageGrid, Pager, Tabs } from '../site/parts.tsx';
import type { Route } from './+types/posts.page.ts';
import { addressWith } from './address-with.ts';
import { OrganisationHead, PublishedList } from './parts.tsx';
import './organisations.css';

export function meta(args: Route.MetaArgs) {
  return titleIn(
    localeOf(args),
    `${text.postsTab[localeOf(args)]} · ${args.loaderData?.organisation.name ?? ''}`,
  );
}

export async function loader({ context, params, request }: Route.LoaderArgs) {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const { kind, year, accepted, cursor } = PublishedQuery.safeParse(asked).data ?? {};
  const filter = { kind, accepted, year: year === undefined ? undefined : String(year) };
  const address = `/api/community/organisations/${encodeURIComponent(params.slug)}`;
  const api = context.get(apiContext);
  const [organisation, posts] = await Promise.all([
    api.get(address, Organisation),
    api.get(addressWith(`${address}/posts`, { ...filter, cursor }), page(PublishedPost)),
  ]);
  return { organisation, posts, filter, isFirst: cursor === undefined };
}

export default function PostsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { organisation, posts, filter, isFirst } = loaderData;
  const path = `${organisationPath(organisation.slug)}/posts`;
  const { year } = filter;
  const tab = (label: string, more: { kind?: string; accepted?: string }) => ({
    href: addressWith(path, { year, ...more }),
    label,
    current: filter.kind === more.kind && filter.accepted === more.accepted,
  });
  return (
    <PageGrid>
      <OrganisationHead organisation={organisation} current="posts" />
      <Tabs
        label={t(text.postsTab)}
        tabs={[
          tab(t(text.all), {}),
          tab(t(text.articles), { kind: 'article' }),
          tab(t(text.questions), { kind: 'question' }),
          tab(t(text.answers), { kind: 'answer' }),
          tab(t(text.accepted), { accepted: 'true' }),
        ]}
      />
      {year !== undefined && (
        <p className="com-meta">
          <strong>{year}</strong>
          <a href={addressWith(path, { ...filter, year: undefined })}>{t(text.allYears)}</a>
        </p>
      )}
      <PublishedList posts={posts.items} />
      <Pager
        next={posts.nextCursor === null ? null : addressWith(path, { ...filter, cursor: posts.nextCursor })}
        first={isFirst ? null : addressWith(path, filter)}
      />
      <p className="com-dim">{t(text.sums)}</p>
    </PageGrid>
  );
}
