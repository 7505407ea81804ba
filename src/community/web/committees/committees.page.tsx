import { z } from 'zod';
import { committeePath } from '#src/community/contract/addresses.ts';
import { boardSlug, ListedCommittee } from '#src/community/contract/committees.ts';
import { committeePageText as text } from '#src/community/contract/committees.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { listHead } from '../site/head.ts';
import { Box, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/committees.page.ts';
import { officeWords } from './seat-parts.tsx';

export const handle = { hydrate: false, isKept: true };
export const meta = listHead(text.title, '/committees');

export async function loader({ context }: Route.LoaderArgs) {
  const list = z.array(ListedCommittee);
  return { committees: await context.get(apiContext).get('/api/community/committees', list) };
}

export default function CommitteesPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const format = useFormat();
  const { committees } = loaderData;
  const board = committees.find(({ slug }) => slug === boardSlug);
  return (
    <PageGrid>
      <PageHead title={t(text.title)} lead={t(text.lead)}>
        <a className="com-button" data-kind="quiet" href="/plan">
          {t(text.plan)}
        </a>
        <a className="com-button" href="/core-applications/new">
          {t(text.apply)}
        </a>
      </PageHead>
      {board && (
        <Box title={<a href={committeePath(board.slug)}>{board.name}</a>}>
          <p className="com-dim">{board.mission}</p>
          <Holders committee={board} />
        </Box>
      )}
      <ul className="com-cards">
        {committees
          .filter(({ slug }) => slug !== boardSlug)
          .map((one) => (
            <li key={one.slug} className="com-card">
              <h3>
                <a href={committeePath(one.slug)}>{one.name}</a>
              </h3>
              <p className="com-dim">{one.mission}</p>
              <Holders committee={one} />
              {one.openMatters > 0 && (
                <p className="com-meta">{t(text.openMatters(format.number(one.openMatters)))}</p>
              )}
            </li>
          ))}
      </ul>
    </PageGrid>
  );
}

function Holders({ committee: { slug, seats } }: { committee: ListedCommittee }) {
  const t = useText();
  if (seats.length === 0) return <p className="com-meta">{t(text.vacant)}</p>;
  return (
    <ul className="com-plain">
      {seats.slice(0, 5).map(({ id, member, office }) => (
        <li key={id} className="com-meta">
          <MemberLink member={member} />
          <span>{t(officeWords(office, slug))}</span>
        </li>
      ))}
    </ul>
  );
}
