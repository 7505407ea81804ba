import { Leaderboard, leaderboardPeriods } from '#src/community/contract/leaderboards.ts';
import { leaderboardText as text } from '#src/community/contract/leaderboards.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { titled, useFormat, useText } from '#src/platform/web/i18n.tsx';
import { useViewer } from '#src/platform/web/viewer.ts';
import { EmptyState, Notice, PageGrid, PageHead, Tabs, Wide } from '../site/parts.tsx';
import { Avatar, MemberLink } from '../site/people.tsx';
import type { Route } from './+types/leaderboard.page.ts';

export const handle = { isKept: true };

export const meta = titled(text.title);

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = new URL(request.url).searchParams.get('period');
  const period = leaderboardPeriods.find((one) => one === asked) ?? 'week';
  const board = await context
    .get(apiContext)
    .get(`/api/community/leaderboards?period=${period}`, Leaderboard);
  return { board, period };
}

export default function LeaderboardPage({ loaderData: { board, period } }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { user } = useViewer();
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)}>
        {user !== null && (
          <a className="com-button" data-kind="quiet" href="/settings/community/privacy">
            {t(text.privacy)}
          </a>
        )}
      </PageHead>
      <Tabs
        label={t(text.period)}
        tabs={leaderboardPeriods.map((one) => ({
          href: one === 'week' ? '/leaderboard' : `/leaderboard?period=${one}`,
          label: t(text[one]),
          current: one === period,
        }))}
      />
      {board.own && <Notice>{t(text.own(board.own.rank, format.number(board.own.points)))}</Notice>}
      {board.places.length === 0 ? (
        <EmptyState title={t(text.nobody)} hint={t(text.nobodyHint)} />
      ) : (
        <Wide>
          <table className="com-table">
            <thead>
              <tr>
                <th scope="col">{t(text.rank)}</th>
                <th scope="col">{t(text.member)}</th>
                <th scope="col" className="com-number">
                  {t(text.points)}
                </th>
              </tr>
            </thead>
            <tbody>
              {board.places.map(({ rank, points, member }) => (
                <tr key={member.handle}>
                  <td>{format.number(rank)}</td>
                  <td>
                    <Avatar member={member} size={24} /> <MemberLink member={member} />
                  </td>
                  <td className="com-number">{format.number(points)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
    </PageGrid>
  );
}
