import { z } from 'zod';
import { committeePath, resolutionPath } from '#src/community/contract/addresses.ts';
import { AreaList } from '#src/community/contract/areas.ts';
import { ListedCommittee } from '#src/community/contract/committees.ts';
import { GoalList } from '#src/community/contract/goals.ts';
import { ResolutionList } from '#src/community/contract/resolutions.ts';
import { SponsorList } from '#src/community/contract/sponsorships.ts';
import { transparencyText as text } from '#src/community/contract/transparency.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { SeatLine } from '../committees/seat-parts.tsx';
import { ResolutionFacts } from '../resolutions/resolution-parts.tsx';
import { listHead } from '../site/head.ts';
import { Box, PageGrid, PageHead, Stat } from '../site/parts.tsx';
import { Income, Sponsors } from './money-parts.tsx';
import type { Route } from './+types/transparency.page.ts';

export const handle = { hydrate: false, isKept: true };
export const meta = listHead(text.title, '/transparency');

export async function loader({ context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const [committees, resolutions, areas, goals, money] = await Promise.all([
    api.get('/api/community/committees', z.array(ListedCommittee)),
    api.get('/api/community/resolutions', ResolutionList),
    api.get('/api/community/areas', AreaList),
    api.get('/api/community/goals', GoalList),
    api.get('/api/community/sponsorships', SponsorList),
  ]);
  return { committees, resolutions: resolutions.items, areas: areas.items, goals: goals.items, money };
}

const hoursOf = (minutes: number) => Math.round(minutes / 6) / 10;

export default function TransparencyPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { committees, resolutions, areas, goals, money } = loaderData;
  const seats = committees.reduce((sum, one) => sum + one.seats.length, 0);
  const vacant = committees.filter((one) => !one.seats.some(({ office }) => office === 'chair'));
  const minutes = areas.reduce((sum, area) => sum + area.minutes, 0);
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)} />
      <div className="com-stats">
        <Stat value={seats} label={t(text.seats)} href="/committees" />
        <Stat value={vacant.length} label={t(text.vacant)} href="/committees" />
        <Stat value={resolutions.length} label={t(text.decisions)} href="/decisions" />
        <Stat
          value={resolutions.filter(({ state }) => state === 'open').length}
          label={t(text.open)}
          href="/decisions"
        />
        <Stat
          value={areas.filter(({ owner }) => owner !== null).length}
          label={t(text.areas)}
          href="/areas"
        />
        <Stat
          value={areas.filter(({ owner }) => owner === null).length}
          label={t(text.unowned)}
          href="/areas"
        />
        <Stat value={hoursOf(minutes)} label={t(text.hours)} href="/areas" />
        <Stat
          value={goals.filter(({ value, target }) => value >= target).length}
          label={t(text.reached)}
          href="/goals"
        />
      </div>
      <Box title={t(text.board)}>
        {committees
          .filter((one) => one.seats.length > 0)
          .map((one) => (
            <section key={one.slug}>
              <h3>
                <a href={committeePath(one.slug)}>{one.name}</a>
              </h3>
              <ul className="com-plain">
                {one.seats.map((seat) => (
                  <li key={seat.id}>
                    <SeatLine seat={seat} committee={one.slug} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
      </Box>
      <Box title={t(text.hoursByArea)}>
        <Hours areas={areas} />
      </Box>
      <Box title={t(text.sponsors)}>
        <Sponsors sponsors={money.sponsors} />
      </Box>
      <Box title={t(text.income)}>
        <Income income={money.income} />
      </Box>
      <Box title={t(text.latest)}>
        {resolutions.length === 0 && <p className="com-dim">{t(text.noDecisions)}</p>}
        <ul className="com-plain">
          {resolutions.slice(0, 5).map((one) => (
            <li key={one.id}>
              <a href={resolutionPath(one.id)}>
                <bdi>{one.title}</bdi>
              </a>
              <ResolutionFacts resolution={one} />
            </li>
          ))}
        </ul>
      </Box>
    </PageGrid>
  );
}

function Hours({ areas }: { areas: AreaList['items'] }) {
  const t = useText();
  const format = useFormat();
  const given = areas.filter(({ minutes }) => minutes > 0).toSorted((a, b) => b.minutes - a.minutes);
  if (given.length === 0) return <p className="com-dim">{t(text.noHours)}</p>;
  return (
    <table className="com-table">
      <thead>
        <tr>
          <th scope="col">{t(text.area)}</th>
          <th scope="col">{t(text.hourCount)}</th>
        </tr>
      </thead>
      <tbody>
        {given.map(({ id, name, minutes }) => (
          <tr key={id}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td>{format.number(hoursOf(minutes))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
