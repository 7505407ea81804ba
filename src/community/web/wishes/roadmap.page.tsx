import { wishPath } from '#src/community/contract/addresses.ts';
import { feedPath } from '#src/community/contract/feeds.ts';
import { Roadmap } from '#src/community/contract/wishes.ts';
import { wishPageText as text, wishStateText } from '#src/community/contract/wishes.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { headOf, siteOf } from '../site/head.ts';
import { Ago, Box, Breadcrumb, PageGrid, PageHead } from '../site/parts.tsx';
import type { Route } from './+types/roadmap.page.ts';
import { WishSums } from './wish-list.tsx';
import './wishes.css';

export const handle = { hydrate: false, isKept: true };

export function meta(args: Route.MetaArgs) {
  const { locale } = siteOf(args);
  return headOf(args, {
    title: text.roadmap[locale],
    description: text.roadmapLead[locale],
    path: '/wishes/roadmap',
    feed: { path: feedPath('wishes'), title: text.title[locale] },
  });
}

export const loader = ({ context }: Route.LoaderArgs) =>
  context.get(apiContext).get('/api/community/wishes/roadmap', Roadmap);

export default function RoadmapPage({ loaderData: roadmap }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const roads = [
    { title: text.changelog, wishes: roadmap.delivered },
    { title: wishStateText.started, wishes: roadmap.started.map((wish) => ({ ...wish, by: null })) },
    { title: wishStateText.planned, wishes: roadmap.planned.map((wish) => ({ ...wish, by: null })) },
  ];
  return (
    <PageGrid>
      <Breadcrumb steps={[{ href: '/wishes', label: t(text.title) }, { label: t(text.roadmap) }]} />
      <PageHead title={t(text.roadmap)} lead={t(text.roadmapLead)} />
      <p className="com-meta">
        {roadmap.medianDays
          .filter(({ wishes }) => wishes > 0)
          .map(({ state, days }) => (
            <span key={state}>{t(text.median(format.number(days), t(wishStateText[state])))}</span>
          ))}
      </p>
      <div className="com-wish-roads">
        {roads.map(({ title, wishes }) => (
          <Box key={t(title)} title={t(title)}>
            {wishes.length === 0 && <p className="com-dim">{t(text.nothingHere)}</p>}
            <ul className="com-wishes">
              {wishes.map((wish) => (
                <li key={wish.id} lang={wish.locale}>
                  <h3>
                    <a href={wishPath(wish)}>{wish.title}</a>
                  </h3>
                  <WishSums wish={wish} />
                  <p className="com-meta">
                    {wish.by !== null && <span>{wish.by}</span>}
                    {wish.dueOn !== null && <span>{t(text.due(format.date(wish.dueOn)))}</span>}
                    <Ago at={wish.since} />
                  </p>
                </li>
              ))}
            </ul>
          </Box>
        ))}
      </div>
    </PageGrid>
  );
}
