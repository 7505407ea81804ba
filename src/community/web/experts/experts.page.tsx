import { availabilities, ExpertList, ExpertQuery } from '#src/community/contract/experts.ts';
import { expertPageText as text } from '#src/community/contract/experts.text.ts';
import { languageNameOf } from '#src/community/contract/languages.ts';
import { spokenLanguages } from '#src/community/contract/offerings.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useLocale, useText } from '#src/platform/web/i18n.tsx';
import { ChoiceField } from '#src/platform/web/public/form-parts.tsx';
import { addressWith } from '../organisations/address-with.ts';
import { listHead } from '../site/head.ts';
import { Box, EmptyState, Notice, PageGrid, PageHead, Pager } from '../site/parts.tsx';
import type { Route } from './+types/experts.page.ts';
import { ExpertCard } from './expert-parts.tsx';
import '../organisations/organisations.css';

export const handle = { hydrate: false, isKept: true };
export const meta = listHead(text.title, '/experts');

export async function loader({ context, request }: Route.LoaderArgs) {
  const asked = [...new URL(request.url).searchParams].filter(([, value]) => value !== '');
  const query = ExpertQuery.safeParse(Object.fromEntries(asked)).data;
  const { skill, language, availability, cursor } = query ?? {};
  const filter = { skill, language, availability };
  const address = addressWith('/api/community/experts', { ...filter, cursor, limit: '30' });
  const list = await context.get(apiContext).get(address, ExpertList);
  return { list, filter, isFirst: cursor === undefined };
}

export default function ExpertsPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const locale = useLocale();
  const format = useFormat();
  const { list, filter, isFirst } = loaderData;
  return (
    <PageGrid
      aside={
        list.skills.length > 0 && (
          <Box title={t(text.skills)}>
            <ul className="com-tags">
              {list.skills.map(({ skill, count }) => (
                <li key={skill}>
                  <a className="com-tag" href={addressWith('/experts', { skill })}>
                    <bdi>{skill}</bdi> <span className="com-count">{format.number(count)}</span>
                  </a>
                </li>
              ))}
            </ul>
          </Box>
        )
      }
    >
      <PageHead title={t(text.title)} lead={t(text.lead)}>
        {list.waiting !== null && (
          <a className="com-button" data-kind="quiet" href="/experts/applications">
            {t(text.waiting(format.number(list.waiting)))}
          </a>
        )}
        <a className="com-button" href="/experts/apply">
          {t(text.apply)}
        </a>
      </PageHead>
      {list.own !== null && (
        <Notice tone={list.own === 'refused' ? 'bad' : 'info'}>
          {t(text.ownState)}: {t(text[list.own])}
        </Notice>
      )}
      <form className="com-form com-row" role="search">
        {filter.skill !== undefined && <input type="hidden" name="skill" value={filter.skill} />}
        <ChoiceField label={t(text.language)} name="language" defaultValue={filter.language ?? ''}>
          <option value="">{t(text.any)}</option>
          {spokenLanguages.map((one) => (
            <option key={one} value={one}>
              {languageNameOf(one, locale)}
            </option>
          ))}
        </ChoiceField>
        <ChoiceField
          label={t(text.availability)}
          name="availability"
          defaultValue={filter.availability ?? ''}
        >
          <option value="">{t(text.any)}</option>
          {availabilities.map((one) => (
            <option key={one} value={one}>
              {t(text[one])}
            </option>
          ))}
        </ChoiceField>
        <button type="submit" className="com-button" data-kind="quiet">
          {t(text.filter)}
        </button>
      </form>
      {filter.skill !== undefined && (
        <p className="com-meta">
          <strong>
            <bdi>{filter.skill}</bdi>
          </strong>
          <a href={addressWith('/experts', { ...filter, skill: undefined })}>{t(text.any)}</a>
        </p>
      )}
      {list.items.length === 0 ? (
        <EmptyState title={t(text.none)} hint={t(text.noneHint)} />
      ) : (
        <ul className="com-cards">
          {list.items.map((one) => (
            <ExpertCard key={one.member.handle} expert={one} />
          ))}
        </ul>
      )}
      <Pager
        next={
          list.nextCursor === null ? null : addressWith('/experts', { ...filter, cursor: list.nextCursor })
        }
        first={isFirst ? null : addressWith('/experts', filter)}
      />
    </PageGrid>
  );
}
