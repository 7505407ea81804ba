import { feedPath } from '#src/community/contract/feeds.ts';
import { WishQuery, WishSummary } from '#src/community/contract/wishes.ts';
import { facetText } from '#src/community/contract/industries.text.ts';
import { wishPageText as text } from '#src/community/contract/wishes.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext, viewerContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { IndustryOptions } from '../site/facets.tsx';
import { headOf, siteOf } from '../site/head.ts';
import { EmptyState, PageGrid, PageHead, Pager, Tabs } from '../site/parts.tsx';
import type { Route } from './+types/wishes.page.ts';
import { WishList } from './wish-list.tsx';
import './wishes.css';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const { locale } = siteOf(args);
  return headOf(args, {
    title: text.title[locale],
    description: text.lead[locale],
    path: '/wishes',
    hidden: Object.keys(args.loaderData?.asked ?? {}).length > 0,
    feed: { path: feedPath('wishes'), title: text.title[locale] },
  });
}

export async function loader({ context, request }: Route.LoaderArgs) {
  const given = [...new URL(request.url).searchParams].filter(([, value]) => value !== '');
  // What an address asks that does not exist is the first page, not an error.
  const query = WishQuery.safeParse(Object.fromEntries(given)).data;
  const asked = query === undefined ? {} : Object.fromEntries(given);
  const { state, sort, scope, industry, q, cursor } = query ?? WishQuery.parse({});
  const search = new URLSearchParams({ ...asked, limit: '30' });
  const list = await context.get(apiContext).get(`/api/community/wishes?${search}`, page(WishSummary));
  const isSignedIn = context.get(viewerContext).user !== null;
  return { list, asked, state, sort, scope, industry, q, isFirst: cursor === undefined, isSignedIn };
}

export default function WishesPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { list, asked, state, sort, scope, industry, q, isFirst, isSignedIn } = loaderData;
  const address = (more: Record<string, string>) => {
    const { cursor: _, ...rest } = asked as Record<string, string>;
    return `/wishes?${new URLSearchParams({ ...rest, ...more })}`;
  };
  const isPublic = scope === 'public';
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)}>
        <a className="com-button" href="/wishes/new">
          {t(text.make)}
        </a>
        <a className="com-button" data-kind="quiet" href="/wishes/roadmap">
          {t(text.roadmap)}
        </a>
      </PageHead>
      <Tabs
        label={t(text.scopes)}
        tabs={[
          { href: '/wishes', label: t(text.living), current: isPublic && state === 'living' },
          {
            href: '/wishes?state=delivered',
            label: t(text.delivered),
            current: isPublic && state === 'delivered',
          },
          { href: '/wishes?state=all', label: t(text.all), current: isPublic && state === 'all' },
          ...(isSignedIn
            ? (['mine', 'addressed'] as const).map((one) => ({
                href: `/wishes?scope=${one}&state=all`,
                label: t(text[one]),
                current: scope === one,
              }))
            : []),
        ]}
      />
      <form action="/wishes" className="com-form com-row" role="search">
        <input type="hidden" name="state" value={state} />
        <input type="hidden" name="scope" value={scope} />
        <Field label={t(text.findField)} name="q" maxLength={200} defaultValue={q ?? ''} />
        <ChoiceField label={t(facetText.industry)} name="industry" defaultValue={industry ?? ''}>
          <option value="">{t(facetText.anyIndustry)}</option>
          <IndustryOptions />
        </ChoiceField>
        <ChoiceField label={t(text.sortField)} name="sort" defaultValue={sort}>
          <option value="votes">{t(text.byVotes)}</option>
          <option value="weight">{t(text.byWeight)}</option>
          <option value="newest">{t(text.byAge)}</option>
        </ChoiceField>
        <button type="submit" className="com-button" data-kind="quiet">
          {t(text.find)}
        </button>
      </form>
      {list.items.length === 0 ? (
        <EmptyState title={t(text.none)} hint={t(text.noneHint)}>
          <a href="/wishes/new">{t(text.make)}</a>
        </EmptyState>
      ) : (
        <WishList wishes={list.items} />
      )}
      <Pager
        next={list.nextCursor === null ? null : address({ cursor: list.nextCursor })}
        first={isFirst ? null : address({})}
      />
    </PageGrid>
  );
}
