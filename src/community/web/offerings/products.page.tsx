import { offeringPath, organisationPath } from '#src/community/contract/addresses.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { ListedProduct, productCategories, ProductQuery } from '#src/community/contract/offerings.ts';
import { offeringPageText as text, productCategoryText } from '#src/community/contract/offerings.text.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { listHead } from '../site/head.ts';
import { EmptyState, PageGrid, PageHead, Pager, Tabs } from '../site/parts.tsx';
import type { Route } from './+types/products.page.ts';
import '../organisations/organisations.css';

export const handle = { hydrate: false, isKept: true };
export const meta = listHead(text.products, '/products', feedPath('releases'));

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = Object.fromEntries(new URL(request.url).searchParams);
  const { category, q, cursor } = ProductQuery.safeParse(asked).data ?? {};
  const address = addressWith('/api/community/offerings/products', { category, q, cursor, limit: '30' });
  const list = await context.get(apiContext).get(address, page(ListedProduct));
  return { list, category, q, isFirst: cursor === undefined };
}

export default function ProductsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { list, category, q, isFirst } = loaderData;
  const address = (more: Record<string, string | undefined>) => addressWith('/products', { q, ...more });
  return (
    <PageGrid>
      <PageHead title={t(text.products)} lead={t(text.productsLead)} />
      <Tabs
        label={t(text.category)}
        tabs={[
          { href: address({}), label: t(text.all), current: category === undefined },
          ...productCategories.map((one) => ({
            href: address({ category: one }),
            label: t(productCategoryText[one]),
            current: one === category,
          })),
        ]}
      />
      <form className="com-form com-row" role="search">
        {category !== undefined && <input type="hidden" name="category" value={category} />}
        <label>
          <span className="el-hidden">{t(text.search)}</span>
          <input type="search" name="q" maxLength={100} defaultValue={q} placeholder={t(text.search)} />
        </label>
        <button type="submit" className="com-button" data-kind="quiet">
          {t(text.filter)}
        </button>
      </form>
      {list.items.length === 0 ? (
        <EmptyState title={t(text.none)} hint={t(text.noneHint)} />
      ) : (
        <ul className="com-cards">
          {list.items.map((one) => (
            <li key={one.id} className="com-card">
              <h2>
                <a href={offeringPath({ kind: 'product', id: one.id })}>
                  <bdi>{one.name}</bdi>
                </a>
              </h2>
              <p>{one.summary}</p>
              <p className="com-meta">
                <span>{t(productCategoryText[one.category])}</span>
                {one.basedOn !== '' && <span>PostgreSQL {one.basedOn}</span>}
                <bdi>{one.licence}</bdi>
                <a href={organisationPath(one.organisation.slug)}>
                  <bdi>{one.organisation.name}</bdi>
                </a>
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pager
        next={list.nextCursor === null ? null : address({ category, cursor: list.nextCursor })}
        first={isFirst ? null : address({ category })}
      />
    </PageGrid>
  );
}
