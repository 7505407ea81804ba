import { feedText as text } from '#src/community/contract/feeds.text.ts';
import { siteText } from '#src/community/contract/site.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { headOf, siteOf } from '../site/head.ts';
import { PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/feeds.page.ts';
import { feedTypes } from './write-feed.ts';

export const handle = { cacheSeconds: 60 };

export function meta(args: Route.MetaArgs) {
  const { locale } = siteOf(args);
  return headOf(args, {
    title: text.title[locale],
    description: text.lead[locale],
    path: '/feeds',
    feed: { path: '/feeds/all', title: siteText.brand[locale] },
  });
}

export default function FeedsPage() {
  const t = useText();
  const feeds = [
    { path: '/feeds/all', title: t(text.all) },
    { path: '/feeds/questions', title: t(siteText.questions) },
    { path: '/feeds/articles', title: t(siteText.articles) },
  ];
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      <table className="com-table">
        <tbody>
          {feeds.map(({ path, title }) => (
            <tr key={path}>
              <th scope="row">{title}</th>
              {Object.keys(feedTypes).map((ending) => (
                <td key={ending}>
                  <a href={`${path}.${ending}`}>{path.slice('/feeds/'.length) + '.' + ending}</a>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="com-dim">{t(text.everyOther)}</p>
    </PageGrid>
  );
}
