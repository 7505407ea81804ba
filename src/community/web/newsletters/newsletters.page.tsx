import { editionPath } from '#src/community/contract/addresses.ts';
import { EditionSummary, ListEditions } from '#src/community/contract/newsletters.ts';
import { newsletterText as text } from '#src/community/contract/newsletters.text.ts';
import { locales } from '#src/platform/contract/i18n.ts';
import { page } from '#src/platform/contract/pages.ts';
import { shellText } from '#src/platform/contract/shell.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { listHead } from '../site/head.ts';
import { EmptyState, PageGrid, PageHead, Pager, Tabs } from '../site/parts.tsx';
import type { Route } from './+types/newsletters.page.ts';

export const handle = { hydrate: false, isKept: true };
export const meta = listHead(text.title, '/newsletters');

export async function loader({ context, request }: Route.LoaderArgs) {
  const { locale, cursor } =
    ListEditions.safeParse(Object.fromEntries(new URL(request.url).searchParams)).data ?? {};
  const query = new URLSearchParams({ ...(locale && { locale }), ...(cursor !== undefined && { cursor }) });
  const list = await context.get(apiContext).get(`/api/community/newsletters?${query}`, page(EditionSummary));
  return { list, locale, isFirst: cursor === undefined };
}

export default function NewslettersPage({ loaderData: { list, locale, isFirst } }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const hrefOf = (more: Record<string, string>) => {
    const query = new URLSearchParams(more);
    return query.size === 0 ? '/newsletters' : `/newsletters?${query}`;
  };
  const own: Record<string, string> = locale === undefined ? {} : { locale };
  const names = { en: shellText.english, 'zh-CN': shellText.chinese };
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)}>
        <a className="com-button" href="/settings/community/notifications">
          {t(text.subscribe)}
        </a>
      </PageHead>
      <Tabs
        label={t(text.title)}
        tabs={[
          { href: '/newsletters', label: t(text.bothLanguages), current: locale === undefined },
          ...locales.map((one) => ({
            href: hrefOf({ locale: one }),
            label: t(names[one]),
            current: one === locale,
          })),
        ]}
      />
      {list.items.length === 0 ? (
        <EmptyState title={t(text.none)} hint={t(text.noneHint)} />
      ) : (
        <ul className="com-cards">
          {list.items.map((one) => (
            <li key={one.id} className="com-card">
              <a href={editionPath(one.id)}>{t(text.edition(format.date(one.week)))}</a>
              <p className="com-meta">
                <span>{t(names[one.locale])}</span>
                <span>{t(text.count(one.count))}</span>
                {one.corrections > 0 && <span>{t(text.correctionCount(one.corrections))}</span>}
              </p>
            </li>
          ))}
        </ul>
      )}
      <Pager
        next={list.nextCursor === null ? null : hrefOf({ ...own, cursor: list.nextCursor })}
        first={isFirst ? null : hrefOf(own)}
      />
    </PageGrid>
  );
}
