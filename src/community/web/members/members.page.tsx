import { MemberList, MemberRole, memberRoles } from '#src/community/contract/members.ts';
import { Industry } from '#src/community/contract/industries.ts';
import { facetText, industryText } from '#src/community/contract/industries.text.ts';
import { memberText as text } from '#src/community/contract/members.text.ts';
import { apiContext } from '#src/platform/web/contexts.ts';
import { useFormat, useText } from '#src/platform/web/i18n.tsx';
import { IndustryOptions } from '../site/facets.tsx';
import { listHead } from '../site/head.ts';
import { Box, EmptyState, PageGrid, PageHead, Pager } from '../site/parts.tsx';
import { AuthorCard } from '../site/people.tsx';
import type { Route } from './+types/members.page.ts';

export const meta = listHead(text.members, '/members');

type Filter = { q: string; role: string; industry: string; skill: string };

export async function loader({ context, request }: Route.LoaderArgs) {
  const { searchParams } = new URL(request.url);
  const said = (name: string, most: number) => (searchParams.get(name) ?? '').trim().slice(0, most);
  const filter: Filter = {
    q: said('q', 100),
    // What is no role filters nothing.
    role: MemberRole.safeParse(searchParams.get('role')).data ?? '',
    industry: Industry.safeParse(searchParams.get('industry')).data ?? '',
    skill: said('skill', 40),
  };
  const cursor = searchParams.get('cursor');
  const query = new URLSearchParams({ limit: '30', ...kept(filter), ...(cursor !== null && { cursor }) });
  const list = await context.get(apiContext).get(`/api/community/members?${query}`, MemberList);
  return { list, filter, isFirst: cursor === null };
}

const kept = (filter: Filter) =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));

/** The list with another filter; without any, the plain address. */
function hrefOf(filter: Filter, change: Partial<Filter & { cursor: string }> = {}): string {
  const query = new URLSearchParams(kept({ ...filter, ...change }));
  return query.size === 0 ? '/members' : `/members?${query}`;
}

export default function MembersPage({ loaderData }: Route.ComponentProps) {
  const t = useText();
  const { list, filter, isFirst } = loaderData;
  return (
    <>
      <PageHead title={t(text.members)} lead={t(text.membersLead)} />
      <PageGrid aside={<Facets list={list} filter={filter} />}>
        <form action="/members" className="com-filter" role="search">
          <input
            type="search"
            name="q"
            maxLength={100}
            defaultValue={filter.q}
            placeholder={t(text.searchName)}
            aria-label={t(text.searchName)}
          />
          <select name="role" defaultValue={filter.role} aria-label={t(text.byRole)}>
            <option value="">{t(text.everyone)}</option>
            {memberRoles.map((role) => (
              <option key={role} value={role}>
                {t(text[role])}
              </option>
            ))}
          </select>
          <select name="industry" defaultValue={filter.industry} aria-label={t(facetText.industry)}>
            <option value="">{t(facetText.anyIndustry)}</option>
            <IndustryOptions />
          </select>
          {filter.skill !== '' && <input type="hidden" name="skill" value={filter.skill} />}
          <button type="submit" className="com-button" data-kind="quiet">
            {t(text.find)}
          </button>
        </form>
        {list.items.length === 0 ? (
          <EmptyState title={t(text.nobodyFound)} hint={t(text.nobodyFoundHint)} />
        ) : (
          <ul className="com-cards">
            {list.items.map((member) => (
              <li key={member.handle} className="com-card">
                <AuthorCard member={member}>
                  {member.roles.length > 0 && (
                    <span className="com-dim">{member.roles.map((role) => t(text[role])).join(' · ')}</span>
                  )}
                </AuthorCard>
                {member.skills.length > 0 && (
                  <ul className="com-tags com-skills">
                    {member.skills.slice(0, 5).map((skill) => (
                      <li key={skill}>
                        <a className="com-tag" href={hrefOf(filter, { skill })}>
                          <bdi>{skill}</bdi>
                        </a>
                      </li>
                    ))}
                  </ul>
                )}
              </li>
            ))}
          </ul>
        )}
        <Pager
          next={list.nextCursor === null ? null : hrefOf(filter, { cursor: list.nextCursor })}
          first={isFirst ? null : hrefOf(filter)}
        />
      </PageGrid>
    </>
  );
}

function Facets({ list, filter }: { list: MemberList; filter: Filter }) {
  const t = useText();
  const format = useFormat();
  return (
    <>
      {list.roles.length > 0 && (
        <Box title={t(text.byRole)}>
          <ul className="com-plain">
            {list.roles.map(({ role, count }) => (
              <li key={role}>
                <a
                  href={hrefOf(filter, { role: filter.role === role ? '' : role })}
                  aria-current={filter.role === role ? 'true' : undefined}
                >
                  {t(text[role])}
                </a>
                <span className="com-count">{format.number(count)}</span>
              </li>
            ))}
          </ul>
        </Box>
      )}
      {list.industries.length > 0 && (
        <Box title={t(facetText.industry)}>
          <ul className="com-plain">
            {list.industries.map(({ industry, count }) => (
              <li key={industry}>
                <a
                  href={hrefOf(filter, { industry: filter.industry === industry ? '' : industry })}
                  aria-current={filter.industry === industry ? 'true' : undefined}
                >
                  {t(industryText[industry])}
                </a>
                <span className="com-count">{format.number(count)}</span>
              </li>
            ))}
          </ul>
        </Box>
      )}
      {list.skills.length > 0 && (
        <Box title={t(text.bySkill)}>
          <ul className="com-tags">
            {list.skills.map(({ skill, count }) => (
              <li key={skill}>
                <a
                  className="com-tag"
                  href={hrefOf(filter, { skill: filter.skill === skill ? '' : skill })}
                  aria-current={filter.skill === skill ? 'true' : undefined}
                >
                  <bdi>{skill}</bdi>
                  <span className="com-count">{format.number(count)}</span>
                </a>
              </li>
            ))}
          </ul>
        </Box>
      )}
    </>
  );
}
