import { z } from 'zod';
import { faqPath } from '#src/community/contract/addresses.ts';
import { FaqQuery, FaqSummary, PostgresVersion } from '#src/community/contract/faq.ts';
import { faqPageText as text } from '#src/community/contract/faq.text.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { page } from '#src/platform/contract/pages.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField, Field } from '#src/platform/web/public/form-parts.tsx';
import { headOf, siteOf } from '../site/head.ts';
import { Ago, EmptyState, PageGrid, PageHead, Pager, Tags } from '../site/parts.tsx';
import type { Route } from './+types/faq.page.ts';
import { VersionMark } from './version-mark.tsx';
import '../questions/questions.css';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const { locale } = siteOf(args);
  const version = args.loaderData?.version;
  return headOf(args, {
    title: text.title[locale],
    description: text.lead[locale],
    path: '/faq',
    hidden: Object.keys(args.loaderData?.asked ?? {}).length > 0,
    feed: {
      path: feedPath('faq', version),
      title: [text.title[locale], ...(version === undefined ? [] : [`PostgreSQL ${version}`])].join(' · '),
    },
  });
}

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = Object.fromEntries(
    [...new URL(request.url).searchParams].filter(([, value]) => value !== ''),
  );
  // What an address asks that does not exist is everything, not an error.
  const { q, version, tag, signal, cursor } = FaqQuery.safeParse(asked).data ?? {};
  const given = Object.entries({ q, version, tag, signal, cursor }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const api = context.get(apiContext);
  const [list, versions] = await Promise.all([
    api.get(`/api/community/faq?${new URLSearchParams(given)}&limit=30`, page(FaqSummary)),
    api.get('/api/community/faq/versions', z.array(PostgresVersion)),
  ]);
  return {
    list,
    versions,
    q: q ?? '',
    version,
    isFirst: cursor === undefined,
    asked: Object.fromEntries(given),
  };
}

export default function FaqPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { list, versions, q, version, isFirst, asked } = loaderData;
  const address = (more: Record<string, string>) => {
    const { cursor: _, ...rest } = asked as Record<string, string>;
    return `/faq?${new URLSearchParams({ ...rest, ...more })}`;
  };
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      <form action="/faq" className="com-form com-row" role="search">
        <Field label={t(text.findField)} name="q" maxLength={200} defaultValue={q} />
        <ChoiceField label={t(text.versionField)} name="version" defaultValue={version ?? ''}>
          <option value="">{t(text.anyVersion)}</option>
          {versions.map(({ major }) => (
            <option key={major} value={major}>
              PostgreSQL {major}
            </option>
          ))}
        </ChoiceField>
        <button type="submit" className="com-button">
          {t(text.find)}
        </button>
      </form>
      {list.items.length === 0 ? (
        <EmptyState title={t(text.none)} hint={t(text.noneLead)}>
          <a href="/faq">{t(text.clear)}</a>
        </EmptyState>
      ) : (
        <ul className="com-posts">
          {list.items.map((entry) => (
            <li key={entry.id}>
              <article className="com-post" lang={entry.locale}>
                <div>
                  <h3>
                    <a href={faqPath(entry)}>{entry.title}</a>
                  </h3>
                  <p className="com-excerpt">{entry.excerpt}</p>
                  <div className="com-foot">
                    <Tags names={entry.tags} />
                    <p className="com-meta">
                      <VersionMark entry={entry} />
                      <span>
                        {t(text.verified)} <Ago at={entry.verifiedAt} />
                      </span>
                    </p>
                  </div>
                </div>
              </article>
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
