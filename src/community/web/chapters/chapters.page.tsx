import { ChapterList, type ListedChapter } from '#src/community/contract/chapters.ts';
import { chapterPageText as text } from '#src/community/contract/chapters.text.ts';
import { countryNameOf } from '#src/community/contract/countries.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { listHead } from '../site/head.ts';
import { Box, EmptyState, PageGrid, PageHead } from '../site/parts.tsx';
import { MemberLink } from '../site/people.tsx';
import type { Route } from './+types/chapters.page.ts';
import '../organisations/organisations.css';

export const handle = { hydrate: false, isKept: true };
export const meta = listHead(text.title, '/chapters');

export async function loader({ context }: Route.LoaderArgs) {
  return { list: await context.get(apiContext).get('/api/community/chapters', ChapterList) };
}

export default function ChaptersPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const locale = useLocale();
  const { list } = loaderData;
  const countries = [...new Set(list.items.map(({ country }) => country))];
  return (
    <PageGrid
      aside={
        list.own.length > 0 && (
          <Box title={t(text.own)}>
            <ul className="com-plain">
              {list.own.map((one) => (
                <li key={one.slug}>
                  <a href={`/chapters/${one.slug}`}>
                    <bdi>{one.name}</bdi>
                  </a>
                </li>
              ))}
            </ul>
          </Box>
        )
      }
    >
      <PageHead title={t(text.title)} lead={t(text.lead)}>
        <a className="com-button" href="/chapters/new">
          {t(text.found)}
        </a>
      </PageHead>
      {list.waiting !== null && list.waiting.length > 0 && (
        <Box title={t(text.waiting)}>
          <Chapters chapters={list.waiting} />
        </Box>
      )}
      {list.items.length === 0 && <EmptyState title={t(text.none)} hint={t(text.noneHint)} />}
      {countries.map((country) => (
        <Box key={country} title={countryNameOf(country, locale)}>
          <Chapters chapters={list.items.filter((one) => one.country === country)} />
        </Box>
      ))}
    </PageGrid>
  );
}

function Chapters({ chapters }: { chapters: readonly ListedChapter[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <ul className="com-cards">
      {chapters.map((one) => (
        <li key={one.slug} className="com-card">
          <h3>
            <a href={`/chapters/${one.slug}`}>
              <bdi>{one.name}</bdi>
            </a>
          </h3>
          <p className="com-meta">
            {one.city !== '' && <bdi>{one.city}</bdi>}
            <span>{t(text.members(format.number(one.members)))}</span>
            {one.leaders.slice(0, 2).map((leader) => (
              <MemberLink key={leader.handle} member={leader} />
            ))}
          </p>
        </li>
      ))}
    </ul>
  );
}
