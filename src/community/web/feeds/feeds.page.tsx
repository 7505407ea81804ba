import { feedPath, wholeFeeds } from '#src/community/contract/feeds.ts';
import { feedText as text, wholeFeedText } from '#src/community/contract/feeds.text.ts';
import { mediaText } from '#src/community/contract/media.text.ts';
import { siteText } from '#src/community/contract/site.text.ts';
import { useText } from '#src/platform/web/i18n.tsx';
import { headOf, siteOf } from '../site/head.ts';
import { PageGrid, PageHead, Wide } from '../site/parts.tsx';
import type { Route } from './+types/feeds.page.ts';
import { feedTypes } from './write-feed.ts';

export const handle = { isKept: true };
const endings = Object.keys(feedTypes);

export function meta(args: Route.MetaArgs) {
  const { locale } = siteOf(args);
  return headOf(args, {
    title: text.title[locale],
    description: text.lead[locale],
    path: '/feeds',
    feed: { path: feedPath('all'), title: siteText.brand[locale] },
  });
}

export default function FeedsPage() {
  const t = useText();
  const feeds = [
    ...wholeFeeds.map((about) => ({
      title: wholeFeedText[about],
      paths: endings.map((one) => `${feedPath(about)}.${one}`),
    })),
    { title: mediaText.podcast, paths: ['/feeds/podcast.xml'] },
    { title: text.calendar, paths: ['/plan.ics'] },
  ];
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      <Wide>
        <table className="com-table">
          <tbody>
            {feeds.map(({ title, paths }) => (
              <tr key={paths[0]}>
                <th scope="row">{t(title)}</th>
                {endings.map((ending, at) => (
                  <td key={ending}>
                    {paths[at] !== undefined && (
                      <a href={paths[at]}>{paths[at].replace(/^\/(?:feeds\/)?/, '')}</a>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Wide>
      <p className="com-dim">{t(text.everyOther)}</p>
    </PageGrid>
  );
}
