import { organisationPath } from '#src/community/contract/addresses.ts';
import { chapterPageText } from '#src/community/contract/chapters.text.ts';
import { facetText } from '#src/community/contract/industries.text.ts';
import { countryNameOf } from '#src/community/contract/countries.ts';
import {
  OrganisationList,
  OrganisationQuery,
  organisationKinds,
} from '#src/community/contract/organisations.ts';
import {
  organisationKindText,
  organisationPageText as text,
} from '#src/community/contract/organisations.text.ts';
import { expertPageText } from '#src/community/contract/experts.text.ts';
import { offeringPageText } from '#src/community/contract/offerings.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { IndustryOptions } from '../site/facets.tsx';
import { listHead } from '../site/head.ts';
import { Box, EmptyState, PageGrid, PageHead, Pager, Tabs } from '../site/parts.tsx';
import type { Route } from './+types/organisations.page.ts';
import { addressWith } from './address-with.ts';
import { Mark } from './parts.tsx';
import './organisations.css';

export const handle = { hydrate: false, isKept: true };
export const meta = listHead(text.title, '/organisations');

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const query = OrganisationQuery.safeParse(asked).data;
  const { kind, industry, q, cursor } = query ?? {};
  const address = addressWith('/api/community/organisations', { kind, industry, q, cursor, limit: '30' });
  const list = await context.get(apiContext).get(address, OrganisationList);
  return { list, kind, industry, q, isFirst: cursor === undefined };
}

export default function OrganisationsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const locale = useLocale();
  const { list, kind, industry, q, isFirst } = loaderData;
  const address = (more: Record<string, string | undefined>) =>
    addressWith('/organisations', { kind, industry, q, ...more });
  const total = list.kinds.reduce((sum, one) => sum + one.count, 0);
  return (
    <PageGrid
      aside={
        <>
          {list.managed.length > 0 && <Managed managed={list.managed} />}
          <Box title={t(text.alsoHere)}>
            <ul className="com-plain">
              {more.map(({ href, label }) => (
                <li key={href}>
                  <a href={href}>{t(label)}</a>
                </li>
              ))}
            </ul>
          </Box>
        </>
      }
    >
      <PageHead title={t(text.title)} lead={t(text.lead)}>
        {list.waiting !== null && (
          <a className="com-button" data-kind="quiet" href="/organisations/review">
            {t(text.waiting(format.number(list.waiting)))}
          </a>
        )}
        <a className="com-button" href="/organisations/new">
          {t(text.add)}
        </a>
      </PageHead>
      <Tabs
        label={t(text.kinds)}
        tabs={[
          {
            href: addressWith('/organisations', { industry, q }),
            label: t(text.all),
            count: total,
            current: kind === undefined,
          },
          ...organisationKinds.flatMap((one) => {
            const count = list.kinds.find((counted) => counted.kind === one)?.count ?? 0;
            return count === 0 && one !== kind
              ? []
              : [
                  {
                    href: addressWith('/organisations', { industry, q, kind: one }),
                    label: t(organisationKindText[one]),
                    count,
                    current: one === kind,
                  },
                ];
          }),
        ]}
      />
      <form className="com-form com-row" role="search">
        {kind !== undefined && <input type="hidden" name="kind" value={kind} />}
        <label>
          <span className="el-hidden">{t(text.search)}</span>
          <input type="search" name="q" maxLength={100} defaultValue={q} placeholder={t(text.search)} />
        </label>
        <label>
          <span className="el-hidden">{t(facetText.industry)}</span>
          <select name="industry" defaultValue={industry ?? ''}>
            <option value="">{t(facetText.anyIndustry)}</option>
            <IndustryOptions />
          </select>
        </label>
        <button type="submit" className="com-button" data-kind="quiet">
          {t(text.find)}
        </button>
      </form>
      {list.items.length === 0 ? (
        <EmptyState title={t(text.none)} hint={t(text.noneHint)} />
      ) : (
        <ul className="com-cards">
          {list.items.map((one) => (
            <li key={one.slug} className="com-card com-org-card">
              <Mark name={one.name} kind={one.kind} />
              <h2>
                <a href={organisationPath(one.slug)}>
                  <bdi>{one.name}</bdi>
                </a>
              </h2>
              <p className="com-meta">
                <span>{t(organisationKindText[one.kind])}</span>
                {one.country !== '' && <span>{countryNameOf(one.country, locale)}</span>}
                {one.people > 0 && <span>{t(text.people(format.number(one.people)))}</span>}
                {one.posts > 0 && <span>{t(text.posts(format.number(one.posts)))}</span>}
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pager
        next={list.nextCursor === null ? null : address({ cursor: list.nextCursor })}
        first={isFirst ? null : address({})}
      />
    </PageGrid>
  );
}

const more = [
  { href: '/products', label: offeringPageText.products },
  { href: '/services', label: offeringPageText.services },
  { href: '/experts', label: expertPageText.title },
  { href: '/chapters', label: chapterPageText.title },
];

function Managed({ managed }: { managed: OrganisationList['managed'] }) {
  const t = useText();
  return (
    <Box title={t(text.managed)}>
      <ul className="com-plain">
        {managed.map((one) => (
          <li key={one.slug}>
            <a href={organisationPath(one.slug)}>
              <bdi>{one.name}</bdi>
            </a>{' '}
            {one.state === 'pending' && (
              <span className="com-mark" data-tone="busy">
                {t(text.pending)}
              </span>
            )}
            {one.state === 'refused' && (
              <span className="com-mark" data-tone="bad">
                {t(text.refused)}
              </span>
            )}
            {one.isStale && (
              <span className="com-mark" data-tone="bad">
                {t(text.stale)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Box>
  );
}
